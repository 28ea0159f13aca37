"""Reads `((Field:operator:value)and(Field:operator:value))`; what an operator means is the matching's matter."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput

from sandbox.zoho.table import RefusedError

MOST_CRITERIA = 15
MOST_VALUES = 100
# A value is split at bare commas only; brackets, commas and backslashes of its own stand behind a backslash.
_PIECE = re.compile(r"(?:\\.|[^,\\])*", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Criterion:
    """`text` is the whole value, `values` what stands between its commas."""

    field: str
    operator: str
    text: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Two parts joined by `and` or `or`."""

    word: str
    left: "Part"
    right: "Part"


Part = Criterion | Joined


def _joined(word: str) -> Callable[..., Joined]:
    def join(_self: object, left: Part, right: Part) -> Joined:
        return Joined(word, left, right)

    return join


@v_args(inline=True)
class _Build(Transformer[Token, Part]):
    both, either = _joined("and"), _joined("or")

    def criterion(self, token: Token) -> Criterion:
        field, operator, value = token[1:-1].split(":", 2)
        pieces = tuple(_bare(piece) for piece in _PIECE.findall(value) if piece)
        return Criterion(field.strip(), operator.strip(), _bare(value), pieces)

    def start(self, part: Part) -> Part:
        return part


_GRAMMAR = Lark(
    Path(__file__).with_name("criteria.lark").read_text(encoding="utf-8"), parser="lalr", transformer=_Build()
)
_CONDITION = re.compile(_GRAMMAR.get_terminal("CONDITION").pattern.to_regexp())


def parsed(text: str) -> Part:
    """Raises RefusedError as Zoho words it."""
    if len(_CONDITION.findall(text)) > MOST_CRITERIA:
        raise RefusedError("CRITERIA_LIMIT_EXCEEDED", "Criteria limit exceeded", limit=MOST_CRITERIA)
    try:
        part = _GRAMMAR.parse(text)
    except UnexpectedInput:
        raise RefusedError("INVALID_QUERY", "Invalid query formed", reason="invalid criteria") from None
    assert isinstance(part, Criterion | Joined)  # noqa: S101 - the transformer makes nothing else of whole criteria
    return part


def _bare(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip()
