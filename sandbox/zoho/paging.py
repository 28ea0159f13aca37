"""Pages of a list: their size, where one begins, and tokens that lead on past the two thousandth record."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.datastructures import QueryParams

from sandbox.zoho.refusals import RefusalError, bad_parameter
from sandbox.zoho.stamps import stamp

MOST_PER_PAGE = 200
REACH_OF_PAGES = 2000
REACH_OF_TOKENS = 100_000
TOKEN_LIFE = timedelta(hours=24)
NOT_BOUND = frozenset({"page", "page_token"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which part of a list is asked for."""

    page: int
    size: int
    digest: str

    @property
    def start(self) -> int:
        return (self.page - 1) * self.size


def asked_window(asked: QueryParams, now: datetime) -> Window:
    """Plain pages reach two thousand records; a token binds all other parameters and lives a day."""
    size = _number(asked, "per_page", MOST_PER_PAGE)
    if size > MOST_PER_PAGE:
        raise bad_parameter("per_page")
    digest = _digest(asked)
    token = asked.get("page_token")
    page = page_in(token, digest, now) if token else _number(asked, "page", 1)
    window = Window(page=page, size=size, digest=digest)
    if token is None and window.start + size > REACH_OF_PAGES:
        said = "You can only get the first 2000 records without using page_token param"
        raise RefusalError(400, "DISCRETE_PAGINATION_LIMIT_EXCEEDED", said, {"limit": REACH_OF_PAGES})
    if window.start + size > REACH_OF_TOKENS:
        said = "You can only get upto 100000 records using page_token param"
        raise RefusalError(400, "PAGINATION_LIMIT_EXCEEDED", said, {"param_name": "page_token"})
    return window


def info_of(window: Window, *, count: int, has_more: bool, now: datetime, sort: tuple[str, str]) -> dict[str, object]:
    expires = now + TOKEN_LIFE
    return {
        "call": False,
        "per_page": window.size,
        "next_page_token": token_of(window.page + 1, window.digest, expires) if has_more else None,
        "count": count,
        "sort_by": sort[0],
        "page": window.page,
        "previous_page_token": token_of(window.page - 1, window.digest, expires) if window.page > 1 else None,
        "page_token_expiry": stamp(expires) if has_more else None,
        "sort_order": sort[1],
        "email": False,
        "more_records": has_more,
    }


def _number(asked: QueryParams, name: str, default: int) -> int:
    text = asked.get(name, str(default))
    if not text.isdecimal() or int(text) < 1:
        raise bad_parameter(name)
    return int(text)


def _digest(asked: QueryParams) -> str:
    return digest_of([pair for pair in asked.multi_items() if pair[0] not in NOT_BOUND])


def digest_of(pairs: list[tuple[str, str]]) -> str:
    """What a page token is bound to."""
    bound = sorted(pairs)
    return hashlib.sha256(json.dumps(bound).encode()).hexdigest()[:24]


def token_of(page: int, digest: str, expires: datetime) -> str:
    return base64.urlsafe_b64encode(f"{page}|{digest}|{int(expires.timestamp())}".encode()).decode()


def page_in(token: str, digest: str, now: datetime) -> int:
    try:
        page, bound, expires = base64.urlsafe_b64decode(token).decode().split("|")
        is_expired = int(expires) < now.timestamp()
        number = int(page)
    except ValueError:
        bound, is_expired, number = "", False, 1
    if bound != digest:
        said = "The page_token given seems to be invalid or input param is added or altered or deleted"
        raise RefusalError(400, "TOKEN_BOUND_DATA_MISMATCH", said, {"param_name": "page_token"})
    if is_expired:
        details = {"api_name": "page_token", "json_path": "$.query.page_token"}
        raise RefusalError(400, "EXPIRED_VALUE", "Page token expired", details)
    return number
