"""Which fields are read from a module: those the contract needs, and those the reading itself needs."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from baton.domain.failures import Rejected
from baton.domain.records import Module
from baton.domain.selection import MOST, own

_LOOK_AGAIN = timedelta(minutes=5)
# Of these Zoho says nothing among a module's fields.
_NOT_DESCRIBED = frozenset({"id", "Converted__s", "Converted_Contact", "Modified_Time", "Created_Time"})


class Selection:
    """Shared by all threads of a worker: one dictionary entry is replaced at a time."""

    def __init__(self, fields: Mapping[Module, Iterable[str]]) -> None:
        self._absent: dict[Module, tuple[frozenset[str], datetime]] = {}
        self._fields = {module: _with_own(module, wanted) for module, wanted in fields.items()}
        for module, selected in self._fields.items():
            if len(selected) > MOST:
                raise ValueError(f"{module} needs {len(selected)} fields; Zoho gives at most {MOST} in one read")

    def __getitem__(self, module: Module) -> tuple[str, ...]:
        """All that is wanted of a record."""
        if module not in self._fields:
            raise Rejected(f"no fields are known of {module}", code="unknown_module")
        return self._fields[module]

    def mapped(self, module: Module) -> tuple[str, ...]:
        """What the contract wants of a record, beside what the reading needs for itself."""
        return tuple(field for field in self._fields.get(module, ()) if field not in own(module))

    def asked(self, module: Module, now: datetime) -> tuple[str, ...]:
        """What can be asked for in a query, which is refused whole for one field that is not there."""
        absent, until = self._absent.get(module, (frozenset(), now))
        return tuple(field for field in self[module] if field not in absent or until <= now)

    def narrow(self, module: Module, there: Collection[str], now: datetime) -> bool:
        """The module has only these fields; whether that makes a difference to what is asked."""
        absent = frozenset(field for field in self[module] if field not in there and field not in _NOT_DESCRIBED)
        is_news = bool(absent) and not absent.isdisjoint(self.asked(module, now))
        self._absent[module] = (absent, now + _LOOK_AGAIN)
        return is_news


def _with_own(module: Module, wanted: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own(module), *wanted)))
