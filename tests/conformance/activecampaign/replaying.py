"""Replays recorded sequences against a practice account and judges each answer."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import httpx

from sandbox.in_process import InProcessTransport
from sandbox.opening import open_crm
from tests.conformance.activecampaign.before import prepare
from tests.conformance.activecampaign.exchanges import YEARS, Exchange, recorded
from tests.conformance.activecampaign.numbers import Numbers
from tests.conformance.activecampaign.shapes import disagreements
from tests.conformance.activecampaign.verdicts import Judged, excused, judged

TOKEN = {"Api-Token": "practice-activecampaign-token"}
BASE = "http://account.example/api/3/"


def replayed(source: str) -> list[Judged]:
    """A cassette begins with an account of its own; the dry runs were all made on one."""
    exchanges = recorded(source)
    if source == "dryruns":
        return list(_session(exchanges, source, is_prepared=True))
    cases = groupby(exchanges, key=lambda each: each.case)
    return [verdict for _, case in cases for verdict in _session(list(case), source, is_prepared=False)]


def _session(exchanges: Sequence[Exchange], source: str, *, is_prepared: bool) -> Iterator[Judged]:
    app = open_crm("activecampaign", people=0, settings={"limits": False, "answers_of": YEARS[source]})
    numbers = Numbers()
    try:
        with httpx.Client(transport=InProcessTransport(app), base_url=BASE, headers=TOKEN) as client:
            if is_prepared:
                prepare(client, numbers)
            for exchange in exchanges:
                yield excused(exchange) or judged(exchange, _differences(exchange, client, numbers))
    finally:
        app.close()


def _differences(exchange: Exchange, client: httpx.Client, numbers: Numbers) -> list[str]:
    answer = client.request(
        exchange.method,
        numbers.in_path(exchange.path).removeprefix("/"),
        params=[(name, numbers.in_query(name, value)) for name, value in exchange.query] or None,
        json=None if exchange.request is None else numbers.in_body(exchange.request),
    )
    if answer.status_code != exchange.status:
        return [f"answers {answer.status_code}, recorded {exchange.status}: {answer.text[:120]}"]
    shown = answer.json() if answer.content else ""
    numbers.learn(exchange.answer, shown)
    return list(disagreements(exchange.answer, shown))
