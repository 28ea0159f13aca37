"""The fields of a person as `baton explain` tells them: what both sides show, why, and how far a change came."""

from collections.abc import Sequence

from rich.console import Console

from baton.domain.chain import NOT_REACHED, FieldStory, Link, Why
from baton.domain.records import Value

_MARKS = {"done": "✓", "stopped": "✗", "waits": "…", "nothing to do": "-"}


def tell_fields(console: Console, fields: Sequence[FieldStory], *, with_chain: bool) -> None:
    console.print("\n  Why each value is what it is")
    for field in fields:
        console.print(f"    {field.name}", markup=False)
        for ref, value in field.shown.items():
            agreed = f" (agreed: {_word(field.base[ref])})" if ref in field.base else " (never agreed on)"
            console.print(f"        {ref:<32} {_word(value)}{agreed}", markup=False)
        console.print(f"        {_because(field.why)}", markup=False)
        if with_chain:
            tell_chain(console, field.chain, indent=8)


def tell_chain(console: Console, links: Sequence[Link], *, indent: int = 4) -> None:
    for link in links:
        if link.state != NOT_REACHED:
            told = f": {link.told}" if link.told else ""
            mark = _MARKS[link.state]
            console.print(f"{' ' * indent}{mark} {link.stage:<9} {link.state}{told}", markup=False)


def _because(why: Why | None) -> str:
    if why is None:
        return "no decision was about it: both sides said nothing, or the same"
    editors = ", ".join(f"{ref} last edited by {who}" for ref, who in why.editors.items())
    parts = [f"{why.at:%Y-%m-%d %H:%M:%S} revision {why.revision}: {why.rule}"]
    if why.before != why.after:
        parts.append(f"{_word(why.before)} → {_word(why.after)} in {why.target}")
    parts += [f"run {why.run}"] if why.run else []
    parts += [editors] if editors else []
    if why.written_at is not None:
        parts.append(f"written {why.written_at:%Y-%m-%d %H:%M:%S}, request {why.request or 'found by look-up'}")
    return "; ".join(parts)


def _word(value: Value) -> str:
    return "-" if value is None else str(value)
