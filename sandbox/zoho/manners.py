"""How the vendor behaves around every call: credits over 24 hours, calls at a time, complex calls at a time."""

from collections.abc import Mapping
from typing import Any

from sandbox.calls import Answer, Call
from sandbox.ground import Ground
from sandbox.limits import Slots
from sandbox.zoho.answers import CONTENT_TYPE, error
from sandbox.zoho.credits import SHELF, Credits
from sandbox.zoho.pricing import Doubts, Price, price_of

API = "/crm/"
MOST_COMPLEX = 10
NO_LIMIT = 1_000_000_000


class ZohoManners:
    """Counts also while limits are off. Refused calls do not count."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._credits = Credits(ground.store.shelf(SHELF))
        self._calls = Slots()
        self._complex_calls = Slots()
        self._prices: dict[str, Price] = {}

    def admit(self, call: Call) -> Answer | None:
        if not call.path.startswith(API):
            return None
        settings = self._ground.settings
        price = price_of(call, Doubts(settings["search_credits"], settings["deleted_list_credits"]))
        if settings["limits"] and price.credits > settings["credits"] - self._credits.spent(call.at):
            return self.too_many({})
        if not self._take(price, is_limited=settings["limits"]):
            return self.too_many({})
        self._prices[call.request_id] = price
        self._credits.spend(call.at, price.credits)
        return None

    def release(self, call: Call) -> None:
        price = self._prices.pop(call.request_id, None)
        if price is None:
            return
        self._calls.give_back()
        if price.is_complex:
            self._complex_calls.give_back()

    def dress(self, call: Call, answer: Answer) -> None:
        answer.headers.append(("x-request-id", call.request_id))
        if not call.path.startswith(API):
            return
        day, spent = self._ground.settings["credits"], self._credits.spent(call.at)
        if spent * 2 >= day:
            answer.headers.append(("x-api-credits-remaining", str(max(0, day - spent))))

    def too_many(self, detail: Mapping[str, Any]) -> Answer:
        said = str(detail.get("message", "Too many requests fired in concurrency."))
        return Answer.of_json(429, error(self._ground.settings["too_many_code"], said), CONTENT_TYPE)

    def unauthorised(self) -> Answer:
        return Answer.of_json(401, error("INVALID_TOKEN", "invalid oauth token"), CONTENT_TYPE)

    def out_of_scope(self) -> Answer:
        return Answer.of_json(401, error("OAUTH_SCOPE_MISMATCH", "Unauthorized"), CONTENT_TYPE)

    def _take(self, price: Price, *, is_limited: bool) -> bool:
        if not self._calls.take(self._ground.settings["concurrency"] if is_limited else NO_LIMIT):
            return False
        if price.is_complex and not self._complex_calls.take(MOST_COMPLEX if is_limited else NO_LIMIT):
            self._calls.give_back()
            return False
        return True
