"""The call a client asked for when its batch is done: a form, for how the vendor's looks nobody has published."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from sandbox.activecampaign.webhooks.bodies import FORM, encoded
from sandbox.activecampaign.world import World
from sandbox.hooks.hook import Hook
from sandbox.store import Row

LABEL = "bulk_import"
Failures = Sequence[tuple[str, str]]


def call_back(world: World, batch: Row, failures: Failures) -> None:
    callback = batch["callback"]
    if not callback:
        return
    method, params = str(callback["requestType"]).upper(), _pairs(callback.get("params"))
    is_post = method == "POST"
    if is_post and str(callback.get("detailed_results")).lower() == "true":
        params += _results(batch, failures)
    hook = Hook(
        url=str(callback["url"]) if is_post else _with_query(str(callback["url"]), params),
        content_type=FORM,
        body=encoded(params) if is_post else b"",
        label=LABEL,
        ids=(batch["id"],),
        method=method,
        headers=tuple(_pairs(callback.get("headers"))),
    )
    world.ground.hooks.send(hook)


def _results(batch: Row, failures: Failures) -> list[tuple[str, str]]:
    counts = [
        ("batchId", batch["id"]),
        ("success", str(batch["size"] - len(failures))),
        ("failure", str(len(failures))),
    ]
    errors = [
        pair
        for place, (email, reason) in enumerate(failures)
        for pair in ((f"errors[{place}][email]", email), (f"errors[{place}][error]", reason))
    ]
    return counts + errors


def _pairs(said: Any) -> list[tuple[str, str]]:
    return [(str(pair["key"]), str(pair.get("value", ""))) for pair in said or ()]


def _with_query(url: str, params: list[tuple[str, str]]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params)}" if params else url
