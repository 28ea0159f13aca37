"""Which plays a person's re-read state sets off. Seen twice, through either door, it gives the same event.

The value seen last lies in the base of the ActiveCampaign membership and moves in the same commit as the event.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from baton.domain.person import Base, Candidate, Event, Person
from baton.domain.plays import Crosses, Play, Stamped
from baton.domain.records import Value
from baton.domain.values.cleaning import cleaned
from baton.domain.values.numbers import number
from baton.domain.values.places import held

_A_DAY = timedelta(days=1)
_DAY_ALONE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]00:00(?::00)?)?", re.ASCII)
# ActiveCampaign's way of saying that there is none.
_ZERO = "0000-"


def events(person: Person, contact: Candidate, plays: Sequence[Play]) -> tuple[tuple[Event, ...], Base]:
    """What has happened since the contact was decided last, and what its base must remember of it."""
    if contact.belongs_to not in (None, person.id):
        return (), {}
    remembered: Base = contact.membership.base if contact.membership else {}
    found = [(play, _shown(play, contact), _event(play, contact, remembered)) for play in plays]
    additions = {play.base_name: value for play, value, _ in found if _is_news(play, value, remembered)}
    return tuple(event for _, _, event in found if event is not None), additions


def _is_news(play: Play, value: Value, remembered: Base) -> bool:
    return play.base_name not in remembered or remembered[play.base_name] != value


def _shown(play: Play, contact: Candidate) -> Value:
    raw = held(contact.seen.row, play.trigger.place)
    if isinstance(play.trigger, Crosses):
        return number(raw)
    text = cleaned(raw)
    return None if text is None or text.startswith(_ZERO) else text


def _event(play: Play, contact: Candidate, remembered: Base) -> Event | None:
    value = _shown(play, contact)
    match play.trigger:
        case Stamped() if isinstance(value, str) and value != remembered.get(play.base_name):
            at = happened_at(value, contact.seen.version)
            return None if at is None else Event(play.name, contact.seen.ref, value, at)
        case Crosses(at_least=bound) if play.base_name in remembered and _is_crossing(
            remembered[play.base_name], value, bound
        ):
            # Down and up again is a new crossing, so the number alone would not tell it from the last one.
            stamp = contact.seen.version.isoformat()
            return Event(play.name, contact.seen.ref, f"{value} @ {stamp}", contact.seen.version)
    return None


def _is_crossing(before: Value, now: Value, bound: float) -> bool:
    """A blank counts as nothing; a text that is no number never crosses."""
    is_number = isinstance(now, int | float)
    was_below = before is None or (isinstance(before, int | float) and before < bound)
    return is_number and was_below and float(now or 0) >= bound


def happened_at(stamp: str, version: datetime) -> datetime | None:
    """The moment a stamp names; of a bare day the moment nearest to the contact's own change. None: it is no stamp."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    if not _DAY_ALONE.fullmatch(stamp):
        return moment
    return min(max(moment, version), moment + _A_DAY)
