"""Whom a change concerns and what they are told: one delivery for each channel and kind of change, ids together."""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sandbox.ground import Ground
from sandbox.hooks.hook import Hook
from sandbox.journal import Op
from sandbox.store import Row
from sandbox.zoho.answers import CONTENT_TYPE
from sandbox.zoho.notifications.channels import EVENT_WORDS, Channels, wants
from sandbox.zoho.notifications.news import Change

MOST_IDS = 100
OPERATIONS = {Op.CREATE: "insert", Op.UPDATE: "update", Op.DELETE: "delete"}
RELATED = {"Contacts": {"Account_Name": "Accounts"}, "Deals": {"Account_Name": "Accounts", "Contact_Name": "Contacts"}}
"""Lookups by which an edit of one record also counts as an action on another."""


class Teller:
    """Tells of API writes as of people's edits: nothing exempts them, and `trigger` speaks of workflows alone."""

    def __init__(self, ground: Ground, channels: Channels) -> None:
        self._ground = ground
        self._channels = channels

    def tell(self, changes: Sequence[Change]) -> None:
        for channel in self._channels.live():
            for op in dict.fromkeys(change.op for change in changes):
                heard = [change for change in _meant(channel, changes) if change.op is op and _hears(channel, change)]
                for part in _parts(heard):
                    self._deliver(channel, op, part)

    def _deliver(self, channel: Row, op: Op, changes: Sequence[Change]) -> None:
        body = {
            "server_time": int(self._ground.clock.now().timestamp() * 1000),
            "affected_values": _values(changes) if channel["return_affected_field_values"] else [],
            "query_params": dict(parse_qsl(urlsplit(channel["notify_url"]).query)),
            "module": channel["resource_name"],
            "resource_uri": channel["resource_uri"],
            "ids": [change.row["id"] for change in changes],
            "affected_fields": _fields(changes) if op is Op.UPDATE else [],
            "operation": self._operation(op),
            "channel_id": channel["channel_id"],
            "token": channel["token"],
        }
        hook = Hook(
            url=channel["notify_url"],
            content_type=CONTENT_TYPE,
            body=json.dumps(body).encode(),
            label=f"{channel['resource_name']}.{EVENT_WORDS[op]}",
            ids=tuple(change.row["id"] for change in changes),
        )
        self._ground.hooks.send(hook)

    def _operation(self, op: Op) -> str:
        words = EVENT_WORDS if self._ground.settings["notifications_speak_of_events"] else OPERATIONS
        return words[op]


def _meant(channel: Row, changes: Sequence[Change]) -> Iterator[Change]:
    """The changes themselves, and the records they touch by a lookup when the channel wants to hear of those."""
    for change in changes:
        if change.module == channel["resource_name"]:
            yield change
        for field, module in RELATED.get(change.module, {}).items():
            is_asked = channel["notify_on_related_action"] and change.op is Op.UPDATE
            if is_asked and module == channel["resource_name"] and (touched := change.row.get(field)):
                yield Change(Op.UPDATE, module, {"id": touched["id"]})


def _hears(channel: Row, change: Change) -> bool:
    if not wants(channel, change.module, change.op):
        return False
    watched = channel["watched_fields"]
    if not watched or change.op is not Op.UPDATE:
        return True
    met = [name in change.fields for name in watched["names"]]
    return all(met) if watched["word"] == "and" else any(met)


def _parts(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """A record that changed twice is named once, with everything that was written."""
    by_id: dict[str, Change] = {}
    for change in changes:
        earlier = by_id.get(change.row["id"])
        fields = (*earlier.fields, *change.fields) if earlier else change.fields
        by_id[change.row["id"]] = Change(change.op, change.module, change.row, tuple(dict.fromkeys(fields)))
    merged = list(by_id.values())
    return (merged[start : start + MOST_IDS] for start in range(0, len(merged), MOST_IDS))


def _fields(changes: Sequence[Change]) -> list[dict[str, list[str]]]:
    return [{change.row["id"]: list(change.fields)} for change in changes]


def _values(changes: Sequence[Change]) -> list[dict[str, Any]]:
    return [
        {"record_id": change.row["id"], "values": {name: change.row.get(name) for name in change.fields}}
        for change in changes
    ]
