"""From the text of a query to what it asks for, refused where the grammar or the vendor's bounds are broken."""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput

from sandbox.zoho.coql.bounds import check
from sandbox.zoho.coql.query import Comparison, Condition, Joined, Order, Query
from sandbox.zoho.table import RefusedError

DEFAULT_ROWS = 200
# A quote inside a text is written twice or behind a backslash; both are met in the wild.
_ESCAPED = re.compile(r"\\(.)|''|\"\"", re.DOTALL)


def _joined(word: str) -> Callable[..., Joined]:
    def join(_self: object, left: Condition, right: Condition) -> Joined:
        return Joined(word, left, right)

    return join


def _compared(operator: str) -> Callable[..., Comparison]:
    def compare(_self: object, column: Token, *values: Any) -> Comparison:
        return Comparison(str(column), operator, values)

    return compare


def _listed(operator: str) -> Callable[..., Comparison]:
    def compare(_self: object, column: Token, values: tuple[Any, ...]) -> Comparison:
        return Comparison(str(column), operator, values)

    return compare


@v_args(inline=True)
class _Build(Transformer[Token, Query]):
    both, either = _joined("and"), _joined("or")
    is_null, is_not_null = _compared("is null"), _compared("is not null")
    is_in, is_not_in = _listed("in"), _listed("not in")
    is_like, is_not_like = _compared("like"), _compared("not like")
    is_between, is_not_between = _compared("between"), _compared("not between")

    def bracketed(self, condition: Condition) -> Condition:
        if isinstance(condition, Joined):
            return Joined(condition.word, condition.left, condition.right, is_bracketed=True)
        return condition

    def compares(self, column: Token, operator: Token, value: Any) -> Comparison:
        return Comparison(str(column), str(operator), (value,))

    def text(self, token: Token) -> str:
        return _ESCAPED.sub(lambda found: found[1] or found[0][0], token[1:-1])

    def number(self, token: Token) -> float | int:
        return float(token) if "." in token else int(token)

    def true(self, _token: Token) -> bool:
        return True

    def false(self, _token: Token) -> bool:
        return False

    def values(self, *values: Any) -> tuple[Any, ...]:
        return values

    def columns(self, *names: Token) -> tuple[str, ...]:
        return tuple(str(name) for name in names)

    def where(self, condition: Condition) -> tuple[str, Condition]:
        return ("where", condition)

    def ordered(self, name: Token, direction: Token | None = None) -> Order:
        return Order(str(name), is_down=direction is not None and direction.lower() == "desc")

    def order(self, *ordered: Order) -> tuple[str, tuple[Order, ...]]:
        return ("order", ordered)

    def limited(self, limit: Token) -> tuple[str, tuple[int, int]]:
        return ("limit", (int(limit), 0))

    def skipped_and_limited(self, offset: Token, limit: Token) -> tuple[str, tuple[int, int]]:
        return ("limit", (int(limit), int(offset)))

    def limited_and_skipped(self, limit: Token, offset: Token) -> tuple[str, tuple[int, int]]:
        return ("limit", (int(limit), int(offset)))

    def start(self, columns: tuple[str, ...], module: Token, *clauses: tuple[str, Any]) -> Query:
        said = dict(clauses)
        if "where" not in said:
            raise RefusedError("SYNTAX_ERROR", "missing clause", clause="where")
        limit, offset = said.get("limit", (DEFAULT_ROWS, 0))
        return Query(columns, str(module), said["where"], said.get("order", ()), limit, offset)


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
    check(query)
    return query


def _where(error: UnexpectedInput) -> dict[str, Any]:
    if isinstance(error, UnexpectedEOF) or str(getattr(error, "token", "?")) == "":
        return {"near": "end of query"}
    near = error.char if isinstance(error, UnexpectedCharacters) else str(getattr(error, "token", ""))
    return {"line": error.line, "column": error.column, "near": near}
