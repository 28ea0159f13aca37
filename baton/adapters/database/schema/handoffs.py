"""Plays that are armed, the handoffs they led to, the clocks that run for them, and what is told to whom."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB, UUID

from baton.adapters.database.columns import count, document, metadata, moment, moment_of_insert, number, words

plays = Table(
    "plays",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    # Nothing that happened before sets the play off.
    moment("armed_at", nullable=False),
)

salespeople = Table(
    "salespeople",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    words("name"),
    words("email"),
    Column("is_active", Boolean, nullable=False),
    moment("read_at", nullable=False),
)

handoffs = Table(
    "handoffs",
    metadata,
    number(),
    words("connection"),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    words("play"),
    words("contact"),
    words("trigger_value"),
    moment("happened_at", nullable=False),
    moment_of_insert("created_at"),
    words("state", default="waiting"),
    words("reason", default=""),
    words("record", nullable=True),
    words("owner", nullable=True),
    Column("steps", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    count("attempts"),
    moment_of_insert("not_before"),
    moment_of_insert("nudged_at"),
    Column("lease", UUID(as_uuid=False)),
    moment("leased_until"),
    moment("acted_at"),
    moment("settled_at"),
    # Seen through both doors, or again after a crash, it is one handoff.
    UniqueConstraint("connection", "play", "person_id", "trigger_value"),
    Index("ix_handoffs_waiting", "connection", "not_before", postgresql_where=text("state IN ('waiting', 'acting')")),
    Index("ix_handoffs_connection_id", "connection", "id"),
    # A contact that joined another person takes its cooldown along.
    Index("ix_handoffs_connection_contact", "connection", "contact"),
)

clocks = Table(
    "clocks",
    metadata,
    number(),
    words("connection"),
    words("name"),
    Column("handoff_id", BigInteger, ForeignKey("handoffs.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    words("state", default="on track"),
    moment("started_at", nullable=False),
    moment("at_risk_at", nullable=False),
    moment("due_at", nullable=False),
    # What the fields showed that a salesperson's first touch changes; null as long as there is no record.
    Column("baseline", JSONB),
    moment("look_at", nullable=False),
    moment("breached_at"),
    moment("touched_at"),
    words("touched_how", nullable=True),
    UniqueConstraint("connection", "name", "handoff_id"),
    Index("ix_clocks_running", "connection", "look_at", postgresql_where=text("touched_at IS NULL")),
)

notices = Table(
    "notices",
    metadata,
    number(),
    words("connection"),
    words("key"),
    words("channel"),
    words("kind"),
    # None: it is about the connection, not about one handoff.
    Column("handoff_id", BigInteger, ForeignKey("handoffs.id"), index=True),
    # References and moments only; names and addresses are looked up when it is sent.
    document("facts"),
    words("state", default="waiting"),
    count("attempts"),
    count("uncertain"),
    moment_of_insert("not_before"),
    moment_of_insert("created_at"),
    moment("sent_at"),
    Column("lease", UUID(as_uuid=False)),
    moment("leased_until"),
    words("last_failure", nullable=True),
    UniqueConstraint("connection", "key", "channel"),
    Index("ix_notices_waiting", "connection", "not_before", postgresql_where=text("state = 'waiting'")),
)
