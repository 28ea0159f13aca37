"""Creates and updates records in batches, and reads Zoho's verdict on each of them, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from baton.adapters.http.ask import Ask
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import Reply
from baton.adapters.zoho.account import Account
from baton.adapters.zoho.failures import failure_of_item
from baton.adapters.zoho.metadata import Metadata
from baton.adapters.zoho.stamps import stamp
from baton.domain.failures import Uncertain
from baton.domain.records import Module, RecordRef, Value
from baton.domain.values.choices import apart
from baton.ports import Answer, Change, NewRecord

MOST = 100
_SIMPLE = 10
"""Writes of more records count as complex calls; each ten that are begun cost one credit."""

Item = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWriter:
    """`key_field` is the unique field that holds a record's key. `is_quiet`: no workflow of the organisation is run.

    `several` names the fields per module that hold several choices: Zoho takes them as a list.
    """

    account: Account
    metadata: Metadata
    key_field: str
    is_quiet: bool
    several: Mapping[Module, frozenset[str]] = field(default_factory=dict)

    def create(self, module: Module, records: Sequence[NewRecord], deadline: Deadline) -> Sequence[Answer]:
        keyed = [record.key for record in records]
        if None in keyed:
            return self._send(
                "POST", module, "", {"data": [self._item(module, record.values) for record in records]}, deadline
            )
        data: list[Item] = [{**self._item(module, record.values), self.key_field: record.key} for record in records]
        if self.metadata.is_email_unique(module, deadline):
            # Zoho itself refuses a second record, and names the first.
            return self._send("POST", module, "", {"data": data}, deadline)
        # Without check fields of our own Zoho would look for the e-mail and overwrite whom it finds.
        body = {"data": data, "duplicate_check_fields": [self.key_field]}
        return self._send("POST", module, "/upsert", body, deadline)

    def update(self, module: Module, changes: Sequence[Change], deadline: Deadline) -> Sequence[Answer]:
        if any(change.ref.module != module for change in changes):
            raise ValueError(f"a batch of {module} holds records of another module")
        data: list[Item] = [{**self._item(module, change.values), "id": change.ref.id} for change in changes]
        return self._send("PUT", module, "", {"data": data}, deadline)

    def _item(self, module: Module, values: Mapping[str, Value]) -> Item:
        several = self.several.get(module, frozenset())
        return {place: list(apart(value)) if place in several else value for place, value in values.items()}

    def _send(
        self, method: str, module: Module, action: str, body: dict[str, object], deadline: Deadline
    ) -> Sequence[Answer]:
        count = len(body["data"]) if isinstance(body["data"], list) else 0
        if count > MOST:
            raise ValueError(f"{count} records in one call; Zoho takes {MOST}")
        ask = Ask(
            method=method,
            url=f"/{module.name}{action}",
            route="/{module}" + action,
            body={**body, "trigger": []} if self.is_quiet else body,
            is_write=True,
            holds="data",
            records=count,
            cost=max(ceil(count / 10), 1),
            is_complex=count > _SIMPLE,
        )
        return _verdicts(ask, module, self.account.send(ask, deadline), count) if count else ()


def _verdicts(ask: Ask, module: Module, reply: Reply, count: int) -> Sequence[Answer]:
    items = reply.items("data")
    if len(items) != count:
        raise Uncertain(f"{ask}: Zoho answered {len(items)} verdicts on {count} records", code="unreadable")
    return tuple(_verdict(ask, module, item, reply.request_id) for item in items)


def _verdict(ask: Ask, module: Module, item: Item, request_id: str | None) -> Answer:
    if item.get("status") != "success":
        return Answer(request_id=request_id, failure=failure_of_item(str(ask), module, item))
    details = item.get("details")
    known = details if isinstance(details, dict) else {}
    if not known.get("id"):
        return Answer(request_id=request_id, failure=Uncertain(f"{ask}: Zoho names no record", code="unreadable"))
    return Answer(RecordRef(module, str(known["id"])), stamp(known.get("Modified_Time")), request_id)
