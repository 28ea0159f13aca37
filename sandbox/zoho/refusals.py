"""Refusals of whole calls, raised anywhere in a handler, and of single records, which the others outlive."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import Item, error, say


class RefusalError(Exception):
    """The vendor refuses the call."""

    def __init__(self, status: int, code: str, message: str, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.body = error(code, message, details)


class RefusedRecord(Exception):
    """The verdict on a record that is not written."""

    def __init__(self, item: Item) -> None:
        super().__init__(item["code"])
        self.item = item


def at(name: str, place: int) -> dict[str, str]:
    """Where in a write's body something stands."""
    return {"api_name": name, "json_path": f"$.data[{place}].{name}"}


def no_such_module() -> RefusalError:
    return RefusalError(400, "INVALID_MODULE", "the module name given seems to be invalid", {"resource_path_index": 0})


def missing_parameter(name: str) -> RefusalError:
    said = "One of the expected parameter is missing"
    return RefusalError(400, "REQUIRED_PARAM_MISSING", said, {"param_name": name})


def bad_parameter(name: str) -> RefusalError:
    return RefusalError(400, "INVALID_DATA", "invalid data", {"param_name": name})


def bad_body(name: str, expected: str) -> RefusalError:
    details = {"expected_data_type": expected, "api_name": name, "json_path": f"$.{name}"}
    return RefusalError(400, "INVALID_DATA", "invalid data", details)


def too_many(name: str, most: int) -> RefusalError:
    said = "count of records in your request exceeds the limit"
    return RefusalError(400, "LIMIT_EXCEEDED", said, {"maximum_length": most, "api_name": name})


async def refuse(_request: Request, refusal: Exception) -> Response:
    if isinstance(refusal, RefusalError):
        return say(refusal.body, refusal.status)
    raise refusal


async def nowhere(_request: Request, _error: Exception) -> Response:
    return say(error("INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one"), 404)


async def wrong_method(_request: Request, _error: Exception) -> Response:
    return say(error("INVALID_REQUEST_METHOD", "The http request method type is not a valid one"), 400)
