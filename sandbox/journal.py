"""Every call and every effect, numbered; the tests judge by it.

Knows nothing of what the effects mean. Personal parameters of a query are blanked, as any operator's log would.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, quote

from sandbox.calls import Call
from sandbox.clock import Clock
from sandbox.store import Store

PERSONAL_PARAMETERS = frozenset(
    {"email", "email_like", "phone", "search", "word", "criteria", "refresh_token", "client_secret", "code"}
)


class Actor(StrEnum):
    API = "api"
    PERSON = "person"
    SYSTEM = "system"


class Op(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One record created, updated or deleted; `changed` is empty when an update changed no value.

    `notes` is what else its CRM wants told of it, key by key.
    """

    op: Op
    module: str
    id: str
    actor: Actor = Actor.API
    email: str | None = None
    changed: Sequence[str] = ()
    values: dict[str, Any] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)


class Journal:
    """The numbered history. Between `begin` and `end` effects belong to that call, and no other handler runs."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._entries = store.log
        self._clock = clock
        self._current: dict[str, Any] | None = None
        # Outgoing calls are journalled from the thread that sends them.
        self._numbering = Lock()

    @property
    def last(self) -> int:
        return len(self._entries)

    def begin(self, call: Call) -> None:
        self._current = self._append(
            kind="call",
            method=call.method,
            path=call.path,
            query=without_personal_values(call.query),
            status=None,
            outcome="running",
            records=0,
            request_id=call.request_id,
        )

    def note_records(self, count: int) -> None:
        """Say how many records the current call read or wrote."""
        if self._current is not None:
            self._current["records"] = count

    def end(self, *, status: int | None, outcome: str) -> None:
        if self._current is not None:
            self._current.update(status=status, outcome=outcome)
        self._current = None

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Effects meanwhile belong to no call, though one may be open."""
        current, self._current = self._current, None
        try:
            yield
        finally:
            self._current = current

    def effect(self, effect: Effect) -> None:
        self._append(
            kind="effect",
            call=self._current["n"] if self._current else None,
            actor=str(effect.actor),
            op=str(effect.op),
            module=effect.module,
            id=effect.id,
            email=effect.email,
            changed=list(effect.changed),
            values=effect.values,
            **effect.notes,
        )

    def hook(
        self, *, label: str, host: str, ids: Sequence[str], status: int | None, outcome: str, fault: str | None
    ) -> None:
        """One attempt at an outgoing call: `outcome` is answered, unreachable, dropped or bug."""
        said = {"status": status, "outcome": outcome, "fault": fault}
        self._append(kind="hook", label=label, host=host, ids=list(ids), **said)

    def read(self, *, after: int, limit: int, kind: str | None = None) -> list[dict[str, Any]]:
        entries = self._entries[after:]
        if kind:
            entries = [entry for entry in entries if entry["kind"] == kind]
        return entries[:limit]

    def effects_of(self, module: str, id_: str, most: int) -> list[dict[str, Any]]:
        """What was done to one record, the newest first."""
        effects = (entry for entry in reversed(self._entries) if entry["kind"] == "effect")
        return list(islice((entry for entry in effects if (entry["module"], entry["id"]) == (module, id_)), most))

    def _append(self, **values: Any) -> dict[str, Any]:
        at = self._stamp(self._clock.now())
        with self._numbering:
            entry = {"n": len(self._entries) + 1, "kind": values["kind"], "at": at, **values}
            self._entries.append(entry)
        return entry

    @staticmethod
    def _stamp(moment: datetime) -> str:
        return moment.astimezone(UTC).isoformat()


def without_personal_values(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    return "&".join(
        f"{name}={'…' if name in PERSONAL_PARAMETERS else quote(value, safe=':,')}" for name, value in pairs
    )
