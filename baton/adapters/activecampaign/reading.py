"""Reads contacts: by window and id, by id, by a unique field. What the rows mean is left to others."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from baton.adapters.activecampaign import rows
from baton.adapters.activecampaign.account import Account, Params
from baton.adapters.activecampaign.extent import EVERYTHING, Extent
from baton.adapters.activecampaign.fields import CUSTOM, FieldDirectory
from baton.adapters.activecampaign.stamps import A_SECOND, as_filter
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import Reply
from baton.domain.failures import Rejected, Unreachable
from baton.domain.records import CONTACT, Page, Reading, RecordRef, Seen, Stream
from baton.ports import Clock

PAGE = 100


class ContactReader:
    def __init__(self, *, account: Account, fields: FieldDirectory, clock: Clock) -> None:
        self._account = account
        self._fields = fields
        self._clock = clock

    def page(
        self,
        stream: Stream,
        since: datetime | None,
        position: str | None,
        deadline: Deadline,
        extent: Extent = EVERYTHING,
    ) -> Page:
        params = [*window(since, after=position, limit=PAGE), *extent.params(is_first=position is None)]
        reply = self._asked(params, deadline)
        extent.refuse_another(reply)
        began, found = self._seen(reply, deadline)
        _refuse_disorder(found, position)
        is_last = len(found) < PAGE
        return Page(stream, began, found, position=None if is_last else found[-1].ref.id)

    def named(self, refs: Sequence[RecordRef], deadline: Deadline) -> Reading:
        began, found = self._clock.now(), dict[str, Seen]()
        for number, chunk in enumerate(_chunks([ref.id for ref in refs])):
            params = [*(("ids[]", id_) for id_ in chunk), ("limit", str(PAGE)), ("orders[id]", "ASC")]
            answered, contacts = self._contacts(params, deadline)
            began = answered if number == 0 else began
            if any(contact.ref.id not in chunk for contact in contacts):
                raise Unreachable("GET /contacts: the filter by id was ignored", code="filter_ignored")
            found |= {contact.ref.id: contact for contact in contacts}
        missing = tuple(ref for ref in refs if ref.id not in found)
        return Reading(began, tuple(found.values()), missing)

    def holding(self, field: str, values: Sequence[str], deadline: Deadline) -> Reading:
        if field == "email":
            return self._by_email(values, deadline)
        if not field.startswith(CUSTOM):
            raise Rejected(f"ActiveCampaign contacts cannot be found by {field}", code="not_findable", field=field)
        id_ = self._fields.ids([field.removeprefix(CUSTOM)], deadline).get(field.removeprefix(CUSTOM))
        if id_ is None:
            raise Rejected(f"ActiveCampaign has no field {field}", code="unknown_field", field=field)
        contacts = {ref for value in values for ref in self._holders(id_, value, deadline)}
        return self.named(sorted(contacts), deadline)

    def _by_email(self, values: Sequence[str], deadline: Deadline) -> Reading:
        began, found = self._clock.now(), dict[str, Seen]()
        for number, value in enumerate(values):
            params = (("email", value), ("limit", str(PAGE)), ("orders[id]", "ASC"))
            answered, contacts = self._contacts(params, deadline)
            began = answered if number == 0 else began
            # A filter that is ignored would bring the first hundred contacts of the account.
            found |= {one.ref.id: one for one in contacts if _same(one.row.get("email"), value)}
        return Reading(began, tuple(found.values()))

    def _holders(self, field_id: str, value: str, deadline: Deadline) -> Iterator[RecordRef]:
        params = (("filters[fieldid]", field_id), ("filters[val]", value), ("limit", str(PAGE)))
        reply = self._account.read("/fieldValues", deadline, holds="fieldValues", params=params)
        for held in reply.items("fieldValues"):
            if str(held.get("field")) == field_id and _same(held.get("value"), value):
                yield RecordRef(CONTACT, str(held.get("contact")))

    def _contacts(self, params: Params, deadline: Deadline) -> tuple[datetime, tuple[Seen, ...]]:
        return self._seen(self._asked(params, deadline), deadline)

    def _asked(self, params: Params, deadline: Deadline) -> Reply:
        asked = (*params, ("include", rows.INCLUDES))
        return self._account.read("/contacts", deadline, holds="contacts", params=asked)

    def _seen(self, reply: Reply, deadline: Deadline) -> tuple[datetime, tuple[Seen, ...]]:
        tags = self._fields.tags(rows.field_ids(reply), deadline)
        return reply.began, rows.seen(reply, tags, self._now_there(reply))

    def _now_there(self, reply: Reply) -> datetime:
        return max(reply.began, self._clock.now()) + A_SECOND


def window(since: datetime | None, *, after: str | None, limit: int) -> list[tuple[str, str]]:
    """The query of a window by id. A second earlier: whether the vendor's "after" is inclusive is not documented."""
    params = [("orders[id]", "ASC"), ("limit", str(limit))]
    if since is not None:
        params.append(("filters[updated_after]", as_filter(since - A_SECOND)))
    if after is not None:
        params.append(("id_greater", after))
    return params


def _refuse_disorder(found: Sequence[Seen], position: str | None) -> None:
    ids = [int(position or 0), *(int(one.ref.id) for one in found)]
    if any(left >= right for left, right in pairwise(ids)):
        # Going on from a page that is not in order would skip contacts or never end.
        raise Unreachable("GET /contacts: the order by id was ignored", code="order_ignored")


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    unique = list(dict.fromkeys(ids))
    for start in range(0, len(unique), PAGE):
        yield unique[start : start + PAGE]


def _same(held: object, value: str) -> bool:
    return isinstance(held, str) and held.strip().casefold() == value.strip().casefold()
