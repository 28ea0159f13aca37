"""Reading what a client asked for: PHP-style query brackets, paging, JSON bodies with one wrapped object."""

from dataclasses import dataclass
from json import JSONDecodeError
from typing import Any, TypeVar

from starlette.requests import Request

from sandbox.activecampaign import refusals

DEFAULT_LIMIT = 20
MOST = 100
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page:
    limit: int
    offset: int

    def cut(self, items: list[Any]) -> list[Any]:
        return items[self.offset : self.offset + self.limit]


def page(request: Request, default: int = DEFAULT_LIMIT) -> Page:
    limit = _number(request.query_params.get("limit"), default)
    if limit > MOST:
        limit = _too_long(request, default)
    return Page(limit if limit > 0 else default, max(_number(request.query_params.get("offset"), 0), 0))


def _too_long(request: Request, default: int) -> int:
    """Nobody knows whether a limit above the most is cut down to it, is taken for none, or is refused."""
    match request.app.state.settings["limit_over_most"]:
        case "refused":
            raise refusals.not_understood()
        case "ignored":
            return default
    return MOST


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


async def json_of(request: Request) -> Any:
    try:
        return await request.json()
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise refusals.not_understood() from error


async def body(request: Request) -> dict[str, Any]:
    payload = await json_of(request)
    if not isinstance(payload, dict):
        raise refusals.not_understood()
    return payload


async def wrapped(request: Request, name: str) -> dict[str, Any]:
    """The object inside `{"contact": {...}}`."""
    inner = (await body(request)).get(name)
    if not isinstance(inner, dict):
        raise refusals.not_understood()
    return inner


def several(sent: Any, kind: type[Item]) -> list[Item]:
    """What is of this kind in an array that was sent; nothing when it is no array."""
    return [one for one in sent if isinstance(one, kind)] if isinstance(sent, list) else []


def _number(text: str | None, default: int) -> int:
    found = number_or_none(text)
    return default if found is None else found
