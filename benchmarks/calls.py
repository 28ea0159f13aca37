"""Thrift: how many API calls a thousand updates and a thousand creates cost, from the first edit until all is quiet."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from baton.domain.records import StreamKind
from benchmarks.fleet import Fleet, fleet


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


def cost_of_updates(state: Path, *, records: int = 1_000) -> Cost:
    with fleet(state, people=records + records // 10) as made:
        made.until_in_step(seconds=300)
        known = [row["id"] for row in made.activecampaign.records("contact")]
        ours = {lead.get("ActiveCampaign_ID") for lead in made.zoho.records("Leads")}
        ids = [id_ for id_ in known if id_ in ours][:records]
        return _cost(made, "updates", len(ids), lambda: _rename(made, ids))


def cost_of_creates(state: Path, *, records: int = 1_000) -> Cost:
    with fleet(state, people=100) as made:
        made.until_in_step(seconds=300)
        return _cost(made, "creates", records, lambda: _load(made, records))


def _rename(made: Fleet, ids: list[str]) -> None:
    made.activecampaign.post("people/edit-many", module="contact", ids=ids, values={"firstName": "Renamed{n}"})


def _load(made: Fleet, records: int) -> None:
    for number in range(records):
        values = {"email": f"newcomer{number}@newcomers.example", "firstName": "New", "lastName": f"Comer{number}"}
        made.activecampaign.post("people/create", module="contact", values=values)


def _cost(made: Fleet, what: str, records: int, edit: Callable[[], None]) -> Cost:
    before = made.activecampaign.last(), made.zoho.last()
    began = datetime.now(UTC)
    edit()
    made.until(lambda: _told(made, before[1]) >= records, f"{records} {what} told", seconds=300)
    made.until(lambda: _is_quiet(made), "quiet", seconds=120)
    seconds = (datetime.now(UTC) - began).total_seconds()
    calls = [*made.activecampaign.calls(after=before[0]), *made.zoho.calls(after=before[1])]
    return Cost(what, records, Counter(_route(call) for call in calls), seconds)


def _told(made: Fleet, after: int) -> int:
    return sum(effect["actor"] == "api" for effect in made.zoho.effects(after=after))


def _is_quiet(made: Fleet) -> bool:
    """In step, and every stream of changes was read after the last write, so that its echo has been seen."""
    status = made.status()
    last = datetime.fromisoformat(made.zoho.effects()[-1]["at"]) + timedelta(seconds=1)
    passes = [s.last_pass for s in status.streams if s.stream.endswith(StreamKind.CHANGES)]
    return status.is_in_step and all(at is not None and at > last for at in passes)


def _route(call: Mapping[str, str]) -> str:
    return f"{call['method']} {call['path'].removeprefix('/api/3').removeprefix('/crm/v8')}"
