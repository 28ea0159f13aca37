"""A number as people and crms write it → one number: 50000, `"50000"`, `"50,000.00"` and 50000.0 are the same."""

import math
import re

from baton.domain.values.cleaning import cleaned

# No field of either crm holds more; Python itself refuses to read thousands of digits.
_LONGEST = 40
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_AROUND = re.compile(r"[\s'’_$€£¥₹]")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
# A single comma with three digits behind it reads as thousands: both crms write a decimal point themselves.
_COMMA_DECIMALS = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+", re.ASCII)
_POINT_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){2,}", re.ASCII)


def number(raw: object) -> int | float | str | None:
    """The number, None for blanks; a text that is no number stays as it is, for a person to see."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _canonical(raw)
    text = cleaned(raw)
    if text is None:
        return None
    plain = _with_decimal_point(_AROUND.sub("", text)) if len(text) <= _LONGEST else None
    return text if plain is None else _of(plain)


def money(raw: object) -> int | float | str | None:
    """An amount to the hundredth; signs of currencies around it say nothing."""
    found = number(raw)
    return found if found is None or isinstance(found, str) else _canonical(round(float(found), 2))


def _with_decimal_point(text: str) -> str | None:
    if _PLAIN.fullmatch(text):
        return text
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    if _COMMA_DECIMALS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _POINT_THOUSANDS.fullmatch(text):
        return text.replace(".", "")
    return None


def _of(plain: str) -> int | float | None:
    whole, _, decimals = plain.partition(".")
    return _canonical(float(plain)) if decimals.strip("0") else int(whole)


def _canonical(value: float) -> int | float | None:
    if isinstance(value, int):
        return value
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value
