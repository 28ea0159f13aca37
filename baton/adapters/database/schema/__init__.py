"""The tables, and why each index is there. Alembic compares a migrated database with these pages."""

from baton.adapters.database.columns import metadata
from baton.adapters.database.schema import (
    backfills,
    calls,
    conflicts,
    consents,
    deals,
    guards,
    handoffs,
    history,
    hooks,
    identities,
    outbox,
    plans,
    records,
    upkeep,
)

__all__ = [
    "backfills",
    "calls",
    "conflicts",
    "consents",
    "deals",
    "guards",
    "handoffs",
    "history",
    "hooks",
    "identities",
    "metadata",
    "outbox",
    "plans",
    "records",
    "upkeep",
]
