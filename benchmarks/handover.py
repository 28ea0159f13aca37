"""Speed to lead: from a submitted form to the Lead and to the task in Zoho, at the vendors' limits and latencies.

Idle, and while a first sync of many contacts is under way. Beside it what the vendors' own calls take one after the
other, measured with a bare client against the same servers.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from benchmarks.fleet import Fleet, fleet

LATENCY = {"activecampaign": 650, "zoho": 300}
"""Milliseconds, as measured at the vendors."""
BETWEEN = 3.0
UNDER_WAY = 300
MARKER = "baton:handoff:"


@dataclass(frozen=True, slots=True)
class Handover:
    """Seconds from each submission; the records' times are those of Zoho's journal."""

    what: str
    leads: Sequence[float]
    tasks: Sequence[float]
    vendors: float
    synced: int


def idle(state: Path, *, submissions: int) -> Handover:
    with fleet(state, people=50) as made:
        _prepare(made)
        made.until_in_step(seconds=300)
        return _measure(made, "idle", submissions)


def during_a_backfill(state: Path, *, submissions: int, people: int) -> Handover:
    with fleet(state, people=people) as made:
        _prepare(made)
        made.until(lambda: len(made.zoho.effects()) > UNDER_WAY, "the first sync under way", seconds=300)
        return _measure(made, f"first sync of {people}", submissions)


def _prepare(made: Fleet) -> None:
    made.open_door()
    made.activecampaign.settings(latency_ms=LATENCY["activecampaign"])
    made.zoho.settings(latency_ms=LATENCY["zoho"])


def _measure(made: Fleet, what: str, submissions: int) -> Handover:
    before, submitted = made.zoho.last(), dict[str, datetime]()
    for number in range(submissions):
        email = f"asks{number}@handover.example"
        submitted[email] = datetime.now(UTC)
        fields = {"COUNTRY": ("Germany", "Spain", "United States")[number % 3]}
        made.activecampaign.post(
            "people/submit_form", form="Demo request", email=email, last_name="Asks", fields=fields
        )
        time.sleep(BETWEEN)
    made.until(lambda: len(_tasks(made)) >= submissions, "all tasks", seconds=300, every=1)
    effects = {str(effect["id"]): effect["at"] for effect in reversed(made.zoho.effects(after=before))}
    leads = {row["id"]: row["Email"] for row in made.zoho.records("Leads") if row["Email"] in submitted}
    seen = {email: datetime.fromisoformat(effects[id_]) for id_, email in leads.items()}
    called = {leads[task["What_Id"]["id"]]: datetime.fromisoformat(effects[task["id"]]) for task in _tasks(made)}
    return Handover(
        what,
        [(seen[email] - at).total_seconds() for email, at in submitted.items()],
        [(called[email] - at).total_seconds() for email, at in submitted.items()],
        _bare(made),
        sum(effect["actor"] == "api" for effect in made.zoho.effects()),
    )


def _tasks(made: Fleet) -> list[Mapping[str, Any]]:
    return [row for row in made.zoho.records("Tasks") if MARKER in str(row.get("Description"))]


def _bare(made: Fleet) -> float:
    """A read of the contact, the Lead, its owner and the task: the calls that a handover cannot do without."""
    with httpx.Client(timeout=30, trust_env=False) as client:
        return statistics.median(_took(lambda: _calls(made, client)) for _ in range(3))


def _took(act: Callable[[], None]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def _calls(made: Fleet, client: httpx.Client) -> None:
    """Asked without a good token: the servers keep a caller waiting before they look at who it is."""
    client.get(f"{made.activecampaign.url}/api/3/contacts", params={"ids[]": "1"})
    for method, path in (("POST", "/Leads"), ("PUT", "/Leads"), ("POST", "/Tasks")):
        client.request(method, f"{made.zoho.url}/crm/v8{path}", json={"data": [{}]})


def percentile(seconds: Sequence[float], share: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]
