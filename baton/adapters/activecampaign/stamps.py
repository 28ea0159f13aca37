"""ActiveCampaign's stamps: whole seconds, an offset that is data (US Central as a rule), several ways to say none."""

from datetime import UTC, datetime, timedelta

_NONE = "0000-00-00"


def stamp(raw: object) -> datetime | None:
    """The moment of an ISO stamp with an offset, in UTC; None for zero dates, blanks and what cannot be read."""
    if not isinstance(raw, str) or not raw or raw.startswith(_NONE):
        return None
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return None if found.tzinfo is None else found.astimezone(UTC)


def local_stamp(raw: object, beside: object) -> datetime | None:
    """A stamp without an offset (`updated_timestamp`) in the wall clock of the stamp beside it."""
    if not isinstance(raw, str) or not isinstance(beside, str) or raw.startswith(_NONE):
        return None
    try:
        found, neighbour = datetime.fromisoformat(raw), datetime.fromisoformat(beside)
    except ValueError:
        return None
    return None if neighbour.tzinfo is None else found.replace(tzinfo=neighbour.tzinfo).astimezone(UTC)


def version(contact: dict[str, object], now: datetime) -> datetime:
    """When the contact was changed last, never in the future: some stamps carry UTC's clock with Central's offset."""
    return min(stamp(contact.get("udate")) or stamp(contact.get("cdate")) or now, now)


def as_filter(moment: datetime) -> str:
    """With an explicit offset: how the vendor reads a date without one is not documented."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "+00:00"


A_SECOND = timedelta(seconds=1)
"""Stamps are whole seconds, so the server's own clock may read up to one more."""
