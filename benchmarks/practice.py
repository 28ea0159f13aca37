"""A practice CRM seen through its control API: what it holds, and what it was really told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True, slots=True)
class Practice:
    url: str
    client: httpx.Client

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        answer = self.client.post(f"{self.url}/_sandbox/{path}", json=body)
        answer.raise_for_status()
        said: dict[str, Any] = answer.json()
        return said

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        answer = self.client.get(f"{self.url}/_sandbox/{path}", params=params)
        answer.raise_for_status()
        said: dict[str, Any] = answer.json()
        return said

    def settings(self, **switches: Any) -> None:
        self.post("settings", **switches)

    def records(self, module: str) -> Sequence[Mapping[str, Any]]:
        records: Sequence[Mapping[str, Any]] = self.get(f"records/{module}", limit=1_000_000)["records"]
        return records

    def last(self) -> int:
        """The number of the journal's newest entry."""
        return int(self.get("journal", after=0, limit=0)["last"])

    def calls(self, after: int = 0) -> Sequence[Mapping[str, Any]]:
        return self._journal("call", after)

    def effects(self, after: int = 0) -> Sequence[Mapping[str, Any]]:
        return self._journal("effect", after)

    def _journal(self, kind: str, after: int) -> Sequence[Mapping[str, Any]]:
        entries: Sequence[Mapping[str, Any]] = self.get("journal", kind=kind, after=after, limit=10_000_000)["entries"]
        return entries
