"""Which records are worth testing: those whose folded texts hold what every answer must hold."""

from collections.abc import Collection, Mapping

from sandbox.zoho.coql.kinds import is_known_to
from sandbox.zoho.search.criteria import Criterion, Part, parsed
from sandbox.zoho.search.folding import digits, folded
from sandbox.zoho.table import Table

NEAR = frozenset({"equals", "starts_with"})


def candidates(params: Mapping[str, str], table: Table) -> Collection[str] | None:
    """None when the index does not narrow it down. Of several ways to ask, the first counts."""
    if text := params.get("criteria"):
        return _near(parsed(text), table)
    if text := params.get("email"):
        return _mentioning(text, table)
    if text := params.get("phone"):
        number = digits(text)
        return table.with_digits(number) if number else ()
    return _mentioning(params.get("word", ""), table)


def _near(part: Part, table: Table) -> Collection[str] | None:
    if isinstance(part, Criterion):
        return _near_one(part, table)
    left, right = _near(part.left, table), _near(part.right, table)
    if part.word == "and":
        return right if left is None else left
    return None if left is None or right is None else {*left, *right}


def _near_one(asked: Criterion, table: Table) -> Collection[str] | None:
    if not is_known_to("like", table.kinds.get(asked.field, "")):
        return None
    if asked.operator in NEAR:
        return _mentioning(asked.text, table)
    if asked.operator != "in":
        return None
    each = [_mentioning(value, table) for value in asked.values]
    return None if any(ids is None for ids in each) else {id_ for ids in each for id_ in ids or ()}


def _mentioning(text: str, table: Table) -> Collection[str] | None:
    wanted = folded(text)
    return table.mentioning(wanted) if wanted else None
