"""Folders of connections to break: each test writes its own YAML and reads what is told about it."""

import re
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from config.policy.reading import read_policy
from config.problems import NotUsable

CONNECTION = """
version: 1
activecampaign:
  base_url: https://marketing.example
  token: {env: AC_TOKEN}
zoho:
  accounts_url: https://accounts.example
  client_id: {env: ZOHO_ID}
  client_secret: {env: ZOHO_SECRET}
  refresh_token: {env: ZOHO_REFRESH}
"""
CONTRACT = """
version: 1
people: {placement: Leads}
fields:
  email: {type: email, activecampaign: email, zoho: Email}
  last_name: {type: last_name, activecampaign: lastName, zoho: Last_Name}
"""
ENVIRON = {"AC_TOKEN": "a-token", "ZOHO_ID": "an-id", "ZOHO_SECRET": "a-secret", "ZOHO_REFRESH": "a-refresh"}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a connection's folder; what is not given is sound."""

    def written(name: str = "demo", *, connection: str = CONNECTION, contract: str = CONTRACT) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "connection.yaml").write_text(textwrap.dedent(connection).lstrip("\n"), encoding="utf-8")
        (folder / "contract.yaml").write_text(textwrap.dedent(contract).lstrip("\n"), encoding="utf-8")
        return folder

    return written


@pytest.fixture
def told(write: Callable[..., Path]) -> Callable[..., list[str]]:
    """What is told about a connection's YAML, each problem as it is printed, its files named without their folder."""

    def problems(**files: str) -> list[str]:
        folder = write(**files)
        with pytest.raises(NotUsable) as refused:
            read_policy(folder)
        return [str(problem.seen_from(folder)) for problem in refused.value.problems]

    return problems


@pytest.fixture
def environ() -> Mapping[str, str]:
    return dict(ENVIRON)


@pytest.fixture
def sound_contract() -> str:
    return CONTRACT.lstrip("\n")


@pytest.fixture
def sound_connection() -> str:
    return CONNECTION.lstrip("\n")


@pytest.fixture
def is_accepted() -> Callable[[Mapping[str, Any], object], bool]:
    """Judges by the part of JSON Schema that our schemas use; a keyword it does not know fails the test."""
    return lambda schema, value: _accepts(schema, value, schema["$defs"])


Judge = Callable[[Any, Any, Mapping[str, Any]], bool]


def _accepts(schema: Mapping[str, Any], value: Any, defs: Mapping[str, Any]) -> bool:
    words = sorted(schema.keys() - _SAYS_NOTHING, key="type".__ne__)
    return all(_KEYWORDS[word](schema[word], value, defs) for word in words) and _has_no_other_key(schema, value)


def _has_no_other_key(schema: Mapping[str, Any], value: Any) -> bool:
    known = "|".join([*(f"^{name}$" for name in schema.get("properties", ())), *schema.get("patternProperties", ())])
    is_open = schema.get("additionalProperties") is not False
    return is_open or not isinstance(value, dict) or all(re.search(known, key) for key in value)


def _matching(patterns: Mapping[str, Any], fields: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    return [(inner, fields[key]) for pattern, inner in patterns.items() for key in fields if re.search(pattern, key)]


_SAYS_NOTHING = {"$schema", "$defs", "title", "description", "default"}
_KINDS = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int}
_KEYWORDS: Mapping[str, Judge] = {
    "$ref": lambda told, value, defs: _accepts(defs[told.removeprefix("#/$defs/")], value, defs),
    "type": lambda told, value, _: type(value) in ((int, float) if told == "number" else (_KINDS[told],)),
    "anyOf": lambda told, value, defs: any(_accepts(branch, value, defs) for branch in told),
    "oneOf": lambda told, value, defs: sum(_accepts(branch, value, defs) for branch in told) == 1,
    "enum": lambda told, value, _: value in told,
    "const": lambda told, value, _: value == told,
    "required": lambda told, value, _: set(told) <= set(value),
    "properties": lambda told, value, defs: all(_accepts(told[k], value[k], defs) for k in value if k in told),
    "patternProperties": lambda told, value, defs: all(_accepts(i, v, defs) for i, v in _matching(told, value)),
    "additionalProperties": lambda told, value, defs: not told or all(_accepts(told, v, defs) for v in value.values()),
    "propertyNames": lambda told, value, defs: all(_accepts(told, key, defs) for key in value),
    "items": lambda told, value, defs: all(_accepts(told, item, defs) for item in value),
    "pattern": lambda told, value, _: re.search(told, value) is not None,
    "minItems": lambda told, value, _: len(value) >= told,
    "minLength": lambda told, value, _: len(value) >= told,
    "maxLength": lambda told, value, _: len(value) <= told,
    "minProperties": lambda told, value, _: len(value) >= told,
    "maxProperties": lambda told, value, _: len(value) <= told,
    "minimum": lambda told, value, _: value >= told,
    "maximum": lambda told, value, _: value <= told,
    "exclusiveMinimum": lambda told, value, _: value > told,
}
