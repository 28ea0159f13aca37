"""What a bulk read is asked for: module, fields, criteria, page and callback, judged before the job is taken on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.store import Row
from sandbox.zoho.bodies import Body
from sandbox.zoho.filtering import BadFilterError, test_of
from sandbox.zoho.metadata import module_id
from sandbox.zoho.paging import digest_of, page_in
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import RefusalError
from sandbox.zoho.world import World

UNSUPPORTED = frozenset({"Notes"})
FILE_TYPES = ("csv", "ics")
MOST_CONDITIONS = 25
MOST_PAGES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    query: Row
    page: int
    digest: str
    """Of everything a page token is bound to."""

    callback: Row | None


def wish_in(world: World, body: Body) -> Wish:
    said = body.get("query")
    if not isinstance(said, Mapping):
        raise _refused("MANDATORY_NOT_FOUND", "required field not found", {"api_name": "query", "json_path": "$.query"})
    table = _table(world, said)
    query: Row = {"module": {"api_name": table.module, "id": module_id(world, table.module)}}
    query |= _fields(table, said.get("fields")) | _criteria(table, said.get("criteria"))
    if body.get("file_type", "csv") not in FILE_TYPES:
        details = {"api_name": "file_type", "supported_values": list(FILE_TYPES)}
        raise _refused("INVALID_DATA", "invalid file type", details)
    digest = digest_of([(name, str(value)) for name, value in query.items()])
    page = _page(world, said, digest)
    return Wish(query={**query, "page": page}, page=page, digest=digest, callback=_callback(body.get("callback")))


def _table(world: World, said: Mapping[str, Any]) -> RecordTable:
    module = said.get("module")
    name = module.get("api_name") if isinstance(module, Mapping) else module
    if name in UNSUPPORTED:
        raise _refused("MODULE_NOT_SUPPORTED", "the module is not supported for bulk read", {"module": name})
    table = world.tables.get(str(name))
    if table is None:
        raise _refused(
            "MODULE_NOT_AVAILABLE", "the module is not available", {"api_name": "module", "module": str(name)}
        )
    if said.get("cvid") is not None:
        raise _refused("CVID_NOT_SUPPORTED", "there is no such custom view", {})
    return table


def _fields(table: RecordTable, said: object) -> Row:
    """Fields of a record a lookup leads to are asked for as `Account_Name.Phone`; none asked for means all."""
    if said is None or said == []:
        return {}
    names = [str(name) for name in said] if isinstance(said, list) else []
    wrong = next((name for name in names if name.partition(".")[0] not in table.kinds), None)
    if wrong is not None or not names:
        raise _refused("FIELD_NOT_AVAILABLE", "the field is not available", {"api_name": wrong or "fields"})
    return {"fields": names}


def _criteria(table: RecordTable, said: object) -> Row:
    if said is None:
        return {}
    try:
        test_of(said, table.kinds)
    except BadFilterError as bad:
        raise _refused(bad.code, bad.message, bad.details) from bad
    if _conditions(said) > MOST_CONDITIONS:
        raise _refused("CRITERIA_LIMIT_EXCEEDED", "criteria limit exceeded", {"max_limit": MOST_CONDITIONS})
    return {"criteria": said}


def _conditions(said: Any) -> int:
    return sum(_conditions(part) for part in said["group"]) if "group" in said else 1


def _page(world: World, said: Mapping[str, Any], digest: str) -> int:
    if said.get("page_token"):
        return page_in(str(said["page_token"]), digest, world.ground.clock.now())
    page = said.get("page")
    if page is None:
        return 1
    if not isinstance(page, int) or not 1 <= page <= MOST_PAGES:
        raise _refused("PAGE_RANGE_EXCEEDED", "the page is out of range", {"max_limit": MOST_PAGES})
    return page


def _callback(said: object) -> Row | None:
    if said is None:
        return None
    url = str(said.get("url", "")) if isinstance(said, Mapping) else ""
    method = said.get("method", "post") if isinstance(said, Mapping) else None
    if method != "post":
        raise _refused("INVALID_CALLBACK_METHOD", "invalid callback method", {"supported_callback_methods": ["post"]})
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise _refused("INVALID_CALLBACK_URL", "invalid callback url", {})
    return {"url": url, "method": "post"}


def _refused(code: str, message: str, details: Mapping[str, Any]) -> RefusalError:
    return RefusalError(400, code, message, details)
