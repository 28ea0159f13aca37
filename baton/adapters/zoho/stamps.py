"""Zoho's stamps: whole seconds with an offset, now and then `Z`; and the one form its queries and headers take."""

from datetime import UTC, datetime


def stamp(raw: object) -> datetime | None:
    """The moment in UTC; None for a blank and for what cannot be read."""
    if not isinstance(raw, str):
        return None
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return None if found.tzinfo is None else found.astimezone(UTC)


def written(moment: datetime) -> str:
    """Without fractions: they are refused."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "+00:00"
