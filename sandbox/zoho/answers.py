"""The vendor's envelopes: JSON with its content type, nothing at all, and one verdict per record."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

CONTENT_TYPE = "application/json;charset=UTF-8"
Item = dict[str, Any]
"""One verdict: code, details, message, status."""


def say(payload: object, status: int = 200) -> Response:
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return Response(body.encode(), status, headers={"content-type": CONTENT_TYPE})


def nothing(status: int = 204) -> Response:
    return Response(status_code=status)


def success(message: str, details: Mapping[str, Any], **more: Any) -> Item:
    return {"code": "SUCCESS", "details": dict(details), "message": message, "status": "success", **more}


def error(code: str, message: str, details: Mapping[str, Any] | None = None) -> Item:
    return {"code": code, "details": dict(details or {}), "message": message, "status": "error"}


def verdicts(items: Sequence[Item], *, all_fine: int = 200, all_failed: int = 400, under: str = "data") -> Response:
    """The batch answer: 207 when some records failed, another status when all did."""
    failed = sum(item["status"] == "error" for item in items)
    status = all_fine if not failed else all_failed if failed == len(items) else 207
    return say({under: list(items)}, status)
