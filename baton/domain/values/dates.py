"""A calendar day as the crms write it → `YYYY-MM-DD`.

The day is taken as written: moving a moment to another zone could make it yesterday.
"""

import re
from datetime import date

from baton.domain.values.cleaning import cleaned

_DAY_FIRST = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.ASCII | re.DOTALL)
# ActiveCampaign's way of saying that there is none.
_ZERO = "0000-"


def day(raw: object) -> str | None:
    """The day, None for blanks and zero dates; a text that is no date stays as it is, for a person to see."""
    text = cleaned(raw)
    if text is None or text.startswith(_ZERO):
        return None
    match = _DAY_FIRST.fullmatch(text)
    return match[1] if match and is_day(match[1]) else text


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
