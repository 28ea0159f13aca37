"""Reads what was sent, within a size and a time, and takes it apart without believing any of it."""

import asyncio
from datetime import timedelta
from typing import Annotated
from urllib.parse import parse_qsl

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from starlette.requests import ClientDisconnect, Request

from baton.domain.hooks import NotTaken, Refusal

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 5_000
WITHIN = timedelta(seconds=10)


async def read_body(request: Request, *, most: int, within: timedelta = WITHIN) -> bytes:
    """Stops reading at the limit: a body that is too large is never held."""
    read = bytearray()
    try:
        async with asyncio.timeout(within.total_seconds()):
            async for chunk in request.stream():
                read += chunk
                if len(read) > most:
                    raise NotTaken(Refusal.TOO_LARGE)
    except TimeoutError:
        raise NotTaken(Refusal.TOO_SLOW) from None
    except ClientDisconnect:
        raise NotTaken(Refusal.CUT_OFF) from None
    return bytes(read)


def form_in(content_type: str, body: bytes) -> dict[str, str]:
    """The raw form: parsers that know brackets make lists of `contact[fields][7]` and lose the numbers."""
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise NotTaken(Refusal.NOT_A_FORM)
    try:
        pairs = parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise NotTaken(Refusal.MALFORMED) from None
    return dict(reversed(pairs))


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class ZohoDelivery(BaseModel):
    """What a notification of Zoho says; keys of later versions are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    token: str = ""
    module: str = ""
    operation: str = ""
    ids: tuple[Annotated[str, BeforeValidator(_text)], ...] = ()
    server_time: Annotated[int | None, BeforeValidator(_number)] = None


def zoho_delivery_in(body: bytes) -> ZohoDelivery:
    try:
        return ZohoDelivery.model_validate_json(body)
    except ValidationError as error:
        # Its text is not kept: it may quote what was sent.
        kinds = {each["type"] for each in error.errors(include_input=False, include_url=False, include_context=False)}
    is_no_object = kinds & {"json_invalid", "model_type", "model_attributes_type"}
    raise NotTaken(Refusal.NOT_JSON if is_no_object else Refusal.MALFORMED)
