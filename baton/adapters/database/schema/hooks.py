"""Webhooks: the hints that arrived, how deliveries ended, and what was set up at the vendors."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, text

from baton.adapters.database.columns import count, metadata, moment, moment_of_insert, words

hints = Table(
    "hints",
    metadata,
    Column("connection", Text, primary_key=True),
    # One open row per record: a second hint raises its generation, and who read the first does not delete it.
    Column("ref", Text, primary_key=True),
    words("kind"),
    words("source"),
    Column("generation", Integer, nullable=False, server_default=text("1")),
    # By the vendor's clock, where a delivery says it; `hinted_at` is ours, of the newest hint.
    moment("happened_at"),
    moment_of_insert("hinted_at"),
    moment_of_insert("created_at"),
    moment_of_insert("not_before"),
    count("misses"),
    # Claims take the oldest of a module that are due.
    Index("ix_hints_connection_not_before", "connection", "not_before"),
)

hook_counts = Table(
    "hook_counts",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("crm", Text, primary_key=True),
    Column("outcome", Text, primary_key=True),
    Column("count", BigInteger, nullable=False, server_default=text("0")),
    moment_of_insert("last_at"),
)

hook_installations = Table(
    "hook_installations",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("crm", Text, primary_key=True),
    # The public address alone; the secret part of what the vendor calls is derived when it is needed.
    words("address"),
    # Of the whole address and token as last set up: vendors need not tell tokens back.
    words("fingerprint", nullable=True),
    moment_of_insert("installed_at"),
    moment("checked_at"),
    moment("expires_at"),
    words("trouble", nullable=True),
)
