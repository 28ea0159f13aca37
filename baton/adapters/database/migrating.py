"""Brings a database to this release's schema; safe to run twice, and by two processes at once."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from baton.adapters.database.connecting import connect

# Any number does, as long as every release uses the same one.
_LOCK = 4_839_115


def upgrade(url: str) -> None:
    """Raises what the database raises: a server that cannot be reached, or rights that are missing."""
    engine = connect(url)
    try:
        with engine.connect() as tx:
            tx.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
            tx.commit()
            _run(tx)
            tx.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
            tx.commit()
    finally:
        engine.dispose()


def _run(tx: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = tx
    command.upgrade(config, "head")
