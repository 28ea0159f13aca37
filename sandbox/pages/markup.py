"""HTML in small pieces: whatever is not markup already is escaped. What is drawn with it is others' matter."""

from html import escape
from typing import Self

VOID = frozenset({"input", "link", "meta", "br"})


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()

    @classmethod
    def joined(cls, *parts: object) -> Self:
        return cls("".join(_safe(part) for part in parts))


def element(name: str, /, *inside: object, **attributes: object) -> Markup:
    """`class_` and `for_` stand for class and for; an attribute that is True stands alone, False or None is left out.

    Underscores in names become hyphens.
    """
    told = "".join(_attribute(key, value) for key, value in attributes.items() if value not in (None, False))
    if name in VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{Markup.joined(*inside)}</{name}>")


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def _safe(part: object) -> str:
    return part if isinstance(part, Markup) else escape(str(part))
