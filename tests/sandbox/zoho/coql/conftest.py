"""An empty table of leads, and a way to put people on it."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.store import Shelf
from sandbox.zoho.fields.catalogue import MODULES
from sandbox.zoho.record_table import RecordTable

USUAL = {"Last_Name": "Birk", "Modified_Time": "2026-03-02T16:00:00+01:00"}


@pytest.fixture
def leads() -> RecordTable:
    return RecordTable(MODULES["Leads"], Shelf("Leads"))


@pytest.fixture
def add(leads: RecordTable) -> Callable[..., str]:
    def adder(id_: str, **values: Any) -> str:
        leads.add({"id": id_, **USUAL, **values})
        return id_

    return adder
