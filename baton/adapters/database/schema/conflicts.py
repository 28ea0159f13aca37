"""Fields on which both sides have spoken and a person must choose."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, text

from baton.adapters.database.columns import document, metadata, moment, moment_of_insert, number, words

conflicts = Table(
    "conflicts",
    metadata,
    number(),
    words("connection"),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    words("field"),
    words("state", default="open"),
    # Erasing a person blanks this column; base, value, actor and time of each side stand in it.
    document("sides"),
    moment_of_insert("opened_at"),
    moment("settled_at"),
    words("settled_how", nullable=True),
    Index(
        "ix_conflicts_open", "connection", "person_id", "field", unique=True, postgresql_where=text("state = 'open'")
    ),
    Index("ix_conflicts_connection_state_id", "connection", "state", "id"),
)
