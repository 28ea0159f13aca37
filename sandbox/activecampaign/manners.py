"""How the vendor behaves around every call: the token at the door, five calls a second, cookies on each answer."""

from collections.abc import Mapping
from datetime import timedelta
from math import ceil
from typing import Any

from sandbox.calls import Answer, AsgiApp, Call, Receive, Scope, Send
from sandbox.ground import Ground
from sandbox.limits import CountedBothWays, Window

TOKEN = "practice-activecampaign-token"  # noqa: S105 - the published password of a practice account
KEYS = "api keys"
EVENT_PATH = "/event"
"""The vendor takes events on a host of its own; here it is the one path beside the API, and has a key of its own."""
SECOND = timedelta(seconds=1)


def is_key_good(ground: Ground) -> bool:
    row = ground.store.shelf(KEYS).get(TOKEN)
    return row is None or bool(row["is_good"])


def set_key(ground: Ground, *, is_good: bool) -> None:
    ground.store.shelf(KEYS).put(TOKEN, {"is_good": is_good})


class TokenDoor:
    """Lets calls with the right `Api-Token` through; all others get a 403 without body or Content-Type."""

    def __init__(self, inside: AsgiApp, ground: Ground) -> None:
        self._inside = inside
        self._ground = ground

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (b"api-token", TOKEN.encode()) in scope["headers"] and is_key_good(self._ground):
            await self._inside(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 403, "headers": []})
        await send({"type": "http.response.body", "body": b""})


class ActiveCampaignManners:
    """Counts calls per account in a second, rolling or fixed: neither refused ones nor those of the tracking host."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._calls = CountedBothWays(SECOND)

    def admit(self, call: Call) -> Answer | None:
        if call.path == EVENT_PATH:
            return None
        wait = self._window().wait(call.at, self._ground.settings["requests_per_second"])
        if wait and self._ground.settings["limits"]:
            return self.too_many({"retry_after": ceil(wait / SECOND)})
        self._calls.spend(call.at)
        return None

    def release(self, call: Call) -> None:
        """Nothing is held while a call runs."""

    def dress(self, call: Call, answer: Answer) -> None:
        answer.headers += [
            ("x-request-id", call.request_id),
            ("x-envoy-upstream-service-time", "12"),
            ("set-cookie", f"PHPSESSID={call.request_id[:26]}; path=/; HttpOnly"),
            ("set-cookie", f"em_acp_globalauth_cookie={call.request_id[6:]}; path=/; HttpOnly"),
        ]
        if self._ground.settings["rate_headers"]:
            limit = self._ground.settings["requests_per_second"]
            left = max(0, int(limit - self._window().spent(call.at)))
            answer.headers += [("ratelimit-limit", str(limit)), ("ratelimit-remaining", str(left))]

    def too_many(self, detail: Mapping[str, Any]) -> Answer:
        wait = self._ground.settings["retry_after_seconds"] or detail.get("retry_after", 1)
        answer = _too_many(self._ground.settings["too_many_body"])
        answer.headers.append(("retry-after", str(wait)))
        return answer

    def unauthorised(self) -> Answer:
        return Answer(403)

    def out_of_scope(self) -> Answer:
        """There are no scopes: what the key's user may not do is forbidden."""
        return Answer.of_json(403, {"message": "Forbidden"})

    def _window(self) -> Window:
        return self._calls.by(self._ground.settings["rate_window"])


def _too_many(shape: str) -> Answer:
    """The header is documented, the body nowhere."""
    said = "Too many requests for this account."
    match shape:
        case "empty":
            return Answer(429)
        case "errors":
            return Answer.of_json(429, {"errors": [{"status": 429, "title": "Too Many Requests", "detail": said}]})
    return Answer.of_json(429, {"message": said})
