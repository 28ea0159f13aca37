"""Fields on which a person must choose, and what was said once for all of them."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, text

from baton.adapters.database.columns import document, metadata, moment, moment_of_insert, number, words

conflicts = Table(
    "conflicts",
    metadata,
    number(),
    words("connection"),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    words("field"),
    words("kind", default="review"),
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
    # A decision asks for the fields of its persons that swung lately.
    Index("ix_conflicts_swinging", "person_id", postgresql_where=text("kind = 'ping-pong'")),
)

standing_rulings = Table(
    "standing_rulings",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    words("winner"),
    words("ruled_by"),
    moment_of_insert("ruled_at"),
)
