"""Inputs of a form as HTML, each with a label bound to it."""

from collections.abc import Sequence

from sandbox.pages.markup import Markup, element
from sandbox.pages.screens import Input


def fields(inputs: Sequence[Input], *, prefix: str, is_bare: bool = False) -> Markup:
    """`prefix` keeps ids apart on a page of several forms; bare ones stand beside their button, not in a grid."""
    drawn = [_field(each, f"{prefix}-{each.name}") for each in inputs]
    return Markup.joined(*drawn) if is_bare else element("div", *drawn, class_="fields")


def _field(field: Input, id_: str) -> Markup:
    if field.kind == "checkbox":
        # A box that is not ticked is not sent at all; the blank before it says that it was there.
        blank = element("input", type="hidden", name=field.name, value="")
        tick = element("input", type="checkbox", name=field.name, value="on", checked=field.value == "on")
        return element("div", blank, element("label", tick, field.label, class_="tick"))
    words = f"{field.label} *" if field.is_required else field.label
    wide = "wide" if field.kind == "textarea" else None
    return element("div", element("label", words, for_=id_), _control(field, id_), class_=wide)


def _control(field: Input, id_: str) -> Markup:
    told = {"name": field.name, "id": id_, "required": field.is_required}
    if field.kind == "select":
        known = dict(field.choices)
        others = () if field.value in known or not field.value else ((field.value, field.value),)
        choices = (*others, *field.choices)
        options = (element("option", words, value=value, selected=value == field.value) for value, words in choices)
        return element("select", *options, **told)
    if field.kind == "textarea":
        return element("textarea", field.value, **told)
    # A browser would not send an address with the dirt that these people's have, so it is not told that it is one.
    kind, hint = ("text", "email") if field.kind == "email" else (field.kind, None)
    return element("input", type=kind, inputmode=hint, value=field.value, autocomplete="off", **told)
