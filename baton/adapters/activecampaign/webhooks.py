"""ActiveCampaign's webhooks: which events and sources we ask for, and how they are listed, set up and removed."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from baton.adapters.activecampaign.account import Account
from baton.adapters.http.wire import Wire
from baton.domain.failures import Gone, Uncertain
from baton.domain.records import Crm
from baton.domain.webhooks import Held, Wanted

# Tags and subscriptions change what the contract shows of a contact; a bounce ends a subscription.
EVENTS = ("bounce", "contact_tag_added", "contact_tag_removed", "subscribe", "unsubscribe", "update")
# Other integrations write through the API, too: without this source their edits would wait for the next pull. Our own
# writes come back with it and cost one read, which many of them share.
SOURCES = ("admin", "api", "public", "system")
PAGE = 100
# A bound on something that never ends only if the vendor ignores the offset.
MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class ActiveCampaignWebhooks:
    account: Account
    wire: Wire

    def held(self) -> tuple[Held, ...]:
        found: dict[str, Held] = {}
        deadline = self.wire.from_now()
        for page in range(MOST_PAGES):
            params = (("limit", str(PAGE)), ("offset", str(page * PAGE)))
            rows = self.account.read("/webhooks", deadline, holds="webhooks", params=params).items("webhooks")
            before = len(found)
            found |= {held.id: held for held in map(_held, rows)}
            if len(rows) < PAGE or len(found) == before:
                break
        return tuple(found.values())

    def put(self, wish: Wanted, held: Held | None) -> Held:
        wanted = {"name": wish.name, "url": wish.url, "events": list(EVENTS), "sources": list(SOURCES)}
        method, route = ("POST", "/webhooks") if held is None else ("PUT", "/webhooks/{id}")
        id_ = None if held is None else held.id
        reply = self.account.set_up(method, route, self.wire.from_now(), body={"webhook": wanted}, id_=id_)
        row = (reply.document or {}).get("webhook")
        if not isinstance(row, dict) or not row.get("id"):
            raise Uncertain(f"{method} {route}: the answer names no webhook", code="unreadable")
        return _held(row)

    def drop(self, held: Held) -> None:
        # One that somebody removed meanwhile is as we want it.
        with suppress(Gone):
            self.account.set_up("DELETE", "/webhooks/{id}", self.wire.from_now(), body=None, id_=held.id)


def _held(row: Mapping[str, object]) -> Held:
    events, sources = _words(row.get("events")), _words(row.get("sources"))
    return Held(
        crm=Crm.ACTIVECAMPAIGN,
        id=str(row.get("id")),
        name=str(row.get("name") or ""),
        url=str(row.get("url") or ""),
        events=events,
        is_complete=set(EVENTS) <= set(events) and set(SOURCES) <= set(sources),
    )


def _words(listed: object) -> tuple[str, ...]:
    return tuple(sorted(str(word) for word in listed)) if isinstance(listed, list) else ()
