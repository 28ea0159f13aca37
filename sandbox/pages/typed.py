"""Reads what a form brought: names and values of an ordinary URL-encoded body."""

from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.pages.screens import Typed


async def read_typed(request: Request) -> Typed:
    """Line ends as one types them, not as browsers send them."""
    text = (await request.body()).decode("utf-8", "replace")
    return {name: value.replace("\r\n", "\n") for name, value in parse_qsl(text, keep_blank_values=True)}
