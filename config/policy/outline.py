"""Which keys, words and descriptions a form has at a path, read from its JSON Schema, for advice and for editors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from pydantic import BaseModel

Node = Mapping[str, Any]


@cache
def json_schema(form: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **form.model_json_schema()}


@dataclass(frozen=True, slots=True)
class Outline:
    """The form's schema at one place in it; nothing at all where a path leads out of the form."""

    node: Node
    root: Node

    @classmethod
    def of(cls, form: type[BaseModel]) -> Self:
        schema = json_schema(form)
        return cls(schema, schema)

    def at(self, path: Sequence[str | int]) -> "Outline":
        place = self
        for part in path:
            place = place._step(part)
        return place

    @property
    def description(self) -> str:
        return str(self.node.get("description") or next((b["description"] for b in self._branches("description")), ""))

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for branch in self._branches("properties") for key in branch["properties"])

    @property
    def choices(self) -> tuple[str, ...]:
        words = [word for branch in self._branches("enum") for word in branch["enum"]]
        return tuple(str(word) for word in words) + tuple(str(b["const"]) for b in self._branches("const"))

    def _step(self, part: str | int) -> "Outline":
        for branch in self._branches("properties"):
            if part in branch["properties"]:
                return Outline(branch["properties"][part], self.root)
        for inside in ("additionalProperties", "items", "patternProperties"):
            for branch in self._branches(inside):
                if isinstance(branch[inside], Mapping):
                    found = branch[inside]
                    return Outline(next(iter(found.values())) if inside == "patternProperties" else found, self.root)
        return Outline({}, self.root)

    def _branches(self, keyword: str) -> list[Node]:
        """The node and all it may stand for, as far as they have the keyword."""
        found, ahead = [], [self.node]
        while ahead:
            node = ahead.pop(0)
            found.append(node)
            if "$ref" in node:
                ahead.append(self.root["$defs"][node["$ref"].rpartition("/")[2]])
            ahead += [*node.get("anyOf", ()), *node.get("oneOf", ()), *node.get("allOf", ())]
        return [node for node in found if keyword in node]
