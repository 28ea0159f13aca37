"""Zoho's notification channels: one per module, which end by themselves within a week and are put again before."""

from collections.abc import Mapping
from dataclasses import dataclass

from baton.adapters.http.ask import Ask
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import Reply
from baton.adapters.http.wire import Wire
from baton.adapters.zoho.account import Account
from baton.adapters.zoho.failures import failure_of_item
from baton.adapters.zoho.stamps import stamp, written
from baton.domain.failures import Gone, Rejected, Uncertain
from baton.domain.records import Crm, Module
from baton.domain.webhooks import Held, Wanted

ROUTE = "/actions/watch"
PAGE = 200
MOST_PAGES = 10
# What a verdict is about; channels are no records, but are judged by the same table.
CHANNEL = Module(Crm.ZOHO, "watch")
NOT_SUBSCRIBED = "NOT_SUBSCRIBED"

Item = dict[str, object]


@dataclass(frozen=True, slots=True)
class ZohoNotifications:
    account: Account
    wire: Wire

    def held(self) -> tuple[Held, ...]:
        found: dict[str, Held] = {}
        deadline = self.wire.from_now()
        for page in range(1, MOST_PAGES + 1):
            params = (("page", str(page)), ("per_page", str(PAGE)))
            ask = Ask(method="GET", url=ROUTE, route=ROUTE, params=params, holds="watch")
            reply = self.account.send(ask, deadline)
            found |= {held.id: held for held in _channels(reply)}
            info = (reply.document or {}).get("info")
            if not (isinstance(info, dict) and info.get("more_records") is True):
                break
        return tuple(found.values())

    def put(self, wish: Wanted, held: Held | None) -> Held:
        deadline = self.wire.from_now()
        try:
            return self._put("POST" if held is None else "PUT", wish, deadline)
        except Gone:
            # It ended between our look and now, or somebody removed it.
            return self._put("POST", wish, deadline)

    def drop(self, held: Held) -> None:
        ask = Ask(
            method="DELETE",
            url=ROUTE,
            route=ROUTE,
            params=(("channel_ids", held.id),),
            is_write=True,
            is_confidential=True,
        )
        try:
            _verdict(ask, self.account.send(ask, self.wire.from_now()))
        except (Gone, Rejected) as failure:
            if failure.code != NOT_SUBSCRIBED:
                raise

    def _put(self, method: str, wish: Wanted, deadline: Deadline) -> Held:
        watch = _watch(wish)
        ask = Ask(method=method, url=ROUTE, route=ROUTE, body={"watch": [watch]}, is_write=True, is_confidential=True)
        try:
            details = _verdict(ask, self.account.send(ask, deadline))
        except Rejected as refused:
            if refused.code != NOT_SUBSCRIBED:
                raise
            raise Gone(refused.reason, code=refused.code) from None
        told = details.get("events")
        said = [event for event in told if isinstance(event, dict)] if isinstance(told, list) else []
        # It may have been given less time than was asked for.
        ends = [stamp(event.get("channel_expiry")) for event in said]
        return Held(
            crm=Crm.ZOHO,
            id=wish.name,
            name=wish.name,
            url=wish.url,
            events=_events(wish),
            is_complete=True,
            expires=min((end for end in ends if end is not None), default=wish.until),
        )


def _watch(wish: Wanted) -> Item:
    return {
        "channel_id": wish.name,
        "events": list(_events(wish)),
        "notify_url": wish.url,
        "token": wish.token,
        "channel_expiry": None if wish.until is None else written(wish.until),
        # Left out it is true, and an edit of a contact would also call for its account.
        "notify_on_related_action": False,
        "return_affected_field_values": False,
    }


def _events(wish: Wanted) -> tuple[str, ...]:
    return tuple(f"{module.name}.all" for module in wish.modules)


def _verdict(ask: Ask, reply: Reply) -> Item:
    """The details of the one success; a refusal stands in the list, whatever the status says."""
    items = reply.items("watch")
    if len(items) != 1:
        raise Uncertain(f"{ask}: Zoho answered {len(items)} verdicts on one channel", code="unreadable")
    if items[0].get("status") != "success":
        raise failure_of_item(str(ask), CHANNEL, items[0])
    details = items[0].get("details")
    return details if isinstance(details, dict) else {}


def _channels(reply: Reply) -> list[Held]:
    """Zoho lists a channel whole or once per event; either way its events are put together."""
    rows: dict[str, list[Mapping[str, object]]] = {}
    for row in reply.items("watch"):
        rows.setdefault(str(row.get("channel_id")), []).append(row)
    return [_channel(id_, listed) for id_, listed in rows.items()]


def _channel(id_: str, rows: list[Mapping[str, object]]) -> Held:
    events = tuple(sorted({word for row in rows for word in _words(row)}))
    ends = [stamp(row.get("channel_expiry")) for row in rows]
    is_quiet = all(row.get("notify_on_related_action") is not True for row in rows)
    return Held(
        crm=Crm.ZOHO,
        id=id_,
        name=id_,
        url=str(rows[0].get("notify_url") or ""),
        events=events,
        is_complete=is_quiet and all(event.endswith(".all") for event in events) and bool(events),
        expires=min((end for end in ends if end is not None), default=None),
    )


def _words(row: Mapping[str, object]) -> list[str]:
    listed = row.get("events")
    return [str(word) for word in listed] if isinstance(listed, list) else []
