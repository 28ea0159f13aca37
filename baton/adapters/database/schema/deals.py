"""Zoho's deals, as far as they say something about the contact they belong to."""

from sqlalchemy import Column, Index, Table, Text

from baton.adapters.database.columns import document, metadata, moment, words

deals = Table(
    "deals",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    words("contact", nullable=True),
    document("row"),
    moment("version", nullable=False),
    moment("gone_at"),
    # A decision asks for the deal of a contact that changed last.
    Index("ix_deals_connection_contact_version", "connection", "contact", "version"),
)
