"""Text as people paste it → text as it is compared. What a text means (a name, a date) is known by its own file."""

import re
import unicodedata
from collections.abc import Mapping

# Neither JSON nor PostgreSQL carries all of these: control characters but tab and line feed, halves of a surrogate
# pair, and the zero-width marks that copying from a web page brings along.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?")


def cleaned(raw: object) -> str | None:
    """The text without blanks around it and unwanted characters in it; None when nothing is left."""
    text = written(raw)
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))
    return text.strip() or None


def folded(raw: object) -> str | None:
    """The same on one line, with single blanks."""
    text = cleaned(raw)
    return text and " ".join(text.split())


def written(raw: object) -> str:
    """Any JSON value as text. A lookup is its id: its name comes with some reads and not with others."""
    match raw:
        case str():
            return raw
        case None:
            return ""
        case Mapping():
            return written(raw.get("id"))
        case list() | tuple():
            return ";".join(written(item) for item in raw)
    return _scalar(raw)


def _scalar(raw: object) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
