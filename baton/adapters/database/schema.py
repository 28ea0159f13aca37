"""The tables, and why each index is there. Alembic compares a migrated database with this page."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)
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

connections = Table(
    "connections",
    metadata,
    Column("name", Text, primary_key=True),
    moment("paused_at"),
    words("pause_reason", nullable=True),
    moment("ask_again_at"),
    words("zoho_user", nullable=True),
)

people = Table(
    "people",
    metadata,
    number(),
    words("connection"),
    words("email", nullable=True),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("lease", UUID(as_uuid=False)),
    moment("leased_until"),
    moment_of_insert("created_at"),
    # One person per address: two pulls that meet the same newcomer agree on the row.
    UniqueConstraint("connection", "email"),
)

memberships = Table(
    "memberships",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    words("role"),
    document("base"),
    words("written", nullable=True),
    moment_of_insert("since"),
)

mirror = Table(
    "mirror",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    words("module"),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    document("row"),
    moment("version", nullable=False),
    words("editor", nullable=True),
    moment("read_began", nullable=False),
    words("fingerprint"),
    words("email", nullable=True),
    words("counterpart", nullable=True),
    moment("gone_at"),
    words("standing", default="waiting"),
    words("reason", default=""),
    moment("decided_at"),
    # Matching asks by address and by the other side's stored id, without a call to the vendor.
    Index("ix_mirror_connection_email", "connection", "email", postgresql_where=text("email IS NOT NULL")),
    Index(
        "ix_mirror_connection_counterpart",
        "connection",
        "counterpart",
        postgresql_where=text("counterpart IS NOT NULL"),
    ),
    Index("ix_mirror_connection_module_standing", "connection", "module", "standing"),
)

inbox = Table(
    "inbox",
    metadata,
    number(),
    words("connection"),
    words("ref"),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    words("lane"),
    Column("needs_read", Boolean, nullable=False, server_default=text("false")),
    Column("generation", Integer, nullable=False, server_default=text("1")),
    Column("taken_generation", Integer),
    Column("run_id", BigInteger),
    count("attempts"),
    count("takes"),
    moment_of_insert("not_before"),
    moment_of_insert("nudged_at"),
    moment_of_insert("created_at"),
    words("last_failure", nullable=True),
    # One open row per record: a second change of a waiting record raises its generation instead.
    UniqueConstraint("connection", "ref"),
    # The sweep asks for what is due and was not nudged lately.
    Index("ix_inbox_connection_not_before_nudged_at", "connection", "not_before", "nudged_at"),
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
    UniqueConstraint("connection", "key"),
    # Claims walk each lane in order and look for an earlier unfinished write of the same target.
    Index(
        "ix_outbox_claim", "connection", "module", text("lane DESC"), "id", postgresql_where=text("state = 'waiting'")
    ),
    Index("ix_outbox_target", "connection", "target", "id", postgresql_where=UNFINISHED),
    Index("ix_outbox_person", "person_id", "state"),
    Index(
        "ix_outbox_in_doubt",
        "connection",
        "module",
        "not_before",
        postgresql_where=text("state IN ('sending', 'uncertain')"),
    ),
)

ledger = Table(
    "ledger",
    metadata,
    number(),
    words("connection"),
    moment_of_insert("at"),
    Column("person_id", BigInteger),
    words("kind"),
    words("ref", nullable=True),
    Column("run_id", BigInteger),
    Column("values_id", UUID(as_uuid=False)),
    document("facts"),
    Index("ix_ledger_person_id_id", "person_id", "id"),
    Index("ix_ledger_connection_id", "connection", "id"),
)

personal_values = Table(
    "personal_values",
    metadata,
    Column("id", UUID(as_uuid=False), primary_key=True),
    # Erasing a person deletes these rows; the ledger's history stands without them.
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    document("data"),
)

runs = Table(
    "runs",
    metadata,
    number(),
    words("connection"),
    words("kind"),
    words("stream", nullable=True),
    moment_of_insert("started_at"),
    moment("finished_at"),
    words("note", nullable=True),
    document("counts"),
    Index("ix_runs_connection_id", "connection", "id"),
)

cursors = Table(
    "cursors",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    moment("watermark"),
    moment("since"),
    words("position", nullable=True),
    moment("pass_began"),
    Column("run_id", BigInteger),
    Column("lease", UUID(as_uuid=False)),
    moment("leased_until"),
    moment("not_before"),
    moment("opened_at"),
    moment("fresh_at"),
    moment("passed_at"),
    moment("wide_pass_at"),
    moment("proved_at"),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    number(),
    words("connection"),
    words("queue"),
    words("ref", nullable=True),
    Column("person_id", BigInteger),
    Column("outbox_id", BigInteger),
    words("code"),
    words("field", nullable=True),
    words("reason"),
    words("traceback", nullable=True),
    moment_of_insert("buried_at"),
    words("state", default="open"),
    moment("settled_at"),
    words("settled_why", nullable=True),
    Index("ix_dead_letters_connection_state_id", "connection", "state", "id"),
)

ticks = Table(
    "ticks",
    metadata,
    Column("schedule", Text, primary_key=True),
    Column("slot", DateTime(timezone=True), primary_key=True),
)

tokens = Table(
    "tokens",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("sealed", LargeBinary),
    moment("expires_at"),
    words("api_domain", nullable=True),
    Column("lease", UUID(as_uuid=False)),
    moment("leased_until"),
    moment("not_before"),
)

token_refreshes = Table(
    "token_refreshes",
    metadata,
    number(),
    words("connection"),
    moment_of_insert("at"),
    words("outcome"),
    Index("ix_token_refreshes_connection_at", "connection", "at"),
)

schemas = Table(
    "schemas",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("module", Text, primary_key=True),
    document("fields"),
    moment_of_insert("read_at"),
)
