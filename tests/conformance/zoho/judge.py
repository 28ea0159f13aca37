"""Whether an answer is one that the vendor's description allows for its operation and status."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from tests.conformance.zoho.description import Description, Operation

FLAT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "details", "message", "status"],
    "properties": {
        "code": {"type": "string"},
        "details": {"type": "object"},
        "message": {"type": "string"},
        "status": {"const": "error"},
    },
}
"""How the vendor refuses a whole request, by its documentation and by what was recorded; described are wrapped ones."""
ITEM = {
    "type": "object",
    "required": ["code", "details", "message", "status"],
    "properties": {"code": {"type": "string"}, "details": {"type": "object"}, "status": {"const": "error"}},
}
"""A record that was refused among others. The codes that are listed are far from all."""
WRAPPED = {
    "type": "object",
    "minProperties": 1,
    "properties": {
        **{name: {"type": "array", "items": ITEM} for name in ("data", "watch", "tags")},
        **{name: {"type": ["string", "boolean"]} for name in ("success_count", "locked_count", "wf_scheduler")},
    },
    "additionalProperties": False,
}
"""How records are refused one by one; described for some of the calls that name records, and documented for all."""
MIXED = frozenset({200, 201, 202, 207})
SILENT = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class Judgement:
    """`why` is None where all is as described; `operation` is None where nothing is."""

    call: str
    operation: str | None
    status: int
    why: str | None = None


def judge(told: Description, method: str, path: str, status: int, content: bytes, kind: str) -> Judgement:
    """Where no operation is described, a refusal has to look like any other."""
    call, operation = f"{method} {path} {status}", told.find(method, path)
    name = operation.name if operation else None
    if not content or not kind.startswith("application/json"):
        return Judgement(call, name, status, _of_silence(operation, status, content, kind))
    answer = json.loads(content)
    if operation is None:
        return Judgement(call, None, status, _nearest(told, [FLAT], answer))
    return Judgement(call, operation.name, status, _of_answer(told, operation, status, answer))


def _of_silence(operation: Operation | None, status: int, content: bytes, kind: str) -> str | None:
    if kind == "application/zip":
        return None
    if status not in SILENT:
        return f"no JSON is answered, but {len(content)} bytes of {kind or 'nothing'}"
    if operation is not None and str(status) not in operation.told["responses"]:
        return f"{operation.name} has no {status}"
    if content or kind:
        return "an answer without content has a body or a type"
    return None


def _of_answer(told: Description, operation: Operation, status: int, answer: Any) -> str | None:
    schemas = _described(told, operation, status)
    if status >= 400:
        return _nearest(told, [FLAT, WRAPPED, *schemas], answer)
    if not schemas:
        return f"{operation.name} has no {status}"
    wrong = _nearest(told, schemas, answer)
    if wrong is None or status not in MIXED:
        return wrong
    return _nearest(told, schemas, _without_refused(answer)) and wrong


def _described(told: Description, operation: Operation, status: int) -> Sequence[Mapping[str, str]]:
    """Of a status that is not described, what is said of success: refused records stand among others then."""
    described = told.answers(operation)
    names = [str(status)] if str(status) in described or status not in MIXED else ["200", "201"]
    return [{"$ref": described[name]} for name in names if name in described]


def _without_refused(answer: Any) -> Any:
    """The answer with the records alone that were taken."""
    if not isinstance(answer, dict):
        return answer
    return {key: _taken(value) if isinstance(value, list) else value for key, value in answer.items()}


def _taken(items: Sequence[Any]) -> list[Any]:
    return [item for item in items if not Draft202012Validator(ITEM).is_valid(item)]


def _nearest(told: Description, schemas: Sequence[Mapping[str, Any]], answer: Any) -> str | None:
    """None when one of them allows it; otherwise what the last one, which says most, has against it."""
    if not schemas:
        return "nothing is described"
    wrong: ValidationError | None = None
    for schema in schemas:
        wrong = best_match(Draft202012Validator(schema, registry=told.registry).iter_errors(answer))
        if wrong is None:
            return None
    return f"{wrong.json_path}: {wrong.message[:200]}" if wrong else None
