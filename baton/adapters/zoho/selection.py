"""Which fields are read from a module: those the contract needs, and those the reading itself needs."""

from collections.abc import Iterable, Mapping

from baton.domain.failures import Rejected
from baton.domain.records import LEADS, Module

MOST = 50
_ALWAYS = ("id", "Modified_Time", "Modified_By", "Created_Time", "Owner")
_OF_LEADS = ("Converted__s", "Converted_Contact")
"""A converted lead vanishes from lists, keeps its id and names its contact here."""


class Selection:
    def __init__(self, fields: Mapping[Module, Iterable[str]]) -> None:
        self._fields = {module: _with_own(module, wanted) for module, wanted in fields.items()}
        for module, selected in self._fields.items():
            if len(selected) > MOST:
                raise ValueError(f"{module} needs {len(selected)} fields; Zoho gives at most {MOST} in one read")

    def __getitem__(self, module: Module) -> tuple[str, ...]:
        if module not in self._fields:
            raise Rejected(f"no fields are known of {module}", code="unknown_module")
        return self._fields[module]


def _with_own(module: Module, wanted: Iterable[str]) -> tuple[str, ...]:
    own = (*_ALWAYS, *_OF_LEADS) if module == LEADS else _ALWAYS
    return tuple(dict.fromkeys((*own, *wanted)))
