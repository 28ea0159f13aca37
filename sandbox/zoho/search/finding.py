"""Finds by criteria, e-mail, phone or word. `equals` acts like contains on text, and special characters are fuzzy.

How long the index lags behind, and paging, are the caller's matter.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox.zoho.table import Refusal, RefusedError, Table

Test = Callable[[Mapping[str, Any]], bool]

_CONDITION = re.compile(r"\(\s*(\w+)\s*:\s*(\w+)\s*:\s*((?:\\.|[^()\\])*)\)")
_OR = re.compile(r"\)\s*or\s*\(")
_ESCAPED = re.compile(r"\\(.)")
_SPECIAL = re.compile(r"[^\w@.]+|_")
MOST_CONDITIONS = 15
MOST_IN = 100


def run(params: Mapping[str, str], table: Table) -> Sequence[str] | Refusal:
    """Ids of the records found, ascending."""
    try:
        test = _test(params, table)
    except RefusedError as refused:
        return refused.refusal
    return [id_ for id_ in table.ids() if (row := table.get(id_)) is not None and test(row)]


def _test(params: Mapping[str, str], table: Table) -> Test:
    if params.get("criteria"):
        return _criteria(table, params["criteria"])
    for word, kind in (("email", "email"), ("phone", "phone")):
        if params.get(word):
            return _anywhere([name for name, its in table.kinds.items() if its == kind], params[word])
    if params.get("word"):
        return _anywhere(list(table.kinds), params["word"])
    names = ["criteria", "email", "phone", "word"]
    raise RefusedError("EXPECTED_PARAM_MISSING", "One of the expected parameter is missing", param_names=names)


def _anywhere(names: list[str], asked: str) -> Test:
    wanted = _folded(asked)
    return lambda row: any(wanted in _folded(row[name]) for name in names if isinstance(row.get(name), str))


def _criteria(table: Table, criteria: str) -> Test:
    tests = [_condition(table, *found.groups()) for found in _CONDITION.finditer(criteria)]
    if not tests:
        raise RefusedError("INVALID_QUERY", "Invalid query formed", reason="invalid criteria")
    if len(tests) > MOST_CONDITIONS:
        raise RefusedError("CRITERIA_LIMIT_EXCEEDED", "Criteria limit exceeded", limit=MOST_CONDITIONS)
    joined = any if _OR.search(criteria) else all
    return lambda row: joined(test(row) for test in tests)


def _condition(table: Table, name: str, operator: str, value: str) -> Test:
    if name not in table.kinds:
        raise RefusedError("INVALID_QUERY", "Invalid query formed", api_name=name)
    wanted = _folded(_ESCAPED.sub(r"\1", value))
    words = frozenset(_folded(word) for word in value.split(","))
    is_word = table.kinds[name] in ("picklist", "boolean", "bigint")
    if operator == "in" and len(words) > MOST_IN:
        raise RefusedError("INVALID_QUERY", 'Only 100 values are allowed in "IN" criteria')
    judges: dict[str, Callable[[str], bool]] = {
        "equals": (lambda held: held == wanted) if is_word else (lambda held: wanted in held),
        "not_equal": lambda held: held != wanted,
        "starts_with": lambda held: held.startswith(wanted),
        "in": lambda held: held in words,
        "greater_than": lambda held: held > wanted,
        "greater_equal": lambda held: held >= wanted,
        "less_than": lambda held: held < wanted,
        "less_equal": lambda held: held <= wanted,
    }
    judge = judges.get(operator)
    if judge is None:
        raise RefusedError("NOT_SUPPORTED", "operator is not supported", operator=operator)
    return lambda row: judge(_folded("" if row.get(name) is None else row[name]))


def _folded(value: object) -> str:
    """Special characters are all alike to the index."""
    return _SPECIAL.sub(" ", str(value).lower())
