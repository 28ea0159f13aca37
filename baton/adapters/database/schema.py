"""The tables, and why each index is there. Alembic compares a migrated database with this page."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

UNFINISHED = text("state IN ('waiting', 'sending', 'uncertain')")


def _id() -> Column[int]:
    return Column("id", BigInteger, Identity(), primary_key=True)


def _moment(name: str, *, nullable: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _now(name: str) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False, server_default=func.now())


def _json(name: str) -> Column[object]:
    return Column(name, JSONB, nullable=False, server_default=text("'{}'::jsonb"))


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=nullable, server_default=default)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


connections = Table(
    "connections",
    metadata,
    Column("name", Text, primary_key=True),
    _moment("paused_at"),
    _text("pause_reason", nullable=True),
    _moment("ask_again_at"),
    _text("zoho_user", nullable=True),
)

people = Table(
    "people",
    metadata,
    _id(),
    _text("connection"),
    _text("email", nullable=True),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("lease", UUID(as_uuid=False)),
    _moment("leased_until"),
    _now("created_at"),
    # One person per address: two pulls that meet the same newcomer agree on the row.
    UniqueConstraint("connection", "email"),
)

memberships = Table(
    "memberships",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    _text("role"),
    _json("base"),
    _text("written", nullable=True),
    _now("since"),
)

mirror = Table(
    "mirror",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    _text("module"),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    _json("row"),
    _moment("version", nullable=False),
    _text("editor", nullable=True),
    _moment("read_began", nullable=False),
    _text("fingerprint"),
    _text("email", nullable=True),
    _text("counterpart", nullable=True),
    _moment("gone_at"),
    _text("standing", default="waiting"),
    _text("reason", default=""),
    _moment("decided_at"),
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
    _id(),
    _text("connection"),
    _text("ref"),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    _text("lane"),
    Column("needs_read", Boolean, nullable=False, server_default=text("false")),
    Column("generation", Integer, nullable=False, server_default=text("1")),
    Column("taken_generation", Integer),
    Column("run_id", BigInteger),
    _count("attempts"),
    _count("takes"),
    _now("not_before"),
    _now("nudged_at"),
    _now("created_at"),
    _text("last_failure", nullable=True),
    # One open row per record: a second change of a waiting record raises its generation instead.
    UniqueConstraint("connection", "ref"),
    # The sweep asks for what is due and was not nudged lately.
    Index("ix_inbox_connection_not_before_nudged_at", "connection", "not_before", "nudged_at"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    _text("connection"),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    _text("key"),
    _text("module"),
    _text("target"),
    _text("ref", nullable=True),
    _json("values"),
    _json("agreed"),
    _text("lane"),
    _text("state", default="waiting"),
    _count("attempts"),
    _now("not_before"),
    _now("nudged_at"),
    _now("created_at"),
    Column("lease", UUID(as_uuid=False)),
    _moment("leased_until"),
    _moment("settled_at"),
    Column("run_id", BigInteger),
    _text("request_id", nullable=True),
    _text("last_failure", nullable=True),
    UniqueConstraint("connection", "key"),
    # Claims walk each lane in order and look for an earlier unfinished write of the same target.
    Index(
        "ix_outbox_claim", "connection", "module", text("lane DESC"), "id", postgresql_where=text("state = 'waiting'")
    ),
    Index("ix_outbox_target", "connection", "target", "id", postgresql_where=UNFINISHED),
    Index("ix_outbox_person", "person_id", postgresql_where=UNFINISHED),
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
    _id(),
    _text("connection"),
    _now("at"),
    Column("person_id", BigInteger),
    _text("kind"),
    _text("ref", nullable=True),
    Column("run_id", BigInteger),
    Column("values_id", UUID(as_uuid=False)),
    _json("facts"),
    Index("ix_ledger_person_id_id", "person_id", "id"),
    Index("ix_ledger_connection_id", "connection", "id"),
)

personal_values = Table(
    "personal_values",
    metadata,
    Column("id", UUID(as_uuid=False), primary_key=True),
    # Erasing a person deletes these rows; the ledger's history stands without them.
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    _json("data"),
)

runs = Table(
    "runs",
    metadata,
    _id(),
    _text("connection"),
    _text("kind"),
    _text("stream", nullable=True),
    _now("started_at"),
    _moment("finished_at"),
    _text("note", nullable=True),
    _json("counts"),
    Index("ix_runs_connection_id", "connection", "id"),
)

cursors = Table(
    "cursors",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    _moment("watermark"),
    _moment("since"),
    _text("position", nullable=True),
    _moment("pass_began"),
    Column("run_id", BigInteger),
    Column("lease", UUID(as_uuid=False)),
    _moment("leased_until"),
    _moment("not_before"),
    _moment("opened_at"),
    _moment("fresh_at"),
    _moment("passed_at"),
    _moment("wide_pass_at"),
    _moment("proved_at"),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    _id(),
    _text("connection"),
    _text("queue"),
    _text("ref", nullable=True),
    Column("person_id", BigInteger),
    Column("outbox_id", BigInteger),
    _text("code"),
    _text("field", nullable=True),
    _text("reason"),
    _text("traceback", nullable=True),
    _now("buried_at"),
    _text("state", default="open"),
    _moment("settled_at"),
    _text("settled_why", nullable=True),
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
    _moment("expires_at"),
    _text("api_domain", nullable=True),
    Column("lease", UUID(as_uuid=False)),
    _moment("leased_until"),
    _moment("not_before"),
)

token_refreshes = Table(
    "token_refreshes",
    metadata,
    _id(),
    _text("connection"),
    _now("at"),
    _text("outcome"),
    Index("ix_token_refreshes_connection_at", "connection", "at"),
)

schemas = Table(
    "schemas",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("module", Text, primary_key=True),
    _json("fields"),
    _now("read_at"),
)
