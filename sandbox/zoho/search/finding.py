"""Finds by criteria, e-mail, phone or word; converted leads only when asked for.

How long the index lags behind, and paging, are the caller's matter.
"""

from collections.abc import Callable, Mapping, Sequence

from sandbox.zoho.coql.kinds import is_known_to
from sandbox.zoho.search.criteria import parsed
from sandbox.zoho.search.folding import digits, folded
from sandbox.zoho.search.matching import Test, test_of
from sandbox.zoho.search.narrowing import candidates
from sandbox.zoho.table import Refusal, RefusedError, Table

WAYS = ("criteria", "email", "phone", "word")
CONVERTED = "Converted__s"


def run(params: Mapping[str, str], table: Table) -> Sequence[str] | Refusal:
    """Ids of the records found, ascending."""
    try:
        meets, may_show = _asked(params, table), _converted(params.get("converted", "false"), table)
        near = candidates(params, table)
    except RefusedError as refused:
        return refused.refusal
    ids = table.ids() if near is None else sorted(near, key=int)
    rows = ((id_, table.get(id_)) for id_ in ids)
    return [id_ for id_, row in rows if row is not None and may_show(row) and meets(row)]


def _asked(params: Mapping[str, str], table: Table) -> Test:
    """Of several ways to ask, the first counts."""
    way = next((each for each in WAYS if params.get(each)), None)
    match way:
        case "criteria":
            return test_of(parsed(params["criteria"]), table)
        case "email":
            wanted = folded(params["email"])
            return _any_of(_names(table, "email"), lambda held: folded(held) == wanted)
        case "phone":
            number = digits(params["phone"])
            return _any_of(_names(table, "phone"), lambda held: bool(number) and number in digits(held))
        case "word":
            word = folded(params["word"])
            texts = [name for name, kind in table.kinds.items() if is_known_to("like", kind)]
            return _any_of(texts, lambda held: word in folded(held))
    said = "One of the expected parameter is missing"
    raise RefusedError("EXPECTED_PARAM_MISSING", said, param_names=list(WAYS))


def _names(table: Table, kind: str) -> list[str]:
    return [name for name, its in table.kinds.items() if its == kind]


def _any_of(names: list[str], fits: Callable[[str], bool]) -> Test:
    return lambda row: any(isinstance(held := row.get(name), str) and fits(held) for name in names)


def _converted(asked: str, table: Table) -> Test:
    if asked not in ("true", "false", "both"):
        raise RefusedError("INVALID_DATA", "invalid data", param_name="converted")
    if asked == "both" or CONVERTED not in table.kinds:
        return lambda _row: True
    wanted = asked == "true"
    return lambda row: bool(row.get(CONVERTED)) is wanted
