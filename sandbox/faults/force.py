"""All orders in force. Every order that matches counts the sighting; the first that is due strikes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sandbox.faults.fault import Fault
from sandbox.faults.kinds import Strikes
from sandbox.faults.orders import read_order


class Faults:
    def __init__(self) -> None:
        self._orders: list[Fault] = []
        self._given = 0

    def order(self, spec: Mapping[str, Any]) -> Fault:
        return self.order_all([spec])[0]

    def order_all(self, specs: Sequence[Mapping[str, Any]]) -> list[Fault]:
        """All of them, or none when one cannot be carried out."""
        orders = [read_order(self._given + place, spec) for place, spec in enumerate(specs, start=1)]
        self._given += len(orders)
        self._orders += orders
        return orders

    def clear(self) -> None:
        self._orders.clear()

    def listing(self) -> list[dict[str, Any]]:
        return [fault.shown() for fault in self._orders]

    def strike_call(self, method: str, path: str) -> Fault | None:
        return _first_due(self._calling(Strikes.CALL, method, path))

    def strike_moment(self, method: str, path: str) -> list[Fault]:
        """What happens in the CRM around this call: all that is due, for one does not keep another from happening."""
        return [fault for fault in list(self._calling(Strikes.MOMENT, method, path)) if fault.strikes()]

    def spare(self, *struck: Fault | None) -> None:
        """Take strikes back that did not come about."""
        for fault in struck:
            if fault:
                fault.seen -= 1
                fault.fired -= 1

    def strike_record(
        self, method: str, path: str, *, ids: Iterable[str] = (), emails: Iterable[str] = ()
    ) -> Fault | None:
        """For the CRM, per record it is about to write: a fault of kind `locked` or `reject`, or none."""
        if not self._orders:
            return None
        wanted_ids, wanted_emails = list(ids), list(emails)
        matching = self._calling(Strikes.RECORD, method, path)
        return _first_due(fault for fault in matching if fault.concerns(wanted_ids, wanted_emails))

    def strike_hook(self, label: str) -> Fault | None:
        """For every outgoing call, once, as it is handed over."""
        hooks = (fault for fault in self._orders if fault.strikes_at is Strikes.HOOK)
        return _first_due(fault for fault in hooks if fault.matches_label(label))

    def _calling(self, what: Strikes, method: str, path: str) -> Iterable[Fault]:
        return (fault for fault in self._orders if fault.strikes_at is what and fault.matches_route(method, path))


def _first_due(faults: Iterable[Fault]) -> Fault | None:
    # A list, not a generator: every order must count the sighting, also those behind the one that strikes.
    due = [fault for fault in faults if fault.strikes()]
    return due[0] if due else None
