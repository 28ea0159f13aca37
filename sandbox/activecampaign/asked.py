"""Reading what a client asked for: PHP-style query brackets, paging, JSON bodies with one wrapped object."""

from dataclasses import dataclass
from json import JSONDecodeError
from typing import Any

from starlette.requests import Request

from sandbox.activecampaign import refusals

DEFAULT_LIMIT = 20
MOST = 100


@dataclass(frozen=True, slots=True)
class Page:
    limit: int
    offset: int

    def cut(self, items: list[Any]) -> list[Any]:
        return items[self.offset : self.offset + self.limit]


def page(request: Request, default: int = DEFAULT_LIMIT) -> Page:
    """Limits above the vendor's most are cut down to it, silently."""
    limit = _number(request.query_params.get("limit"), default)
    return Page(min(limit if limit > 0 else default, MOST), max(_number(request.query_params.get("offset"), 0), 0))


def bracketed(request: Request, name: str) -> dict[str, str]:
    """`filters[a]=1&filters[b]=2` as a dict, in order of appearance."""
    start = f"{name}["
    pairs = request.query_params.multi_items()
    return {key[len(start) : -1]: value for key, value in pairs if key.startswith(start) and key.endswith("]")}


def listed(request: Request, name: str) -> list[str]:
    """`ids[]=1&ids[]=2`, also `ids[0]=1` and `ids=1,2`."""
    values = [value for key, value in request.query_params.multi_items() if key.startswith(f"{name}[")]
    return values or [value for value in request.query_params.get(name, "").split(",") if value]


def included(request: Request) -> set[str]:
    return {name.strip() for name in request.query_params.get("include", "").split(",") if name.strip()}


def number_or_none(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdigit() else None


async def body(request: Request) -> dict[str, Any]:
    try:
        payload = await request.json()
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise refusals.not_understood() from error
    if not isinstance(payload, dict):
        raise refusals.not_understood()
    return payload


async def wrapped(request: Request, name: str) -> dict[str, Any]:
    """The object inside `{"contact": {...}}`."""
    inner = (await body(request)).get(name)
    if not isinstance(inner, dict):
        raise refusals.not_understood()
    return inner


def _number(text: str | None, default: int) -> int:
    found = number_or_none(text)
    return default if found is None else found
