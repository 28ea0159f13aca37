"""What the organisation tells of its own API: each path, its methods, their scopes and the credits they cost."""

import json
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import say
from sandbox.zoho.filtering import BadFilterError, test_of
from sandbox.zoho.refusals import bad_parameter
from sandbox.zoho.scopes import PLACES, VERBS
from sandbox.zoho.world import World

Teller = Callable[[World, Request], Awaitable[Response]]
Place = tuple[str, str]
"""Method and path."""

CREDITS: tuple[tuple[str, str, tuple[int, int]], ...] = (
    (r"POST", r".*/coql", (1, 3)),
    (r"POST", r".*/actions/convert", (5, 5)),
    (r"GET", r".*/deleted", (2, 2)),
    (r"POST", r".*/actions/(add|remove)_tags", (1, 2)),
    (r"POST", r"/crm/bulk/v8/read", (50, 50)),
    (r"POST|PUT", r"/crm/v8/{module}(/upsert)?", (1, 10)),
    (r"GET", r"/crm/v8/{module}", (1, 3)),
)
"""Method, path, the fewest and the most; every other call costs one."""

VERSION = "/crm/v8/"


def teller(places: Iterable[Place]) -> Teller:
    known = _shown(sorted({place for place in places if place[1].startswith("/crm/")}, key=lambda place: place[::-1]))

    async def tell(_world: World, request: Request) -> Response:
        return say({"__apis": _filtered(known, request.query_params.get("filters"))})

    return tell


def _shown(places: Sequence[Place]) -> list[dict[str, Any]]:
    by_path = groupby(places, key=lambda place: place[1])
    return [{"path": path, "operation_types": [_operation(*place) for place in some]} for path, some in by_path]


def _operation(method: str, path: str) -> dict[str, Any]:
    costs = (cost for verbs, pattern, cost in CREDITS if re.fullmatch(verbs, method) and re.fullmatch(pattern, path))
    fewest, most = next(costs, (1, 1))
    return {"method": method, "oauth_scope": _scope(method, path), "max_credits": most, "min_credits": fewest}


def _scope(method: str, path: str) -> str:
    inside, verb = path.removeprefix(VERSION), VERBS[method]
    if path.startswith("/crm/bulk/"):
        return f"ZohoCRM.bulk.{verb}"
    for pattern, scope, fixed in PLACES:
        if found := re.fullmatch(pattern, inside.replace("{module}", "Leads")):
            part = found.groupdict().get("part")
            return ".".join([scope, *([part] if part else []), fixed or verb])
    return f"ZohoCRM.modules.{verb}"


def _filtered(known: list[dict[str, Any]], text: str | None) -> list[dict[str, Any]]:
    if text is None:
        return known
    try:
        fits = test_of(json.loads(text), {"path": "text"})
    except (ValueError, BadFilterError):
        raise bad_parameter("filters") from None
    return [each for each in known if fits(each)]
