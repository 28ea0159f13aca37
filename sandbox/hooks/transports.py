"""How a hook travels: over httpx as a vendor would send it, or into a list for a test to look at."""

from collections.abc import Callable
from datetime import timedelta

import httpx

from sandbox.hooks.hook import Hook

Transport = Callable[[Hook], int]
"""Delivers one hook and returns the receiver's status; raises HookNotDeliveredError when nobody answered."""

PATIENCE = timedelta(seconds=5)


class HookNotDeliveredError(Exception):
    """The target could not be reached, or did not answer in time."""


class Posting:
    """Sends through a client of httpx; with one on an in-process transport no socket is needed."""

    def __init__(self, client: httpx.Client | None = None) -> None:
        self._client = client

    def __call__(self, hook: Hook) -> int:
        # Made with the first hook: most practice worlds never send one, and a client takes a while to build.
        self._client = self._client or httpx.Client(timeout=PATIENCE.total_seconds())
        try:
            headers = [*hook.headers, ("content-type", hook.content_type)]
            answer = self._client.request(hook.method, hook.url, content=hook.body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise HookNotDeliveredError(type(error).__name__) from error
        return answer.status_code

    def close(self) -> None:
        if self._client:
            self._client.close()


class Collected:
    """Keeps the hooks instead of sending them, and answers as it is told."""

    def __init__(self, status: int = 200) -> None:
        self.hooks: list[Hook] = []
        self.status = status

    def __call__(self, hook: Hook) -> int:
        self.hooks.append(hook)
        return self.status
