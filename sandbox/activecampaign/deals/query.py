"""Which deals a client asks for, and in what order: the filters that work, and the vendor's own order without any."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from sandbox.activecampaign import asked, stamps
from sandbox.activecampaign.world import World
from sandbox.store import Row

Test = Callable[[Row], bool]
Key = Callable[[World, Row], Any]

SAME = {"stage": "stage", "group": "group", "owner": "owner", "organization": "account"}
MOMENTS = {"created": "cdate", "updated": "mdate"}
LATEST = 1 << 62


def _contact_name(world: World, row: Row) -> str:
    contact = world.contacts.get(row["contact"])
    return f"{contact['firstName']} {contact['lastName']}".lower() if contact else ""


def _organisation(world: World, row: Row) -> str:
    account = world.accounts.get(row["account"])
    return str(account["name"]).lower() if account else ""


SORTABLE: dict[str, Key] = {
    "id": lambda _world, row: int(row["id"]),
    "title": lambda _world, row: row["title"].lower(),
    "value": lambda _world, row: row["value"],
    "cdate": lambda _world, row: row["cdate"],
    "mdate": lambda _world, row: row["mdate"],
    "contact_name": _contact_name,
    "contact_orgname": _organisation,
    "next-action": lambda _world, row: LATEST if row["nextdate"] is None else row["nextdate"],
}


def matching(world: World, request: Request) -> list[Row]:
    """Filters nobody knows do nothing."""
    filters = asked.bracketed(request, "filters")
    tests = [*_plain(filters), *_moments(filters), *_money(filters), *_search(world, filters), *_tasks(world, filters)]
    found = [row for row in world.deals if all(test(row) for test in tests)]
    return _ordered(world, found, asked.bracketed(request, "orders"))


def _plain(filters: dict[str, str]) -> list[Test]:
    tests: list[Test] = [_same(key, filters[name]) for name, key in SAME.items() if name in filters]
    status = asked.number_or_none(filters.get("status"))
    if status is not None:
        tests.append(lambda row: bool(row["status"] == status))
    if "title" in filters:
        tests.append(lambda row: filters["title"].lower() in row["title"].lower())
    return tests


def _same(key: str, wanted: str) -> Test:
    return lambda row: bool(row[key] == wanted)


def _moments(filters: dict[str, str]) -> list[Test]:
    """After includes the moment itself, before does not."""
    tests: list[Test] = []
    for name, column in MOMENTS.items():
        after, before = (stamps.parsed(filters.get(f"{name}_{side}", "")) for side in ("after", "before"))
        tests.append(_between(column, after, before))
    return tests


def _money(filters: dict[str, str]) -> list[Test]:
    least, most = (asked.number_or_none(filters.get(name)) for name in ("minimum_value", "maximum_value"))
    return [_between("value", least, None if most is None else most + 1)]


def _between(column: str, first: int | None, end: int | None) -> Test:
    def is_between(row: Row) -> bool:
        return (first is None or row[column] >= first) and (end is None or row[column] < end)

    return is_between


def _search(world: World, filters: dict[str, str]) -> list[Test]:
    """In titles, unless `search_field` names `contact` or `org`; `all` looks everywhere."""
    sought = filters.get("search", "").lower()
    if not sought:
        return []
    places: dict[str, Key] = {"title": SORTABLE["title"], "contact": _contact_name, "org": _organisation}
    field = filters.get("search_field", "all")
    keys = [places[field]] if field in places else list(places.values())
    return [lambda row: any(sought in key(world, row) for key in keys)]


def _tasks(world: World, filters: dict[str, str]) -> list[Test]:
    kind = filters.get("tasktype")
    if kind is None:
        return []
    open_ = {
        task["relid"] for task in world.tasks if (task["reltype"], task["type"], task["status"]) == ("Deal", kind, 0)
    }
    return [lambda row: row["id"] in open_]


def _ordered(world: World, rows: list[Row], orders: dict[str, str]) -> list[Row]:
    """The order of appearance wins; without any the most valuable come first, as recorded."""
    known = [(name, direction.upper() == "DESC") for name, direction in orders.items() if name in SORTABLE]
    for name, descending in reversed(known or [("value", True)]):
        key = SORTABLE[name]
        rows = sorted(rows, key=lambda row, key=key: key(world, row), reverse=descending)  # type: ignore[misc] # mypy cannot type a default of a lambda
    return rows
