"""How Alembic runs here: always on a connection that is handed in, never from an ini file."""

from alembic import context

from baton.adapters.database import schema  # noqa: F401 - fills the metadata with the tables
from baton.adapters.database.columns import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
