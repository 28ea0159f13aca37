"""Backfills, resyncs and the census; and records that were not there when somebody looked."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, func, text
from sqlalchemy.dialects.postgresql import UUID

from baton.adapters.database.columns import count, document, metadata, moment, moment_of_insert, number, words
from baton.adapters.database.schema.outbox import outbox
from baton.adapters.database.schema.records import mirror

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
    Column("expected", Integer),
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
    # Empty: a survey did not show it, and nobody has looked for it by its id yet.
    moment("missed_at"),
)

# What a run led to is asked for while somebody watches it.
Index("ix_outbox_run", outbox.c.run_id, postgresql_where=text("run_id IS NOT NULL"))
# A survey goes through the records in the order of their ids, which are numbers.
Index("ix_mirror_survey", mirror.c.connection, mirror.c.module, func.length(mirror.c.ref), mirror.c.ref)
