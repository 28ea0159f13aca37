"""The tables, and why each index is there. Alembic compares a migrated database with these pages."""

from baton.adapters.database.columns import metadata
from baton.adapters.database.schema import conflicts, history, outbox, records, upkeep

__all__ = ["conflicts", "history", "metadata", "outbox", "records", "upkeep"]
