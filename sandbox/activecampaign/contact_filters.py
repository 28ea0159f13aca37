"""The parameters of a contact list that narrow it, each an entry of a table; the vendor ignores what is not here."""

from collections.abc import Callable, Iterator
from datetime import UTC, tzinfo

from starlette.requests import Request

from sandbox.activecampaign import asked, stamps
from sandbox.activecampaign.world import World
from sandbox.store import Row

Test = Callable[[Row], bool]
Maker = Callable[[World, str], Test]

ANY_STATUS = "-1"
STATUSES = frozenset({"0", "1", "2", "3"})
DATE_COLUMNS = {"created": "cdate", "updated": "udate"}
YES = frozenset({"true", "1"})


def tests_of(world: World, request: Request) -> list[Test]:
    """What a contact must pass to be on the list."""
    given = {name: value for name, value in request.query_params.items() if value}
    plain = [PLAIN[name](world, given[name]) for name in PLAIN if name in given]
    numbered = [NUMBERED[name](world, given[name]) for name in NUMBERED if given.get(name, "").isdigit()]
    return [*plain, *numbered, *_standing(world, given), *_dates(world, request)]


def _email_like(_world: World, text: str) -> Test:
    sought = text.lower()
    return lambda row: sought in row["email"].lower()


def _search(world: World, text: str) -> Test:
    found = found_by(world, text)
    return lambda row: row["id"] in found


def found_by(world: World, text: str) -> frozenset[str]:
    """The contacts whose name, e-mail, phone or account holds these letters."""
    sought = text.lower()
    own = world.searchable.ids_holding(sought)
    accounts = world.account_names.ids_holding(sought)
    return frozenset((*own, *(id_ for account in accounts for id_ in world.memberships.members(account))))


def _on_a_list(world: World, text: str) -> Test:
    """`in_group_lists`: on any list the token's user may see, which is every list there is."""
    wanted = text.lower() in YES
    return lambda row: not wanted or bool(world.lists_of.get(row["id"]))


def _submitted(world: World, form: str) -> Test:
    return lambda row: any(link.get("form") == form for link in _standings(world, row))


def _entered(world: World, automation: str) -> Test:
    inside = {entry["contact"] for entry in world.contact_automations if entry["automation"] == automation}
    return lambda row: row["id"] in inside


def _waits(world: World, block: str) -> Test:
    waiting = {entry["contact"] for entry in world.contact_automations if entry.get("waits_at") == block}
    return lambda row: row["id"] in waiting


def _in_no_segment(_world: World, _text: str) -> Test:
    """The practice account has no segments, so whichever is named is empty."""
    return lambda row: False


PLAIN: dict[str, Maker] = {
    "email_like": _email_like,
    "phone": lambda _, text: lambda row: bool(row["phone"].startswith(text)),
    "search": _search,
    "in_group_lists": _on_a_list,
}
NUMBERED: dict[str, Maker] = {
    "id_less": lambda _, text: lambda row: int(row["id"]) < int(text),
    "exclude": lambda _, text: lambda row: bool(row["id"] != text),
    "tagid": lambda world, text: lambda row: text in world.tags_of.get(row["id"], ()),
    "organization": lambda _, text: lambda row: bool(row["account"] == text),
    "formid": _submitted,
    "seriesid": _entered,
    "waitid": _waits,
    "segmentid": _in_no_segment,
}


def _standing(world: World, given: dict[str, str]) -> list[Test]:
    """`listid` and `status` are about the same list row when both are given."""
    list_id, status = given.get("listid"), given.get("status", ANY_STATUS)
    if status not in STATUSES:
        status = ANY_STATUS
    if list_id is None and status == ANY_STATUS:
        return []
    if list_id is None:
        return [lambda row: any(link["status"] == status for link in _standings(world, row))]
    wanted = STATUSES if status == ANY_STATUS else {status}
    # One run over the rows of all lists: from each contact to its own would be many more steps through memory.
    inside = {row["contact"] for row in world.contact_lists if row["list"] == list_id and row["status"] in wanted}
    return [lambda row: row["id"] in inside]


def _standings(world: World, row: Row) -> Iterator[Row]:
    return (world.contact_lists.rows[id_] for id_ in world.lists_of.get(row["id"], {}).values())


def _dates(world: World, request: Request) -> list[Test]:
    if not world.ground.settings["date_filters_work"]:
        return []
    inclusive = world.ground.settings["after_is_inclusive"]
    tests: list[Test] = []
    for name, text in asked.bracketed(request, "filters").items():
        moment = stamps.parsed(text, _clock_of_filters(world))
        column = _columns(world).get(name.partition("_")[0])
        if moment is not None and column is not None:
            tests += _date(column, name.partition("_")[2], moment, inclusive=inclusive)
    return tests


def updated_since(world: World, request: Request) -> int | None:
    """The second nobody on the list was changed before, as far as the filters say so."""
    text = asked.bracketed(request, "filters").get("updated_after")
    if not text or not world.ground.settings["date_filters_work"] or _columns(world) != DATE_COLUMNS:
        return None
    return stamps.parsed(text, _clock_of_filters(world))


def _clock_of_filters(world: World) -> tzinfo:
    return UTC if world.ground.settings["naive_filter_dates"] == "utc" else stamps.CENTRAL


def _columns(world: World) -> dict[str, str]:
    """Which stamp the filters compare is told by their names alone."""
    return {**DATE_COLUMNS, "updated": world.ground.settings["updated_filter_column"]}


def _date(column: str, side: str, moment: int, *, inclusive: bool) -> list[Test]:
    earliest = moment if inclusive else moment + 1
    tests: dict[str, Test] = {
        "after": lambda row: bool(row[column] >= earliest),
        "before": lambda row: bool(row[column] < moment),
    }
    return [tests[side]] if side in tests else []
