"""Consent is a lattice: of two statuses the more restrictive one holds.

Nothing here lifts a restriction; that takes the person's own newer opt-in, which `opting` knows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Status(Enum):
    """The words Zoho keeps, from the least restrictive to the most."""

    UNKNOWN = "Unknown"
    SUBSCRIBED = "Subscribed"
    UNCONFIRMED = "Unconfirmed"
    BOUNCED = "Bounced"
    UNSUBSCRIBED = "Unsubscribed"

    @property
    def restriction(self) -> int:
        return _RESTRICTION[self]


_RESTRICTION = {status: rank for rank, status in enumerate(Status)}
# ActiveCampaign's status of a contact on a list. Any other (91: taken off without a word) says nothing.
_ON_A_LIST = {"0": Status.UNCONFIRMED, "1": Status.SUBSCRIBED, "2": Status.UNSUBSCRIBED, "3": Status.BOUNCED}
UNSUBSCRIBED_THERE = "2"


def status_of(lists: Mapping[str, str | int], consider: frozenset[str]) -> Status:
    """The person's status over the lists that count; an empty `consider` counts them all."""
    return most_restrictive(
        _ON_A_LIST.get(str(status), Status.UNKNOWN)
        for list_id, status in lists.items()
        if not consider or list_id in consider
    )


def most_restrictive(statuses: Iterable[Status]) -> Status:
    return max(statuses, key=lambda status: status.restriction, default=Status.UNKNOWN)


def may_be_mailed(status: str | int) -> bool:
    """Whether a list in this status is one that the person can still be taken off."""
    return str(status) in ("0", "1")


@dataclass(frozen=True, slots=True)
class Restriction:
    """An opt-out that is kept beside the person: since when, and which record said it."""

    since: datetime
    said_by: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The person's own opt-in: when, by what (a form, a call, a letter), and where it is known from."""

    at: datetime
    source: str
    form: str | None = None
    list_id: str | None = None


@dataclass(frozen=True, slots=True)
class Joint:
    """The consent that holds for the person.

    restriction  the latest opt-out, which is kept from now on; None: there never was one.
    lifted_by    the evidence that lifts it, as often as it is asked.
    is_doubtful  a contact that opted out is subscribed again, and nothing proves that it was the person's own act.
    """

    status: Status
    restriction: Restriction | None = None
    lifted_by: Evidence | None = None
    is_doubtful: bool = False
