"""The record of one call that was made, by which runs count calls. No personal values: the route, never the address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from baton.domain.records import Crm


@dataclass(frozen=True, slots=True)
class Call:
    """`outcome` is `answered` or the kind of failure; `status` is None when no answer came.

    `records` counts what a write sent or a read brought.
    """

    crm: Crm
    method: str
    route: str
    status: int | None
    outcome: str
    took: timedelta
    request_id: str | None
    records: int


OnCall = Callable[[Call], None]


def unheard(call: Call) -> None:
    """For whoever does not count."""
