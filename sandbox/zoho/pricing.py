"""What a call costs in credits, and whether it counts as a complex one."""

import json
import re
from dataclasses import dataclass
from math import ceil
from urllib.parse import parse_qs

from sandbox.calls import Call

LIMIT = re.compile(rb"\blimit\s+(?:\d+\s*,\s*)?(\d+)", re.IGNORECASE)
TAGGING = re.compile(r".*/actions/(add|remove)_tags")
WRITES = frozenset({"POST", "PUT"})
SIMPLE_WRITE = 10
BULK_READ = "/crm/bulk/v8/read"
TAGGED_FOR_ONE = 50


@dataclass(frozen=True, slots=True)
class Price:
    credits: int = 1
    is_complex: bool = False


@dataclass(frozen=True, slots=True)
class Doubts:
    """The prices on which sources disagree."""

    search: int = 1
    deleted_list: int = 2


def price_of(call: Call, doubts: Doubts) -> Price:
    match call.path.rpartition("/")[2]:
        case "coql":
            return Price(_query_credits(call.body), is_complex=True)
        case "deleted":
            return Price(doubts.deleted_list)
        case "search":
            return Price(doubts.search, is_complex=True)
        case "convert":
            return Price(5, is_complex=True)
    if call.method in WRITES:
        return _write(call)
    asked = parse_qs(call.query)
    return Price(3 if "cvid" in asked else 1, is_complex="sort_by" in asked or "cvid" in asked)


def _write(call: Call) -> Price:
    if call.path == BULK_READ:
        return Price(50)
    if TAGGING.fullmatch(call.path):
        return Price(max(1, ceil(_tagged(call) / TAGGED_FOR_ONE)))
    records = len(_listed(call.body, "data"))
    return Price(max(1, ceil(records / 10)), is_complex=records > SIMPLE_WRITE)


def _tagged(call: Call) -> int:
    asked = parse_qs(call.query).get("ids", [""])[0]
    return len([id_ for id_ in asked.split(",") if id_]) or len(_listed(call.body, "ids"))


def _query_credits(body: bytes) -> int:
    found = LIMIT.findall(body)
    limit = int(found[-1]) if found else 200
    return 1 if limit <= 200 else 2 if limit <= 1000 else 3


def _listed(body: bytes, key: str) -> list[object]:
    try:
        said = json.loads(body).get(key)
    except (ValueError, AttributeError):
        return []
    return said if isinstance(said, list) else []
