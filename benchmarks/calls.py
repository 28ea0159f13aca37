"""Thrift: how many API calls a thousand updates and a thousand creates cost, from the first edit until all is quiet."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from baton.domain.records import StreamKind
from benchmarks.fleet import Fleet, fleet
from benchmarks.practice import Practice

_ID = re.compile(r"(?<=/)\d+")
NO_LIMITS = {"BATON_LIMITS__ACTIVECAMPAIGN": "false", "BATON_LIMITS__ZOHO": "false", "BATON_WRITE__IDS_PER_MINUTE": "0"}
NO_TRICKLE = {"BATON_WRITE__IDS_PER_MINUTE": "0"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Calls by route until everything was written and every stream of changes was read once more."""

    what: str
    records: int
    calls: Mapping[str, int]
    seconds: float

    @property
    def total(self) -> int:
        return sum(self.calls.values())


ONE_WAY = {"fields": {"BUDGET": "7{n}"}}
"""A field that only marketing writes."""
BOTH_WAYS = {"firstName": "Renamed{n}"}
"""A field that sales may have edited a moment ago: the record is read once more before it is written."""


def cost_of_updates(state: Path, *, records: int = 1_000) -> Cost:
    return _cost_of_updates(state, "updates", ONE_WAY, records)


def cost_of_careful_updates(state: Path, *, records: int = 1_000) -> Cost:
    return _cost_of_updates(state, "both-way", BOTH_WAYS, records)


def _cost_of_updates(state: Path, what: str, values: Mapping[str, object], records: int) -> Cost:
    with fleet(state, people=records + records // 10, environment=NO_TRICKLE) as made:
        made.until_in_step(seconds=300)
        known = [row["id"] for row in made.activecampaign.records("contact")]
        ours = {lead.get("ActiveCampaign_ID") for lead in made.zoho.records("Leads")}
        ids = [id_ for id_ in known if id_ in ours][:records]
        edit = partial(made.activecampaign.post, "people/edit-many", module="contact", ids=ids, values=values)
        return _cost(made, what, len(ids), edit)


def cost_of_creates(state: Path, *, records: int = 1_000) -> Cost:
    with fleet(state, people=100, environment=NO_TRICKLE) as made:
        made.until_in_step(seconds=300)
        return _cost(made, "creates", records, lambda: _load(made, records))


def cost_of_the_way_back(state: Path, *, records: int = 1_000) -> Cost:
    """Leads get another owner, whose name ActiveCampaign shows: one call a contact there, whatever we do.

    The ids that each side stores of the other are settled before, and their trickle is off.
    """
    with fleet(state, people=records + records // 2, environment=NO_LIMITS, switches={"limits": False}) as made:
        made.until_in_step(seconds=600)
        leads = [row for row in made.zoho.records("Leads") if row.get("ActiveCampaign_ID") and not row["Converted__s"]]
        somebody = _somebody(made)
        ids = [lead["id"] for lead in leads if lead["Owner"]["id"] != somebody][:records]
        values = {"Owner": {"id": somebody}}
        edit = partial(made.zoho.post, "people/edit-many", module="Leads", ids=ids, values=values)
        return _cost(made, "Zoho → AC", len(ids), edit, to=made.activecampaign)


def _somebody(made: Fleet) -> str:
    """A salesperson; the practice Zoho's people are the same whatever the seed."""
    owners = Counter(lead["Owner"]["id"] for lead in made.zoho.records("Leads"))
    return str(owners.most_common()[-1][0])


def _load(made: Fleet, records: int) -> None:
    for number in range(records):
        values = {"email": f"newcomer{number}@newcomers.example", "firstName": "New", "lastName": f"Comer{number}"}
        made.activecampaign.post("people/create", module="contact", values=values)


def _cost(made: Fleet, what: str, records: int, edit: Callable[[], object], *, to: Practice | None = None) -> Cost:
    target = to or made.zoho
    before = made.activecampaign.last(), made.zoho.last()
    told = target.last()
    began = datetime.now(UTC)
    edit()
    made.until(lambda: _told(target, told) >= records, f"{records} {what} told", seconds=300)
    made.until(lambda: _is_quiet(made, target), "quiet", seconds=120)
    seconds = (datetime.now(UTC) - began).total_seconds()
    calls = [*made.activecampaign.calls(after=before[0]), *made.zoho.calls(after=before[1])]
    return Cost(what, records, Counter(_route(call) for call in calls), seconds)


def _told(target: Practice, after: int) -> int:
    return sum(effect["actor"] == "api" for effect in target.effects(after=after))


def _is_quiet(made: Fleet, target: Practice) -> bool:
    """In step, and every stream of changes was read after the last write, so that its echo has been seen."""
    status = made.status()
    last = datetime.fromisoformat(target.effects()[-1]["at"]) + timedelta(seconds=1)
    passes = [s.last_pass for s in status.streams if s.stream.endswith(StreamKind.CHANGES) and "Deals" not in s.stream]
    return status.is_in_step and all(at is not None and at > last for at in passes)


def _route(call: Mapping[str, str]) -> str:
    path = call["path"].removeprefix("/api/3").removeprefix("/crm/v8")
    return f"{call['method']} {_ID.sub('{id}', path)}"
