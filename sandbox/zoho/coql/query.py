"""A parsed query: columns, conditions, order and bounds. What the text must look like is the grammar's matter."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput

from sandbox.zoho.table import RefusedError

MOST_COLUMNS = 50
MOST_ROWS = 2_000
DEFAULT_ROWS = 200


@dataclass(frozen=True, slots=True)
class Comparison:
    column: str
    operator: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Two conditions joined by `and` or `or`."""

    word: str
    left: "Condition"
    right: "Condition"
    is_bracketed: bool = False


Condition = Comparison | Joined


@dataclass(frozen=True, slots=True)
class Query:
    columns: tuple[str, ...]
    module: str
    condition: Condition | None
    order: tuple[tuple[str, bool], ...]
    limit: int
    offset: int


def _joined(word: str) -> Callable[..., Joined]:
    def join(_self: object, left: Condition, right: Condition) -> Joined:
        return Joined(word, left, right)

    return join


def _compared(operator: str) -> Callable[..., Comparison]:
    def compare(_self: object, column: Token, *values: Any) -> Comparison:
        return Comparison(str(column), operator, values)

    return compare


@v_args(inline=True)
class _Build(Transformer[Token, Query]):
    both, either = _joined("and"), _joined("or")
    is_null, is_not_null = _compared("is null"), _compared("is not null")
    is_in, is_not_in = _compared("in"), _compared("not in")
    is_like, is_not_like = _compared("like"), _compared("not like")
    is_between, is_not_between = _compared("between"), _compared("not between")

    def bracketed(self, condition: Condition) -> Condition:
        if isinstance(condition, Joined):
            return Joined(condition.word, condition.left, condition.right, is_bracketed=True)
        return condition

    def compares(self, column: Token, operator: Token, value: Any) -> Comparison:
        return Comparison(str(column), str(operator), (value,))

    def text(self, token: Token) -> str:
        return str(token)[1:-1].replace("\\'", "'").replace('\\"', '"').replace("\\\\", "\\")

    def number(self, token: Token) -> float | int:
        return float(token) if "." in token else int(token)

    def true(self, _token: Token) -> bool:
        return True

    def false(self, _token: Token) -> bool:
        return False

    def columns(self, *names: Token) -> tuple[str, ...]:
        return tuple(str(name) for name in names)

    def where(self, condition: Condition) -> tuple[str, Condition]:
        return ("where", condition)

    def ordered(self, name: Token, direction: Token | None = None) -> tuple[str, bool]:
        return (str(name), direction is not None and direction.lower() == "desc")

    def order(self, *ordered: tuple[str, bool]) -> tuple[str, tuple[tuple[str, bool], ...]]:
        return ("order", ordered)

    def limit(self, first: Token, second: Token | None = None) -> tuple[str, tuple[int, int]]:
        return ("limit", (int(first), int(second or 0)))

    def start(self, columns: tuple[str, ...], module: Token, *clauses: tuple[str, Any]) -> Query:
        said = dict(clauses)
        limit, offset = said.get("limit", (DEFAULT_ROWS, 0))
        return Query(columns, str(module), said.get("where"), said.get("order", ()), limit, offset)


_GRAMMAR = Lark(
    Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8"),
    parser="lalr",
    transformer=_Build(),
    maybe_placeholders=False,
)


@lru_cache(maxsize=256)
def parsed(text: str) -> Query:
    """Raises RefusedError as Zoho words it."""
    try:
        query = _GRAMMAR.parse(text)
    except UnexpectedInput as error:
        raise RefusedError("SYNTAX_ERROR", "the query could not be understood", **_where(error)) from None
    assert isinstance(query, Query)  # noqa: S101 - the transformer makes nothing else of a whole query
    _check(query)
    return query


def _where(error: UnexpectedInput) -> dict[str, Any]:
    if isinstance(error, UnexpectedEOF):
        return {"near": "end of query"}
    near = error.char if isinstance(error, UnexpectedCharacters) else str(getattr(error, "token", ""))
    return {"line": error.line, "column": error.column, "near": near}


def _check(query: Query) -> None:
    if query.condition is None:
        raise RefusedError("SYNTAX_ERROR", "missing clause", clause="where")
    if len(query.columns) > MOST_COLUMNS:
        raise RefusedError("LIMIT_EXCEEDED", "limit exceeded", limit=MOST_COLUMNS, clause="select")
    if query.limit <= 0:
        raise RefusedError("INVALID_DATA", "limit should be greater than 0", limit=query.limit)
    if query.limit > MOST_ROWS:
        raise RefusedError("LIMIT_EXCEEDED", "limit exceeded", limit=MOST_ROWS)
    if isinstance(query.condition, Joined):
        _check_brackets(query.condition)


def _check_brackets(condition: Joined) -> None:
    """More than two conditions must be bracketed in pairs."""
    for side in (condition.left, condition.right):
        if isinstance(side, Joined):
            if not side.is_bracketed:
                raise RefusedError("SYNTAX_ERROR", "conditions must be bracketed in pairs", clause="where")
            _check_brackets(side)
