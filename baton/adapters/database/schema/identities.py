"""What a person has said of who is who."""

from sqlalchemy import Column, Index, Table, Text

from baton.adapters.database.columns import metadata, moment_of_insert, words

identity_rulings = Table(
    "identity_rulings",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("contact", Text, primary_key=True),
    Column("record", Text, primary_key=True),
    # same or apart; it outranks every key.
    words("verdict"),
    words("ruled_by"),
    moment_of_insert("ruled_at"),
    Index("ix_identity_rulings_record", "connection", "record"),
)
