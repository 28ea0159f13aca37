"""The same world as that of the flows."""

from tests.flows.conftest import clean_database, make_world

__all__ = ["clean_database", "make_world"]
