"""The shape of a JSON answer, and where two shapes disagree.

Compared are the keys at every level and the types of the values, for types are what a client breaks on: a number that
comes as text is another type. A null and what is empty say nothing of what they would hold. The items of a list are
taken together: a key that all of them have must be there, one that some have may be.
"""

from collections.abc import Iterator, Sequence
from typing import Any

_NAMES = {bool: "boolean", int: "number", float: "number", str: "text", list: "list", dict: "object"}


def disagreements(theirs: Any, ours: Any, where: str = "$") -> Iterator[str]:
    """In words, one for each place: a missing key, one too many, another type."""
    if theirs is None or ours is None:
        return
    if _kind(theirs) != _kind(ours):
        yield f"{where} is {_kind(ours)}, recorded {_kind(theirs)}"
    elif isinstance(theirs, dict):
        yield from _between_objects([theirs], [ours], where)
    elif isinstance(theirs, list):
        yield from _between_lists(theirs, ours, where)


def _between_lists(theirs: Sequence[Any], ours: Sequence[Any], where: str) -> Iterator[str]:
    if not theirs:
        return
    if not ours:
        yield f"{where} is empty, recorded with items"
    elif _are_objects(theirs) and _are_objects(ours):
        yield from _between_objects(theirs, ours, f"{where}[]")
    elif {_kind(item) for item in ours} - {_kind(item) for item in theirs}:
        yield f"{where}[] holds {_kind(ours[0])}, recorded {_kind(theirs[0])}"


def _between_objects(theirs: Sequence[dict[str, Any]], ours: Sequence[dict[str, Any]], where: str) -> Iterator[str]:
    known = {key for item in theirs for key in item}
    if not known:
        return
    for key in sorted(set.intersection(*map(set, theirs)) - set.intersection(*map(set, ours))):
        yield f"{where}.{key} is missing"
    for key in sorted({key for item in ours for key in item} - known):
        yield f"{where}.{key} is not recorded"
    for key in sorted(known):
        seen = [item[key] for item in theirs if item.get(key) is not None]
        shown = [item[key] for item in ours if item.get(key) is not None]
        if seen and shown:
            yield from _between_values(seen, shown, f"{where}.{key}")


def _between_values(theirs: Sequence[Any], ours: Sequence[Any], where: str) -> Iterator[str]:
    kinds = {_kind(value) for value in theirs}
    strange = sorted({_kind(value) for value in ours} - kinds)
    if strange:
        yield f"{where} is {', '.join(strange)}, recorded {', '.join(sorted(kinds))}"
    elif kinds == {"object"}:
        yield from _between_objects(theirs, ours, where)
    elif kinds == {"list"}:
        together, shown = [item for value in theirs for item in value], [item for value in ours for item in value]
        if together and shown:
            yield from _between_lists(together, shown, where)


def _are_objects(items: Sequence[Any]) -> bool:
    return all(isinstance(item, dict) for item in items)


def _kind(value: Any) -> str:
    return _NAMES[type(value)]
