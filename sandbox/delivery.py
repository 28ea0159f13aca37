"""How an answer reaches the client, or does not: whole, cut, held back, or with the connection dropped."""

import asyncio
import socket
import struct
from enum import StrEnum

from sandbox.calls import Answer, Receive, Send

RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Delivery(StrEnum):
    """The ways an answer does not arrive whole."""

    CUT = "cut"
    HELD = "held"
    DROPPED = "dropped"


class ConnectionDroppedError(ConnectionResetError):
    """What an in-process client sees where a networked one would see its connection die."""


async def deliver(answer: Answer, send: Send) -> None:
    await _begin(answer, send)
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})


async def deliver_half_then_drop(answer: Answer, receive: Receive, send: Send) -> None:
    """Promise the whole body, send half of it, hang up."""
    await _begin(answer, send)
    await send({"type": "http.response.body", "body": half_of(answer).body, "more_body": True})
    await drop(receive, send)


async def _begin(answer: Answer, send: Send) -> None:
    headers = list(answer.headers)
    if answer.content_type is not None:
        headers.append(("content-type", answer.content_type))
    if answer.status != 204:
        headers.append(("content-length", str(len(answer.body))))
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})


def half_of(answer: Answer) -> Answer:
    """The first half of the body under a matching length: a client sees a whole response that does not parse."""
    return Answer(answer.status, answer.body[: len(answer.body) // 2], answer.content_type, answer.headers)


async def hold_then_drop(seconds: float, receive: Receive, send: Send) -> None:
    """Keep the client waiting, but no longer than it cares to wait, then hang up."""
    try:
        await asyncio.wait_for(_until_gone(receive), seconds)
    except TimeoutError:
        await drop(receive, send)


async def drop(receive: Receive, send: Send) -> None:
    """Reset the connection without a word."""
    transport = _transport_behind(send)
    if transport is None:
        raise ConnectionDroppedError("the practice CRM dropped the connection on request")
    handle = transport.get_extra_info("socket")
    if handle is not None:
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    transport.abort()
    await _until_gone(receive)


async def _until_gone(receive: Receive) -> None:
    message = await receive()
    while message["type"] != "http.disconnect":
        message = await receive()


def _transport_behind(send: Send) -> asyncio.Transport | None:
    # ASGI has no word for "hang up"; uvicorn's `send` is a method of the object that holds the connection.
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    return transport if isinstance(transport, asyncio.Transport) else None
