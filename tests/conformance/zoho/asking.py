"""Whether a request is one that the vendor's description allows: its parameters, their values, its body."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from tests.conformance.zoho.description import Description, Operation
from tests.conformance.zoho.judge import Judgement


def judge_request(told: Description, method: str, path: str, query: str, body: bytes) -> Judgement:
    call, operation = f"asked {method} {path}?{query}", told.find(method, path)
    if operation is None:
        return Judgement(call, None, 0)
    wrong = [*_of_parameters(told, operation, query), *_of_body(told, operation, body)]
    return Judgement(call, operation.name, 0, "; ".join(wrong) or None)


def _of_parameters(told: Description, operation: Operation, query: str) -> Iterator[str]:
    described = {each["name"]: each for each in _parameters(told, operation) if each["in"] == "query"}
    asked = dict(parse_qsl(query, keep_blank_values=True))
    for name, value in asked.items():
        if name not in described:
            yield f"the parameter {name} is not described"
        elif (wrong := _against(told, operation, described[name].get("schema", {}), value)) is not None:
            yield f"{name}: {wrong}"
    for name, each in described.items():
        if each.get("required") and name not in asked:
            yield f"the parameter {name} is required"


def _of_body(told: Description, operation: Operation, body: bytes) -> Iterator[str]:
    described = operation.told.get("requestBody", {}).get("content", {}).get("application/json")
    if described is None:
        if body:
            yield "no body is described"
        return
    where = f"{operation.pointer}/requestBody/content/application~1json/schema"
    schema = {"$ref": f"urn:{operation.document}{where}"}
    wrong = best_match(Draft202012Validator(schema, registry=told.registry).iter_errors(json.loads(body or b"null")))
    if wrong is not None:
        yield f"{wrong.json_path}: {wrong.message[:200]}"


def _parameters(told: Description, operation: Operation) -> Iterator[Mapping[str, Any]]:
    resolver = told.registry.resolver(f"urn:{operation.document}")
    for each in operation.told.get("parameters", ()):
        yield resolver.lookup(each["$ref"]).contents if "$ref" in each else each


def _against(told: Description, operation: Operation, schema: Mapping[str, Any], value: str) -> str | None:
    within = {"$ref": schema["$ref"].replace("#", f"urn:{operation.document}#")} if "$ref" in schema else schema
    wrong = best_match(Draft202012Validator(within, registry=told.registry).iter_errors(_read(value)))
    if wrong is None or Draft202012Validator(within, registry=told.registry).is_valid(value):
        return None
    return wrong.message[:200]


def _read(value: str) -> Any:
    """A number or a truth as such, for that is how parameters are described."""
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
