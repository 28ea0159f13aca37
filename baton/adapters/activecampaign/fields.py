"""Which custom field is which: ActiveCampaign's values carry field ids, the contract says personalisation tags."""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from baton.adapters.activecampaign.account import Account
from baton.adapters.http.deadline import Deadline
from baton.domain.contract import FieldSchema, Schema
from baton.ports import Clock

CUSTOM = "fields."
_PAGE = 100
_STALE_AFTER = timedelta(hours=1)
_OWN = (
    FieldSchema("email", "email", is_unique=True, is_mandatory=True),
    FieldSchema("firstName", "text"),
    FieldSchema("lastName", "text"),
    FieldSchema("phone", "text"),
    FieldSchema("orgname", "text", is_writable=False),
)
WRITABLE = frozenset(field.name for field in _OWN if field.is_writable)

Definition = dict[str, object]


class FieldDirectory:
    """The account's custom fields, read once and again when an id turns up that is not among them.

    Shared by all threads of a worker.
    """

    def __init__(self, *, account: Account, clock: Clock) -> None:
        self._account = account
        self._clock = clock
        self._lock = threading.Lock()
        self._tags: Mapping[str, str] = {}
        self._nowhere: frozenset[str] = frozenset()
        self._read_at: datetime | None = None

    def tags(self, ids: Collection[str], deadline: Deadline) -> Mapping[str, str]:
        """Field id → personalisation tag, for these ids at least, where the account has them."""
        with self._lock:
            unknown = set(ids) - self._tags.keys() - self._nowhere
            if self._is_stale() or unknown:
                self._remember(self._read(deadline)[0])
                # Values outlive the definition of their field; asking again for each page would find nothing.
                self._nowhere = frozenset(set(ids) - self._tags.keys())
            return self._tags

    def ids(self, tags: Collection[str], deadline: Deadline) -> Mapping[str, str]:
        """Personalisation tag → field id."""
        with self._lock:
            if self._is_stale() or not set(self._tags.values()) >= set(tags):
                self._remember(self._read(deadline)[0])
            return {tag: id_ for id_, tag in self._tags.items()}

    def schema(self, deadline: Deadline) -> Schema:
        definitions, choices = self._read(deadline)
        with self._lock:
            self._remember(definitions)
        customs = (_described(definition, choices) for definition in definitions if _tag(definition))
        return {field.name: field for field in (*_OWN, *customs)}

    def _is_stale(self) -> bool:
        return self._read_at is None or self._clock.now() - self._read_at > _STALE_AFTER

    def _remember(self, definitions: list[Definition]) -> None:
        self._tags = {str(definition["id"]): _tag(definition) for definition in definitions if _tag(definition)}
        self._read_at = self._clock.now()

    def _read(self, deadline: Deadline) -> tuple[list[Definition], Mapping[str, tuple[str, ...]]]:
        definitions: list[Definition] = []
        choices: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for page, options in self._pages(deadline):
            definitions += page
            for option in options:
                choices[str(option.get("field"))].append((_number(option.get("orderid")), str(option.get("value"))))
        return definitions, {id_: tuple(value for _, value in sorted(found)) for id_, found in choices.items()}

    def _pages(self, deadline: Deadline) -> Iterator[tuple[list[Definition], list[Definition]]]:
        offset = 0
        while True:
            params = (("limit", str(_PAGE)), ("offset", str(offset)))
            reply = self._account.read("/fields", deadline, holds="fields", params=params)
            page = reply.items("fields")
            yield page, reply.items("fieldOptions")
            if len(page) < _PAGE:
                return
            offset += _PAGE


def _tag(definition: Definition) -> str:
    return str(definition.get("perstag") or "").strip().upper()


def _described(definition: Definition, choices: Mapping[str, tuple[str, ...]]) -> FieldSchema:
    return FieldSchema(
        name=CUSTOM + _tag(definition),
        type=str(definition.get("type") or "text"),
        is_mandatory=str(definition.get("isrequired")) == "1",
        choices=choices.get(str(definition["id"])),
        id=str(definition["id"]),
    )


def _number(raw: object) -> int:
    return int(raw) if isinstance(raw, int | str) and str(raw).isdigit() else 0
