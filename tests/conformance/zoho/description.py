"""The vendor's own OpenAPI description, found by method and path, with what is known to be wrong in it put right."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.conformance.zoho.corrections import corrected

MATERIAL = Path(__file__).parents[4] / "shared" / "zoho-oas" / "oas31-2026-08"
JSON = "application/json"
METHODS = ("get", "post", "put", "patch", "delete")
_PLACE = re.compile(r"\{[^}]+\}")


@dataclass(frozen=True, slots=True)
class Operation:
    """`document` names the file. `pointer` leads to the operation in it."""

    document: str
    method: str
    template: str
    address: re.Pattern[str]
    pointer: str
    told: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method.upper()} {self.template}"


@dataclass(frozen=True, slots=True)
class Description:
    operations: tuple[Operation, ...]
    registry: Registry[Any]

    def find(self, method: str, path: str) -> Operation | None:
        """The operation with the fewest blanks in its address."""
        fits = (each for each in self.operations if each.method == method.lower() and each.address.fullmatch(path))
        return next(fits, None)

    def answers(self, operation: Operation) -> Mapping[str, str]:
        """By status, where in the documents it is said what the JSON of an answer looks like."""
        resolver, found = self.registry.resolver(f"urn:{operation.document}"), {}
        for status, told in operation.told["responses"].items():
            where = told.get("$ref", f"{operation.pointer}/responses/{status}")
            if JSON in resolver.lookup(where).contents.get("content", {}):
                found[status] = f"urn:{operation.document}{where}/content/application~1json/schema"
        return found


@lru_cache(maxsize=1)
def description() -> Description:
    documents = {path.name: corrected(path.name, json.loads(path.read_text("utf-8"))) for path in _files()}
    resources = [
        (f"urn:{name}", Resource(contents=told, specification=DRAFT202012)) for name, told in documents.items()
    ]
    operations = [operation for name, told in documents.items() for operation in _operations(name, told)]
    operations.sort(key=lambda each: (len(_PLACE.findall(each.template)), each.template.count("/")))
    return Description(tuple(operations), Registry().with_resources(resources))


def _files() -> list[Path]:
    return sorted(MATERIAL.glob("*.json"))


def _operations(name: str, told: Mapping[str, Any]) -> Iterator[Operation]:
    base = re.sub(r"^https?://[^/]+|/\{version\}$", "", told["servers"][0]["url"])
    for template, item in told["paths"].items():
        for method in METHODS:
            if method in item:
                address = re.compile(re.escape(f"{base}/v8") + _PLACE.sub("[^/]+", template))
                pointer = f"#/paths/{template.replace('~', '~0').replace('/', '~1')}/{method}"
                yield Operation(name, method, template, address, pointer, item[method])
