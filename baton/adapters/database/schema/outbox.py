"""The writes, from the decision to the confirmation."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import UUID

from baton.adapters.database.columns import (
    UNFINISHED,
    count,
    document,
    metadata,
    moment,
    moment_of_insert,
    number,
    words,
)

outbox = Table(
    "outbox",
    metadata,
    number(),
    words("connection"),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    words("key"),
    words("module"),
    words("target"),
    words("ref", nullable=True),
    document("values"),
    document("agreed"),
    words("lane"),
    words("state", default="waiting"),
    count("attempts"),
    moment_of_insert("not_before"),
    moment_of_insert("nudged_at"),
    moment_of_insert("created_at"),
    Column("lease", UUID(as_uuid=False)),
    moment("leased_until"),
    moment("settled_at"),
    Column("run_id", BigInteger),
    words("request_id", nullable=True),
    words("last_failure", nullable=True),
    # A write that carries out a handoff is not superseded by a newer decision about the person's fields.
    Column("handoff_id", BigInteger),
    # By which contract it was decided; what another one decided is decided again and not sent. Blank: by none.
    words("contract", default=""),
    # What a crowd of such writes is held for; blank: nothing.
    words("risk", default=""),
    UniqueConstraint("connection", "key"),
    # Claims walk each lane in order and look for an earlier unfinished write of the same target.
    Index(
        "ix_outbox_claim", "connection", "module", text("lane DESC"), "id", postgresql_where=text("state = 'waiting'")
    ),
    Index("ix_outbox_target", "connection", "target", "id", postgresql_where=UNFINISHED),
    Index("ix_outbox_risk", "connection", "risk", "created_at", postgresql_where=text("risk <> ''")),
    Index("ix_outbox_handoff", "handoff_id", postgresql_where=text("handoff_id IS NOT NULL")),
    Index("ix_outbox_person", "person_id", "state"),
    Index(
        "ix_outbox_in_doubt",
        "connection",
        "module",
        "not_before",
        postgresql_where=text("state IN ('sending', 'uncertain')"),
    ),
)
