"""What Zoho says of a module's fields, and whether its e-mail is unique, remembered for a while."""

import threading
from datetime import datetime, timedelta

from baton.adapters.http.ask import Ask
from baton.adapters.http.deadline import Deadline
from baton.adapters.zoho.account import Account
from baton.domain.contract import FieldSchema, Schema
from baton.domain.failures import Rejected
from baton.domain.records import Module
from baton.ports import Clock

_STALE_AFTER = timedelta(hours=1)
_EMAIL = "Email"

Body = dict[str, object]


class Metadata:
    """Shared by all threads of a worker."""

    def __init__(self, *, account: Account, clock: Clock) -> None:
        self._account = account
        self._clock = clock
        self._lock = threading.Lock()
        self._unique: dict[Module, tuple[bool, datetime]] = {}

    def schema(self, module: Module, deadline: Deadline) -> Schema:
        ask = Ask(
            method="GET",
            url="/settings/fields",
            route="/settings/fields",
            params=(("module", module.name),),
            holds="fields",
        )
        fields = [_described(item) for item in self._account.send(ask, deadline).items("fields")]
        if not fields:
            raise Rejected(f"Zoho describes no fields of {module}", code="no_fields")
        return {field.name: field for field in fields}

    def is_email_unique(self, module: Module, deadline: Deadline) -> bool:
        with self._lock:
            known, read_at = self._unique.get(module, (False, None))
            if read_at is None or self._clock.now() - read_at > _STALE_AFTER:
                email = self.schema(module, deadline).get(_EMAIL)
                known = email is not None and email.is_unique
                self._unique[module] = (known, self._clock.now())
            return known


def _described(item: Body) -> FieldSchema:
    operations = item.get("operation_type")
    may = operations if isinstance(operations, dict) else {}
    is_shut = bool(item.get("read_only") or item.get("field_read_only"))
    length = item.get("length")
    return FieldSchema(
        name=str(item.get("api_name")),
        type=str(item.get("data_type")),
        is_writable=not is_shut and may.get("api_update", True) is True,
        is_unique=bool(item.get("unique")),
        is_mandatory=item.get("system_mandatory") is True,
        length=length if isinstance(length, int) else None,
        choices=_choices(item.get("pick_list_values")),
        id=str(item["id"]) if item.get("id") else None,
    )


def _choices(raw: object) -> tuple[str, ...] | None:
    found = [choice for choice in raw if isinstance(choice, dict)] if isinstance(raw, list) else []
    words = (choice.get("actual_value") for choice in found if choice.get("type") != "unused")
    return tuple(word for word in words if isinstance(word, str)) or None
