"""Plays and clocks on PostgreSQL: the rows they need, put together for one connection."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from baton.adapters.database.clocks import PostgresClocks
from baton.adapters.database.connecting import Desk
from baton.adapters.database.handoffs import PostgresHandoffs
from baton.adapters.database.notices import PostgresNotices
from baton.adapters.database.salespeople import PostgresUsers
from baton.domain.plays import Play
from baton.domain.sla import ClockRule
from baton.ports.handoffs import Automation, Channel


def automation(
    desk: Desk,
    plays: Sequence[Play],
    clock_rules: Sequence[ClockRule],
    channels: Mapping[str, Channel],
    *,
    lease: timedelta,
) -> Automation:
    """`lease` is longer than a decision, a call and a channel's deadline take."""
    names = tuple(channels)
    return Automation(
        plays=tuple(plays),
        clock_rules=tuple(clock_rules),
        handoffs=PostgresHandoffs(desk, lease, names),
        clocks=PostgresClocks(desk, names),
        users=PostgresUsers(desk),
        notices=PostgresNotices(desk, lease),
        channels=channels,
    )
