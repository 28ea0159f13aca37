"""Where in a row a field stands. What its value means is known by the field's type."""

from collections.abc import Collection, Mapping

from baton.domain.records import Row, Value

_CUSTOM_FIELDS = "fields"
_GROUPS = (_CUSTOM_FIELDS, "deal")
# ActiveCampaign writes the chosen ones of a checkbox or list box as `||A||B||`, a single choice too.
_CHOICES = "||"
TAKEN_OFF = "taken_off."
"""`taken_off.7` is the place that says that a contact has left the list 7. Nothing can be written there but that."""
_LEFT = "2"


def held(row: Row, place: str) -> object:
    """What the row holds at the place, as the vendor wrote it; None when there is nothing."""
    if place.startswith(TAKEN_OFF):
        return _has_left(row, place.removeprefix(TAKEN_OFF))
    group, _, name = place.partition(".")
    if not name or group not in _GROUPS:
        return row.get(place)
    inner = row.get(group)
    value = inner.get(name) if isinstance(inner, dict) else None
    return _chosen(value) if isinstance(value, str) and value.startswith(_CHOICES) else value


UNREAD = "unread"
"""Under this key of a row stand the places that were asked for and that the vendor left out: not blank, unknown."""


def unread_places(row: Row) -> Collection[str]:
    """Those of the last deal too, by the names that the contract gives them."""
    own, deal = row.get(UNREAD), row.get("deal")
    of_deal = deal.get(UNREAD) if isinstance(deal, dict) else None
    named = [f"deal.{place}" for place in of_deal] if isinstance(of_deal, list) else []
    return [*(own if isinstance(own, list) else ()), *named]


def id_in(lookup: object) -> str | None:
    """The id of the record or user that a Zoho lookup names."""
    found = lookup.get("id") if isinstance(lookup, dict) else None
    return None if found is None else str(found)


def with_values(row: Row, values: Mapping[str, Value]) -> dict[str, object]:
    """The row with these values at their places."""
    left = {place.removeprefix(TAKEN_OFF) for place in values if place.startswith(TAKEN_OFF)}
    if left:
        rest = {place: value for place, value in values.items() if not place.startswith(TAKEN_OFF)}
        return with_values(_without_lists(row, left), rest)
    own = {place: value for place, value in values.items() if not place.startswith(f"{_CUSTOM_FIELDS}.")}
    customs = {place.partition(".")[2]: value for place, value in values.items() if place not in own}
    held_customs = row.get(_CUSTOM_FIELDS)
    merged = {**held_customs, **customs} if isinstance(held_customs, dict) else customs
    return {**row, **own, _CUSTOM_FIELDS: merged} if customs else {**row, **own}


def _has_left(row: Row, list_id: str) -> bool | None:
    lists = row.get("lists")
    return (isinstance(lists, dict) and str(lists.get(list_id)) == _LEFT) or None


def _without_lists(row: Row, left: Collection[str]) -> dict[str, object]:
    lists = row.get("lists")
    return {**row, "lists": {**(lists if isinstance(lists, dict) else {}), **dict.fromkeys(left, _LEFT)}}


def _chosen(value: str) -> str:
    return ";".join(choice for choice in value.split(_CHOICES) if choice)
