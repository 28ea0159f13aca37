"""Waves of writes that are held until a person has looked."""

from sqlalchemy import Column, Index, Integer, Table, text

from baton.adapters.database.columns import metadata, moment, moment_of_insert, number, words

guard_trips = Table(
    "guard_trips",
    metadata,
    number(),
    words("connection"),
    words("risk"),
    Column("most", Integer, nullable=False),
    moment_of_insert("tripped_at"),
    moment("settled_at"),
    words("settled_how", nullable=True),
    # A claim asks whether its rows are held.
    Index("ix_guard_trips_open", "connection", "risk", unique=True, postgresql_where=text("settled_at IS NULL")),
)
