"""A moment as the crms write it → the same moment in UTC, to the second: `2026-03-01T11:00:00+00:00`."""

from datetime import UTC, datetime

from baton.domain.values.cleaning import cleaned

# ActiveCampaign's way of saying that there is none.
_ZERO = "0000-"


def moment(raw: object) -> str | None:
    """None for blanks and zero dates. Without an offset nobody knows when it was: such a text stays as it is."""
    text = cleaned(raw)
    if text is None or text.startswith(_ZERO):
        return None
    return _utc(text) or text


def is_moment(text: str) -> bool:
    return _utc(text) == text


def _utc(text: str) -> str | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if found.tzinfo is None else found.astimezone(UTC).replace(microsecond=0).isoformat()
