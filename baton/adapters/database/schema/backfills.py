"""Backfills, resyncs and the census; and records that were not there when somebody looked."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import UUID

from baton.adapters.database.columns import count, document, metadata, moment, moment_of_insert, number, words

backfills = Table(
    "backfills",
    metadata,
    number(),
    words("connection"),
    Column("run_id", BigInteger, ForeignKey("runs.id"), nullable=False),
    words("kind"),
    document("scope"),
    words("state", default="running"),
    Column("leg", Integer, nullable=False, server_default=text("0")),
    words("position", nullable=True),
    count("read"),
    count("changed"),
    count("gone"),
    Column("lease", UUID(as_uuid=False)),
    moment("leased_until"),
    moment_of_insert("not_before"),
    moment_of_insert("started_at"),
    moment("finished_at"),
    words("note", nullable=True),
    Index("ix_backfills_running", "connection", "not_before", postgresql_where=text("state = 'running'")),
)

sightings = Table(
    "sightings",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    words("module"),
    moment_of_insert("missed_at"),
)
