"""What keeps a connection going: its state, cursors, ticks, tokens and schemas."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Index, LargeBinary, Table, Text, text
from sqlalchemy.dialects.postgresql import UUID

from baton.adapters.database.columns import document, metadata, moment, moment_of_insert, number, words

connections = Table(
    "connections",
    metadata,
    Column("name", Text, primary_key=True),
    moment("paused_at"),
    words("pause_reason", nullable=True),
    moment("ask_again_at"),
    words("zoho_user", nullable=True),
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
    # What was said of the mapped fields when it was last accepted; empty until the first read.
    document("agreed"),
    moment_of_insert("read_at"),
)

drifts = Table(
    "drifts",
    metadata,
    number(),
    words("connection"),
    words("key"),
    words("kind"),
    words("module", nullable=True),
    words("place"),
    words("was"),
    words("is_now"),
    words("word", nullable=True),
    document("touches"),
    Column("pauses", Boolean, nullable=False),
    moment_of_insert("opened_at"),
    moment("closed_at"),
    words("closed_how", nullable=True),
    # One open row per change: seen again and again, it is told once.
    Index("ix_drifts_open", "connection", "key", unique=True, postgresql_where=text("closed_at IS NULL")),
)
