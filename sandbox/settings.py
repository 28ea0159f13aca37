"""Switches of a running practice CRM: each has a default from its owner and may be changed through the control API."""

from typing import Any

from sandbox.store import Store

COMMON: dict[str, Any] = {"limits": True, "latency_ms": 0, "clock_offset_seconds": 0}


class UnknownSettingError(ValueError):
    """A name nobody offered, or a value of another kind than its default."""


class Settings:
    """Values by name, kept across restarts. A dict value is changed key by key."""

    def __init__(self, store: Store) -> None:
        self._shelf = store.shelf("_settings")
        self._defaults: dict[str, Any] = {}
        self.offer(**COMMON)

    def offer(self, **defaults: Any) -> None:
        """Add the switches a CRM has; called once, while the CRM is built."""
        self._defaults.update(defaults)

    def __getitem__(self, name: str) -> Any:
        row = self._shelf.rows.get(name)
        return self._defaults[name] if row is None else row["value"]

    def change(self, **values: Any) -> None:
        for name, value in values.items():
            self._check(name, value)
        for name, value in values.items():
            merged = {**self[name], **value} if isinstance(value, dict) else value
            self._shelf.put(name, {"value": merged})

    def snapshot(self) -> dict[str, Any]:
        return {name: self[name] for name in self._defaults}

    def _check(self, name: str, value: Any) -> None:
        if name not in self._defaults:
            raise UnknownSettingError(f"there is no setting {name!r}; there are {', '.join(sorted(self._defaults))}")
        if _kind(value) is not _kind(self._defaults[name]):
            raise UnknownSettingError(f"the setting {name!r} looks like {self._defaults[name]!r}, not like {value!r}")


def _kind(value: Any) -> type:
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)
