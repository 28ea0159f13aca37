"""What a call costs in credits, and whether it counts as a complex one."""

import json
import re
from dataclasses import dataclass
from math import ceil
from urllib.parse import parse_qs

from sandbox.calls import Call

LIMIT = re.compile(rb"\blimit\s+(?:\d+\s*,\s*)?(\d+)", re.IGNORECASE)
WRITES = frozenset({"POST", "PUT"})
SIMPLE_WRITE = 10


@dataclass(frozen=True, slots=True)
class Price:
    credits: int = 1
    is_complex: bool = False


def price_of(call: Call) -> Price:
    if call.path.endswith("/coql"):
        return Price(_query_credits(call.body), is_complex=True)
    if call.path.endswith("/deleted"):
        return Price(2)
    if call.path.endswith("/search"):
        return Price(is_complex=True)
    if call.path.endswith("/actions/convert"):
        return Price(5, is_complex=True)
    if call.method in WRITES:
        records = _records(call.body)
        return Price(max(1, ceil(records / 10)), is_complex=records > SIMPLE_WRITE)
    asked = parse_qs(call.query)
    return Price(3 if "cvid" in asked else 1, is_complex="sort_by" in asked or "cvid" in asked)


def _query_credits(body: bytes) -> int:
    found = LIMIT.findall(body)
    limit = int(found[-1]) if found else 200
    return 1 if limit <= 200 else 2 if limit <= 1000 else 3


def _records(body: bytes) -> int:
    try:
        data = json.loads(body).get("data")
    except (ValueError, AttributeError):
        return 0
    return len(data) if isinstance(data, list) else 0
