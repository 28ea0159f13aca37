"""Whether the filter of the window really filters: ActiveCampaign ignores what it does not know, and says nothing."""

from datetime import datetime, timedelta

from baton.adapters.activecampaign.account import Account
from baton.adapters.activecampaign.reading import window
from baton.adapters.activecampaign.stamps import local_stamp, stamp
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import Reply
from baton.domain.failures import Gone
from baton.domain.records import Seen
from baton.ports import Clock

_TOMORROW = timedelta(days=1)
_LATER = timedelta(hours=1)


class Canary:
    def __init__(self, *, account: Account, clock: Clock) -> None:
        self._account = account
        self._clock = clock

    def sings(self, known: Seen, deadline: Deadline) -> bool:
        future = self._first(self._clock.now() + _TOMORROW, None, deadline)
        if future is not None:
            return False
        found = self._first(known.version, known.ref.id, deadline)
        if found is None:
            # Deleted since: that says nothing of the filter.
            return self._is_gone(known, deadline)
        return self._first(_last_touch(found, known) + _LATER, known.ref.id, deadline) is None

    def _first(self, since: datetime, id_: str | None, deadline: Deadline) -> dict[str, object] | None:
        """The first contact of the window; with an id, only if it is that contact."""
        before = None if id_ is None else str(int(id_) - 1)
        reply = self._contacts(window(since, after=before, limit=1), deadline)
        first = next(iter(reply.items("contacts")), None)
        return first if first is not None and id_ in (None, str(first.get("id"))) else None

    def _contacts(self, params: list[tuple[str, str]], deadline: Deadline) -> Reply:
        return self._account.read("/contacts", deadline, holds="contacts", params=params)

    def _is_gone(self, known: Seen, deadline: Deadline) -> bool:
        try:
            self._account.read("/contacts/{id}", deadline, holds="contact", id_=known.ref.id)
        except Gone:
            return True
        return False


def _last_touch(found: dict[str, object], known: Seen) -> datetime:
    """Which column the filter compares is not documented: `updated_timestamp` may be later, its zone an hour off."""
    touched = [known.version, stamp(found.get("udate")), stamp(found.get("cdate"))]
    naive = local_stamp(found.get("updated_timestamp"), found.get("udate") or found.get("cdate"))
    return max(moment for moment in (*touched, naive and naive + _LATER) if moment is not None)
