"""A phone number as people write it → E.164, by Google's numbering plans.

A number in international notation need only be possible: the plans lag behind new ranges. One in local notation must
be valid in its region: the region may be a guess, and a wrong country would make a stranger's number of it.
"""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

_REMEMBERED = 8192
# Invisible marks come along when a number is copied from a telephone's address book.
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DOUBLE_ZERO = re.compile(r"^[\s(]*00(?=[\s)]*[1-9])")
_E164 = re.compile(r"\+[1-9]\d{6,14}")


@lru_cache(maxsize=_REMEMBERED)
def e164(written: str, region: str | None) -> str | None:
    text = _INVISIBLE.sub("", written).strip()
    return _local(text, region) or _international(_DOUBLE_ZERO.sub("+", text))


def _local(text: str, region: str | None) -> str | None:
    if region is None or text.startswith(("+", "＋", "(+")):
        return None
    number = _parsed(text, region)
    return _formatted(number) if number is not None and phonenumbers.is_valid_number(number) else None


def _international(text: str) -> str | None:
    number = _parsed(text, None)
    formatted = None if number is None else _formatted(number)
    # An impossible-looking form may lose one more trunk digit each time it is read; only a settled one is a form.
    return formatted if number is not None and formatted is not None and _is_settled(number, formatted) else None


def _is_settled(number: PhoneNumber, formatted: str) -> bool:
    return phonenumbers.is_valid_number(number) or _parsed(formatted, None) == number


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    """None for what is no possible number, and for one with an extension: E.164 would drop it in silence."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    is_possible = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return number if is_possible and not number.extension else None


def _formatted(number: PhoneNumber) -> str | None:
    formatted = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return formatted if _E164.fullmatch(formatted) else None
