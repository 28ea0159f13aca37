"""Which contacts a list call means, and in what order. Filters nobody knows are ignored, as the vendor ignores them."""

from collections.abc import Callable

from starlette.requests import Request

from sandbox.activecampaign import asked
from sandbox.activecampaign.contact_filters import Test, found_by, tests_of, updated_since
from sandbox.activecampaign.scores.values import value_of
from sandbox.activecampaign.world import World
from sandbox.store import Row

SortKey = Callable[[Row], str | int]
Order = list[tuple[str, bool]]
"""Names to sort by, the weightiest first, each with whether it goes down."""

FEW = 8
"""One part in so many of all contacts is sorted by itself."""
BY_ID: tuple[Order, ...] = ([("id", False)], [("id", True)])

SORTABLE: dict[str, SortKey] = {
    "id": lambda row: int(row["id"]),
    "cdate": lambda row: int(row["cdate"]),
    "email": lambda row: str(row["email"]).strip().lower(),
    "first_name": lambda row: str(row["firstName"]).lower(),
    "last_name": lambda row: str(row["lastName"]).lower(),
    "name": lambda row: f"{row['firstName']} {row['lastName']}".lower(),
}


def matching(world: World, request: Request) -> list[Row]:
    sortable = _sortable(world, request)
    order = _asked_order(asked.bracketed(request, "orders"), sortable)
    after = asked.number_or_none(request.query_params.get("id_greater")) or 0
    few = _few(world, request)
    rows = _all_ordered(world, order, sortable, after) if few is None else _ordered(few, order, sortable)
    after_that: list[Test] = [lambda row: int(row["id"]) > after] if after and (few or order not in BY_ID) else []
    for test in (*after_that, *tests_of(world, request)):
        rows = [row for row in rows if test(row)]
    return rows


def _few(world: World, request: Request) -> list[Row] | None:
    """Those an index names, ascending by id; None when it names none, or too many to be sorted by themselves."""
    email, ids = request.query_params.get("email"), asked.listed(request, "ids")
    if email:
        ids = [world.owner_of(email) or ""]
    if ids:
        known = sorted(int(id_) for id_ in set(ids) if id_ in world.contacts.rows)
        return [world.contacts.rows[str(number)] for number in known]
    narrowed = [rows for rows in (_changed(world, request), _found(world, request)) if rows is not None]
    shortest = min(narrowed, key=len, default=world.by_id)
    return None if len(shortest) * FEW > len(world.contacts) else sorted(shortest, key=SORTABLE["id"])


def _changed(world: World, request: Request) -> list[Row] | None:
    since = updated_since(world, request)
    return None if since is None else world.orders.by("udate", _changed_at).rows_from(since)


def _found(world: World, request: Request) -> list[Row] | None:
    text = request.query_params.get("search")
    return [world.contacts.rows[id_] for id_ in found_by(world, text)] if text else None


def _changed_at(row: Row) -> int:
    return int(row["udate"])


def _sortable(world: World, request: Request) -> dict[str, SortKey]:
    """`orders[score]` goes by the one score that `sortId` names."""
    score = request.query_params.get("sortId")
    by_score: SortKey = lambda row: value_of(world, row["id"], score or "")  # noqa: E731 - one more of a table
    return SORTABLE | {"score": by_score} if score in world.scores.rows else SORTABLE


def _asked_order(orders: dict[str, str], sortable: dict[str, SortKey]) -> Order:
    """The order of appearance wins. Without any known order the vendor's own is by e-mail, not by id."""
    known = [(name, direction.upper() == "DESC") for name, direction in orders.items() if name in sortable]
    # Ids are never the same, so that nothing after them counts.
    return known[:1] if known[:1] in BY_ID else known or [("email", False)]


def _all_ordered(world: World, order: Order, sortable: dict[str, SortKey], after: int) -> list[Row]:
    """One order alone is kept from call to call; several are sorted anew."""
    if order in BY_ID:
        by_id = world.contacts_by_id(after=after)
        return by_id[::-1] if order[0][1] else by_id
    (name, descending), *others = order
    if others or name not in SORTABLE:
        return _ordered(world.contacts_by_id(), order, sortable)
    rows = world.orders.by(name, SORTABLE[name]).rows()
    return rows[::-1] if descending else rows


def _ordered(rows: list[Row], order: Order, sortable: dict[str, SortKey]) -> list[Row]:
    for name, descending in reversed(order):
        rows = sorted(rows, key=sortable[name], reverse=descending)
    return rows
