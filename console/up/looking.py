"""One look at all connections, through the wiring that the workers use too."""

from collections.abc import Sequence

from baton.domain.status import Status


def look_at(connections: Sequence[str]) -> tuple[Status, ...]:
    # The wiring reads the environment, which is whole only once the servers are up.
    from workers import wiring  # noqa: PLC0415

    return tuple(wiring.status(connection) for connection in connections)
