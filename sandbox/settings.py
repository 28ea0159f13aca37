"""Switches of a running practice CRM: each has a default from its owner and may be changed through the control API."""

from typing import Any

from sandbox.store import Store
from sandbox.switches import COMMON, Switch, complaint_about


class UnknownSettingError(ValueError):
    """A name nobody offered, or a value that is none of the switch's."""


class Settings:
    """Values by name, kept across restarts. A dict value is changed key by key."""

    def __init__(self, store: Store) -> None:
        self._shelf = store.shelf("_settings")
        self._switches: dict[str, Switch] = {}
        self.offer(*COMMON)

    def offer(self, *switches: Switch) -> None:
        """Add the switches a CRM has; called once, while the CRM is built."""
        self._switches.update({switch.name: switch for switch in switches})

    def __getitem__(self, name: str) -> Any:
        row = self._shelf.rows.get(name)
        return self._switches[name].default if row is None else row["value"]

    def __contains__(self, name: str) -> bool:
        return name in self._switches

    def change(self, **values: Any) -> None:
        for name, value in values.items():
            if said := complaint_about(self._switches, name, value):
                raise UnknownSettingError(said)
        for name, value in values.items():
            merged = {**self[name], **value} if isinstance(value, dict) else value
            self._shelf.put(name, {"value": merged})

    def snapshot(self) -> dict[str, Any]:
        return {name: self[name] for name in self._switches}
