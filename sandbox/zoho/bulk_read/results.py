"""The CSV of a bulk read: the records that meet its criteria, by id, a column for the id and for each field."""

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from sandbox.store import Row
from sandbox.zoho.filtering import test_of
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.world import World

ID = "Id"
NO_DATE = (1980, 1, 1, 0, 0, 0)


def rows_of(table: RecordTable, query: Row) -> list[Row]:
    """Converted leads are left out, as they are of lists."""
    meets = test_of(query["criteria"], table.kinds) if "criteria" in query else None
    rows = (table.shelf.rows[id_] for id_ in table.ids() if id_ not in table.converted)
    return [row for row in rows if meets is None or meets(row)]


def csv_of(world: World, table: RecordTable, query: Row, rows: Sequence[Row]) -> str:
    names = [name for name in query.get("fields", table.kinds) if name != "id"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([ID, *names])
    writer.writerows([row["id"], *(_cell(_value(world, table, row, name)) for name in names)] for row in rows)
    return text.getvalue()


def zipped(id_: str, text: str) -> bytes:
    """The same text is the same archive, whenever it is asked for."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(f"{id_}.csv", NO_DATE)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, text)
    return file.getvalue()


def _value(world: World, table: RecordTable, row: Row, name: str) -> Any:
    first, _, rest = name.partition(".")
    held = row.get(first)
    if not rest or held is None:
        return held
    other = world.tables.get(table.lookups.get(first, ""))
    named = other.get(held["id"]) if other else None
    return (named or held).get(rest)


def _cell(value: Any) -> str:
    """Lookups are told by their ids, several values in one cell are kept apart by semicolons."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case {"id": id_}:
            return str(id_)
        case list():
            return ";".join(str(each["name"]) if isinstance(each, dict) else str(each) for each in value)
    return str(value)
