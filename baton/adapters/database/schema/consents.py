"""Opt-outs that are kept beside a person, and the evidence that lifts them."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table

from baton.adapters.database.columns import metadata, moment, moment_of_insert, number, words

consents = Table(
    "consents",
    metadata,
    # One row per person who opted out: it outlives the records, so that a new one comes back restricted.
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True),
    words("connection"),
    # restricted: it holds. doubtful: the records say less and nothing proves it. lifted: an opt-in came after it.
    words("state"),
    moment("since", nullable=False),
    words("said_by"),
    moment_of_insert("changed_at"),
    Index("ix_consents_connection_state", "connection", "state"),
)

consent_evidence = Table(
    "consent_evidence",
    metadata,
    number(),
    words("connection"),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    moment("at", nullable=False),
    words("source"),
    words("form", nullable=True),
    words("list_id", nullable=True),
    words("kept_by"),
    moment_of_insert("kept_at"),
)
