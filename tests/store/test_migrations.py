"""The migrations and the page of tables say the same."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from baton.adapters.database import migrating
from baton.adapters.database.connecting import connect


def test_a_migrated_database_has_exactly_the_tables_of_the_page(database_url):
    migrating.upgrade(database_url)
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).with_name("migrations")))
    engine = connect(database_url)

    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.check(config)

    engine.dispose()


def test_migrating_twice_changes_nothing(database_url):
    migrating.upgrade(database_url)

    migrating.upgrade(database_url)
