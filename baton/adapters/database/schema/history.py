"""What happened: the ledger, the values it points to, runs and dead letters."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table
from sqlalchemy.dialects.postgresql import UUID

from baton.adapters.database.columns import document, metadata, moment, moment_of_insert, number, words

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
