"""Answers in the vendor's handwriting: PHP-style JSON, collections under their plural with a `meta`."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response


def say(payload: Mapping[str, Any], status: int = 200) -> Response:
    """JSON with every non-ASCII letter and every slash escaped, and no charset in its type."""
    text = json.dumps(payload, separators=(",", ":")).replace("/", "\\/")
    return Response(text, status, media_type="application/json")


def base_of(request: Request) -> str:
    """The account host as the client called it; every link begins with it."""
    return f"{request.url.scheme}://{request.headers.get('host', 'localhost')}/api/3"


def collection(plural: str, shown: list[dict[str, Any]], total: int, **beside: Any) -> Response:
    return say({**beside, plural: shown, "meta": {"total": str(total)}})
