"""The recorded exchanges as they lie in the reference material; how they are judged is the matter of others."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

MATERIAL = Path(__file__).parents[4] / "shared" / "activecampaign-specs"
SOURCES = {"cassettes": "mhenrixon-cassettes", "dryruns": "nango-recorded"}
YEARS = {"cassettes": 2020, "dryruns": 2026}
PREFIX = "/api/3"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. `path` begins after the version; `place` counts within the case."""

    source: str
    case: str
    place: int
    method: str
    path: str
    query: Sequence[tuple[str, str]]
    request: Any
    status: int
    answer: Any

    @property
    def family(self) -> str:
        return self.path.split("/")[1]

    @property
    def name(self) -> str:
        return f"{self.source} {self.case} {self.place} {self.method} {self.path}"


def recorded(source: str) -> list[Exchange]:
    told = json.loads((MATERIAL / SOURCES[source] / "exchanges.json").read_text(encoding="utf-8"))["exchanges"]
    places: dict[str, int] = {}
    found = []
    for row in told:
        places[row["case"]] = places.get(row["case"], 0) + 1
        found.append(_read(source, row, places[row["case"]]))
    return found


def _read(source: str, row: Mapping[str, Any], place: int) -> Exchange:
    address = urlsplit(row["path"])
    query = [*parse_qsl(address.query, keep_blank_values=True), *(row.get("query") or {}).items()]
    path, answer = address.path.removeprefix(PREFIX), row["response"]
    return Exchange(source, row["case"], place, row["method"], path, query, row["request"], row["status"], answer)
