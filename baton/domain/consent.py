"""Consent is a lattice: of two statuses the more restrictive one holds.

Nothing here lifts a restriction; that takes the person's own newer opt-in.
"""

from collections.abc import Iterable, Mapping
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


def status_of(lists: Mapping[str, str | int], consider: frozenset[str]) -> Status:
    """The person's status over the lists that count; an empty `consider` counts them all."""
    return most_restrictive(
        _ON_A_LIST.get(str(status), Status.UNKNOWN)
        for list_id, status in lists.items()
        if not consider or list_id in consider
    )


def most_restrictive(statuses: Iterable[Status]) -> Status:
    return max(statuses, key=lambda status: status.restriction, default=Status.UNKNOWN)
