"""Which contacts a list call means, and in what order. Filters nobody knows are ignored, as the vendor ignores them."""

from collections.abc import Callable

from starlette.requests import Request

from sandbox.activecampaign import asked, scores, stamps
from sandbox.activecampaign.world import World
from sandbox.store import Row

Test = Callable[[Row], bool]
SortKey = Callable[[Row], str | int]

SORTABLE: dict[str, SortKey] = {
    "id": lambda row: int(row["id"]),
    "cdate": lambda row: int(row["cdate"]),
    "email": lambda row: str(row["email"]).strip().lower(),
    "first_name": lambda row: str(row["firstName"]).lower(),
    "last_name": lambda row: str(row["lastName"]).lower(),
    "name": lambda row: f"{row['firstName']} {row['lastName']}".lower(),
}


def matching(world: World, request: Request) -> list[Row]:
    rows = _candidates(world, request)
    for test in (*_plain_tests(world, request), *_date_tests(world, request)):
        rows = [row for row in rows if test(row)]
    return _ordered(rows, asked.bracketed(request, "orders"), _sortable(world, request))


def _candidates(world: World, request: Request) -> list[Row]:
    """The narrowest start an index gives, ascending by id."""
    after = asked.number_or_none(request.query_params.get("id_greater")) or 0
    email, ids = request.query_params.get("email"), asked.listed(request, "ids")
    if email:
        ids = [world.owner_of(email) or ""]
    if not ids:
        return world.contacts_by_id(after=after)
    known = sorted(int(id_) for id_ in set(ids) if id_ in world.contacts.rows)
    return [world.contacts.rows[str(number)] for number in known if number > after]


def _plain_tests(world: World, request: Request) -> list[Test]:
    given = {name: value for name, value in request.query_params.items() if value}
    tests: dict[str, Callable[[str], Test]] = {
        "id_less": lambda text: lambda row: int(row["id"]) < int(text),
        "exclude": lambda text: lambda row: row["id"] != text,
        "email_like": lambda text: lambda row: text.lower() in row["email"].lower(),
        "phone": lambda text: lambda row: row["phone"].startswith(text),
        "tagid": lambda text: lambda row: text in world.tags_of[row["id"]],
        "search": lambda text: lambda row: text.lower() in _searchable(world, row),
    }
    usable = (name for name in tests if name in given and (name != "id_less" or given[name].isdigit()))
    return [tests[name](given[name]) for name in usable] + _standing_tests(world, given)


def _standing_tests(world: World, given: dict[str, str]) -> list[Test]:
    """`listid` and `status` are about the same list row when both are given."""
    list_id, status = given.get("listid"), given.get("status", "-1")
    if list_id is None and status == "-1":
        return []

    def stands(row: Row) -> bool:
        links = world.lists_of[row["id"]]
        rows = (world.contact_lists.rows[id_] for kept, id_ in links.items() if list_id in {None, kept})
        return any(status in {"-1", link["status"]} for link in rows)

    return [stands]


def _date_tests(world: World, request: Request) -> list[Test]:
    if not world.ground.settings["date_filters_work"]:
        return []
    inclusive = world.ground.settings["after_is_inclusive"]
    tests: list[Test] = []
    for name, text in asked.bracketed(request, "filters").items():
        moment = stamps.parsed(text)
        column = {"created": "cdate", "updated": "udate"}.get(name.partition("_")[0])
        if moment is not None and column is not None:
            tests += _date_test(column, name.partition("_")[2], moment, inclusive=inclusive)
    return tests


def _date_test(column: str, side: str, moment: int, *, inclusive: bool) -> list[Test]:
    earliest = moment if inclusive else moment + 1
    tests: dict[str, Test] = {
        "after": lambda row: bool(row[column] >= earliest),
        "before": lambda row: bool(row[column] < moment),
    }
    return [tests[side]] if side in tests else []


def _searchable(world: World, row: Row) -> str:
    account = world.accounts.get(row["account"])
    parts = (row["firstName"], row["lastName"], row["email"], row["phone"], account["name"] if account else "")
    return " ".join(parts).lower()


def _sortable(world: World, request: Request) -> dict[str, SortKey]:
    """`orders[score]` goes by the one score that `sortId` names."""
    score = request.query_params.get("sortId")
    by_score: SortKey = lambda row: scores.value_of(world, row["id"], score or "")  # noqa: E731 - one more of a table
    return SORTABLE | {"score": by_score} if score in world.scores.rows else SORTABLE


def _ordered(rows: list[Row], orders: dict[str, str], sortable: dict[str, SortKey]) -> list[Row]:
    """The order of appearance wins. Without any known order the vendor's own is by e-mail, not by id."""
    known = [(name, direction.upper() == "DESC") for name, direction in orders.items() if name in sortable]
    if known[:1] == [("id", False)]:
        return rows
    for name, descending in reversed(known or [("email", False)]):
        rows = sorted(rows, key=sortable[name], reverse=descending)
    return rows
