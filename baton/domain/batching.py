"""How many records one message or one call carries: one while it is quiet, as many as fit when there is a backlog.

A message and a transaction cost about as much as deciding fifty records, so a backlog is worked off in bundles;
while it is quiet a message of its own gives every record the shortest way.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from baton.domain.records import Crm, RecordRef

QUIET = 20
BUNDLE = 50
BATCH = 100
"""What Zoho takes in one call, and how many records both vendors show in one."""

TAKES_BATCHES = frozenset({Crm.ZOHO})
ONE_BY_ONE = 20
"""How many are claimed at once for a vendor that takes one record a call.

Few, so that several workers share them and all fit into one deadline; many enough for the last look to cost little.
"""

LINGER = timedelta(milliseconds=200)
LONGEST_LINGER = timedelta(seconds=2)


def batch(crm: Crm) -> int:
    return BATCH if crm in TAKES_BATCHES else ONE_BY_ONE


def bundles(refs: Sequence[RecordRef], backlog: int) -> Iterator[tuple[RecordRef, ...]]:
    size = 1 if backlog <= QUIET and len(refs) <= QUIET else BUNDLE
    for start in range(0, len(refs), size):
        yield tuple(refs[start : start + size])


def linger(waiting: int, oldest: timedelta, backlog: int) -> timedelta | None:
    """How long a call with `waiting` writes should be put off because more are being decided; None: send it now.

    A call that is half empty costs as much as a full one. With nobody left to decide there is nothing to wait for, so
    a single edit goes out at once.
    """
    if waiting >= BATCH or backlog == 0 or oldest >= LONGEST_LINGER:
        return None
    return LINGER
