"""The pages as HTML: the frame around them, lists, records, forms. What is on them was decided before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sandbox.pages.fields import fields
from sandbox.pages.markup import Markup, element
from sandbox.pages.screens import Button, Card, Found, Input, Module, Screens, Wanted

ROOT = "/_sandbox/ui"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page shows around its own: where one is, whose hand it is, and what just happened."""

    screens: Screens
    path: str
    module: str = ""
    hand: str = ""
    done: str = ""
    wrong: str = ""


def page(frame: Frame, title: str, *inside: object) -> str:
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{title} · {frame.screens.title}"),
        element("link", rel="stylesheet", href=f"{ROOT}/style.css"),
    )
    said = (_said(frame.done, "good", "status"), _said(frame.wrong, "bad", "alert"))
    body = element(
        "body",
        element("header", element("strong", frame.screens.title), _navigation(frame), _hand(frame)),
        element("main", *said, element("h1", title), *inside),
        element("footer", "A practice CRM with made-up people. What you do here is done as on the vendor's screens."),
    )
    return f"<!DOCTYPE html>{element('html', head, body, lang='en')}"


def list_page(frame: Frame, module: Module, wanted: Wanted, found: Found) -> str:
    here = f"{ROOT}/{module.name}"
    rows = [
        element("tr", *(_cell(f"{here}/{line.id}", place, cell) for place, cell in enumerate(line.cells)))
        for line in found.lines
    ]
    heads = element("tr", *(element("th", column, scope="col") for column in module.columns))
    table = element("div", element("table", element("thead", heads), element("tbody", *rows)), class_="scroll")
    nothing = element("p", "Nothing found." if wanted.words else "Nothing here.", class_="quiet")
    title = f"{module.label}, deleted" if wanted.is_bin else module.label
    shown = (_search(here, module, wanted), table if rows else nothing, _paging(here, wanted, found))
    return page(frame, title, element("section", *shown))


def record_page(frame: Frame, module: Module, id_: str, card: Card, history: Sequence[dict[str, Any]]) -> str:
    here = f"{ROOT}/{module.name}/{id_}"
    facts = (part for label, value in card.facts for part in (element("dt", label), element("dd", value or "–")))
    left = [element("section", element("h2", "Record"), element("dl", *facts))]
    if card.inputs:
        left.append(element("section", element("h2", "Edit"), form(f"{here}/edit", card.inputs, "Save")))
    right = [element("section", element("h2", "Do"), *_buttons(here, card.buttons))] if card.buttons else []
    right.append(element("section", element("h2", "What happened"), _history(history, frame.screens.names)))
    gone = element("p", "This record is deleted.", class_="said bad") if card.is_deleted else ""
    sides = element("div", element("div", *left), element("div", *right), class_="side")
    return page(frame, card.title, gone, sides)


def gone_page(frame: Frame, id_: str, history: Sequence[dict[str, Any]]) -> str:
    happened = element("section", element("h2", "What happened"), _history(history, frame.screens.names))
    return page(frame, f"{frame.module} {id_}", happened)


def new_page(frame: Frame, module: Module, inputs: Sequence[Input]) -> str:
    return page(
        frame, f"New in {module.label}", element("section", form(f"{ROOT}/{module.name}/new", inputs, "Create"))
    )


def form(action: str, inputs: Sequence[Input], label: str) -> Markup:
    """Major inputs first, the minor ones folded away."""
    major = fields([each for each in inputs if not each.is_minor], prefix="edit")
    minor = [each for each in inputs if each.is_minor]
    more = element("details", element("summary", "More fields"), fields(minor, prefix="edit")) if minor else ""
    actions = element("div", element("button", label), class_="actions")
    return element("form", major, more, actions, method="post", action=action)


def _said(words: str, kind: str, role: str) -> Markup:
    return element("p", words, class_=f"said {kind}", role=role) if words else Markup()


def _navigation(frame: Frame) -> Markup:
    links = (
        element(
            "a",
            module.label,
            href=f"{ROOT}/{module.name}",
            aria_current="page" if module.name == frame.module else None,
        )
        for module in frame.screens.modules()
    )
    return element("nav", *links, aria_label="Modules")


def _hand(frame: Frame) -> Markup:
    if not frame.screens.hands:
        return Markup()
    options = (
        element("option", hand.name, value=hand.id, selected=hand.id == frame.hand) for hand in frame.screens.hands
    )
    return element(
        "form",
        element("label", "You are", for_="hand"),
        element("select", *options, name="hand", id="hand"),
        element("input", type="hidden", name="back", value=frame.path),
        element("button", "Switch", class_="plain"),
        method="post",
        action=f"{ROOT}/hand",
        class_="hand",
    )


def _search(here: str, module: Module, wanted: Wanted) -> Markup:
    field = element("input", type="search", name="q", id="q", value=wanted.words, placeholder="Name, e-mail, phone …")
    kept = element("input", type="hidden", name="bin", value="1") if wanted.is_bin else ""
    label = element("label", "Search", for_="q")
    search = element(
        "form",
        element("div", label, field),
        kept,
        element("button", "Search", class_="plain"),
        class_="deed grow",
        action=here,
    )
    make = element("a", "New", href=f"{here}/new") if module.is_made_here and not wanted.is_bin else ""
    other = ("Not deleted", here) if wanted.is_bin else ("Recycle bin", f"{here}?bin=1")
    return element("div", search, make, element("a", other[0], href=other[1]) if module.has_bin else "", class_="bar")


def _cell(href: str, place: int, text: str) -> Markup:
    return element("td", element("a", text or "(no name)", href=href) if place == 0 else text)


def _paging(here: str, wanted: Wanted, found: Found) -> Markup:
    last = wanted.start + len(found.lines)
    told = f"{wanted.start + 1:,}–{last:,} of {found.total:,}" if found.lines else ""
    back = _turn(here, wanted, max(wanted.start - wanted.size, 0), "Earlier") if wanted.start else ""
    on = _turn(here, wanted, last, "Later") if last < found.total else ""
    return element("p", told, " ", back, " ", on, class_="bar quiet")


def _turn(here: str, wanted: Wanted, start: int, label: str) -> Markup:
    asked = {"q": wanted.words, "start": start, "bin": "1" if wanted.is_bin else ""}
    return element("a", label, href=f"{here}?{urlencode({name: value for name, value in asked.items() if value})}")


def _buttons(here: str, buttons: Sequence[Button]) -> list[Markup]:
    drawn, group = [], ""
    for button in buttons:
        if button.group != group:
            drawn.append(element("h3", button.group))
            group = button.group
        drawn.append(_deed(here, button))
    return drawn


def _deed(here: str, button: Button) -> Markup:
    inputs = fields(button.inputs, prefix=button.key, is_bare=True)
    kind = "final" if button.is_final else "plain"
    act = element("button", button.label, class_=kind)
    return element("form", inputs, act, method="post", action=f"{here}/do/{button.key}", class_="deed")


def _history(entries: Sequence[dict[str, Any]], names: Mapping[str, str]) -> Markup:
    if not entries:
        return element("p", "Nothing since this world was made.", class_="quiet")
    rows = (
        element(
            "tr",
            element("td", str(entry["at"])[:19].replace("T", " "), class_="number"),
            element("td", _told(entry, names)),
        )
        for entry in entries
    )
    heads = element("tr", element("th", "When (UTC)", scope="col"), element("th", "What", scope="col"))
    return element("div", element("table", element("thead", heads), element("tbody", *rows)), class_="scroll")


def _told(entry: dict[str, Any], names: Mapping[str, str]) -> Markup:
    values = [element("li", f"{name}: {_short(value)}") for name, value in entry["values"].items()]
    said = element(
        "span",
        f"{entry['op']} by {_who(entry, names)}",
        "" if values or entry["op"] != "update" else ", no value changed",
    )
    return Markup.joined(said, element("ul", *values)) if values else said


def _who(entry: dict[str, Any], names: Mapping[str, str]) -> str:
    name = names.get(entry.get("by", ""))
    return f"{entry['actor']} ({name})" if name else str(entry["actor"])


def _short(value: object) -> str:
    text = value.get("name") if isinstance(value, dict) and "name" in value else value
    return "–" if text is None else str(text)[:200]
