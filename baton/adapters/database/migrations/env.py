"""How Alembic runs here: always on a connection that is handed in, never from an ini file."""

from alembic import context

from baton.adapters.database.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
