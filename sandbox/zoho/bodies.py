"""What a write asks for: its records and its switches, read strictly from the body."""

import json
from typing import Any

from starlette.requests import Request

from sandbox.zoho.refusals import RefusalError, bad_body, too_many

MOST_RECORDS = 100
TRIGGERS = frozenset({"approval", "workflow", "blueprint", "pathfinder", "orchestration"})
Body = dict[str, Any]


async def read_body(request: Request) -> Body:
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise RefusalError(400, "INVALID_DATA", "the body is not valid JSON", {}) from None
    if not isinstance(body, dict):
        raise bad_body("data", "jsonobject")
    return body


def records_in(body: Body) -> list[Body]:
    data = body.get("data")
    if data is None:
        details = {"api_name": "data", "json_path": "$.data"}
        raise RefusalError(400, "MANDATORY_NOT_FOUND", "required field not found", details)
    if not isinstance(data, list) or not data or not all(isinstance(record, dict) for record in data):
        raise bad_body("data", "jsonarray")
    if len(data) > MOST_RECORDS:
        raise too_many("data", MOST_RECORDS)
    return data


def trigger_in(body: Body) -> tuple[str, ...] | None:
    """Which workflows the write asks for; None when it does not say, which means all."""
    trigger = body.get("trigger")
    if "trigger" not in body:
        return None
    if not isinstance(trigger, list) or not all(isinstance(word, str) and word in TRIGGERS for word in trigger):
        raise bad_body("trigger", "jsonarray")
    return tuple(trigger)
