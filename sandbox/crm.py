"""What the shared core asks of a CRM: its routes, its manners (how it refuses and dresses answers), and its desk.

The desk is where people sit: what they do on the vendor's screens, and what tests look at.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Protocol

from sandbox.calls import Answer, AsgiApp, Call
from sandbox.pages.screens import Screens
from sandbox.store import Row


class NoSuchRecordError(LookupError):
    """A desk was asked for a module or record that is not there."""


class RefusedEditError(ValueError):
    """A desk was asked for something the vendor's own screens would refuse too."""


class Manners(Protocol):
    """How one vendor behaves around its handlers."""

    def admit(self, call: Call) -> Answer | None:
        """Count the call; the refusal when a limit is broken, None when it may go on (`release` follows then)."""

    def release(self, call: Call) -> None:
        """The call left its handler."""

    def dress(self, call: Call, answer: Answer) -> None:
        """Add the headers this vendor puts on every answer, whatever it says."""

    def too_many(self, detail: Mapping[str, Any]) -> Answer:
        """The vendor's 429, for a fault order with this detail."""

    def unauthorised(self) -> Answer:
        """The vendor's answer to a bad credential."""

    def out_of_scope(self) -> Answer:
        """The vendor's answer to a good credential that may not do this."""


class Desk(Protocol):
    """What people do on the vendor's screens, and what tests look at. Raises NoSuchRecordError or RefusedEditError."""

    def counts(self) -> dict[str, int]: ...

    def listing(self, module: str) -> list[Row]:
        """All records of a module as stored, in a steady order."""

    def record(self, module: str, id_: str) -> Row: ...

    def find_by_email(self, module: str, email: str) -> str: ...

    def create(self, module: str, values: Mapping[str, Any]) -> Row: ...

    def edit(self, module: str, id_: str, values: Mapping[str, Any]) -> Row: ...

    def delete(self, module: str, id_: str) -> None: ...

    def load(self, module: str, records: list[Row]) -> int: ...

    def populate(self, people: int, seed: int) -> None:
        """Fill an empty store: definitions first, then sample people. No journal effects."""

    def reopen(self) -> None:
        """Rebuild what is derived (indexes) from shelves that were read back from the file, or just filled."""


Deed = Callable[[Mapping[str, Any]], Any]
"""A named thing only a person can do: takes the control request's body, returns JSON."""

Sitting = Callable[[Mapping[str, Any]], AbstractContextManager[None]]
"""Around everything one control request does to records: whose hand it is, and what counts as done together."""


def _nobody_in_particular(_body: Mapping[str, Any]) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class PracticeCrm:
    name: str
    routes: AsgiApp
    manners: Manners
    desk: Desk
    deeds: Mapping[str, Deed] = field(default_factory=dict)
    sitting: Sitting = _nobody_in_particular
    screens: Screens | None = None
    """What its pages show; without it there are none."""
