"""The people, their records and what waits for a decision."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import UUID

from baton.adapters.database.columns import count, document, metadata, moment, moment_of_insert, number, words

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
    # What our last confirmed write replaced, and when: stamps have whole seconds, so a read that began before it may
    # come home under the stamp of the write.
    words("overwritten", nullable=True),
    moment("overwritten_at"),
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
