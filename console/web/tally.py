"""How deliveries ended, counted in memory and written down every few seconds: a flood costs no writes."""

from collections import Counter
from collections.abc import Mapping
from threading import Lock

Key = tuple[str, str, str]
"""Connection, crm, outcome."""

UNKNOWN = "(unknown)"
"""Stands for connections that are none: what strangers ask for must not fill the table."""


class Tally:
    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[Key] = Counter()

    def count(self, connection: str, crm: str, outcome: str) -> None:
        with self._lock:
            self._counts[connection, crm, outcome] += 1

    def taken(self) -> Mapping[Key, int]:
        """What was counted since; counting begins anew."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        return counts

    def give_back(self, counts: Mapping[Key, int]) -> None:
        with self._lock:
            self._counts.update(counts)
