"""The open channels: one row for each channel and module, gone when its time is over."""

from collections.abc import Mapping
from typing import Any

from sandbox.ground import Ground
from sandbox.journal import Op
from sandbox.store import Row
from sandbox.zoho.stamps import parsed

EVENT_WORDS = {Op.CREATE: "create", Op.UPDATE: "edit", Op.DELETE: "delete"}


class Channels:
    """Rows in the vendor's own words: channel_id, resource_name, events, notify_url, token, channel_expiry…"""

    def __init__(self, ground: Ground) -> None:
        self._clock = ground.clock
        self._shelf = ground.store.shelf("channels")

    def live(self) -> list[Row]:
        now = self._clock.now()
        for key, row in list(self._shelf.rows.items()):
            ends = parsed(row["channel_expiry"])
            if ends is None or ends <= now:
                self._shelf.remove(key)
        return list(self._shelf)

    def of(self, channel_id: str) -> list[Row]:
        return [row for row in self.live() if row["channel_id"] == channel_id]

    def put(self, row: Row) -> None:
        self._shelf.put(_key(row), row)

    def change(self, row: Row, values: Mapping[str, Any]) -> None:
        row.update(values)
        self._shelf.touch(_key(row))

    def close(self, row: Row) -> None:
        self._shelf.remove(_key(row))


def wants(channel: Row, module: str, op: Op) -> bool:
    heard = {f"{module}.all", f"{module}.{EVENT_WORDS[op]}"}
    return channel["resource_name"] == module and not heard.isdisjoint(channel["events"])


def _key(row: Row) -> str:
    return f"{row['channel_id']} {row['resource_name']}"
