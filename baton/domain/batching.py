"""How many records one message carries: one while it is quiet, a bundle when there is a backlog.

A message and a transaction cost about as much as deciding fifty records, so a backlog is worked off in bundles;
while it is quiet a message of its own gives every record the shortest way.
"""

from collections.abc import Iterator, Sequence

from baton.domain.records import RecordRef

QUIET = 20
BUNDLE = 50


def bundles(refs: Sequence[RecordRef], backlog: int) -> Iterator[tuple[RecordRef, ...]]:
    size = 1 if backlog <= QUIET and len(refs) <= QUIET else BUNDLE
    for start in range(0, len(refs), size):
        yield tuple(refs[start : start + size])
