"""Throughput: a first sync of many contacts, by what the target's journal says it was told, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.baseline import consumed_per_second
from benchmarks.fleet import fleet
from console.embedded.addresses import REDIS_URL

UNLIMITED = {"BATON_LIMITS__ACTIVECAMPAIGN": "false", "BATON_LIMITS__ZOHO": "false"}


@dataclass(frozen=True, slots=True)
class FirstSync:
    """`seconds`: from the first page read of ActiveCampaign to the last write in Zoho's journal."""

    confirmed: int
    seconds: float
    calls: Mapping[str, int]
    baseline: float

    @property
    def per_second(self) -> float:
        return self.confirmed / self.seconds


def first_sync(state: Path, *, people: int) -> FirstSync:
    with fleet(state, people=people, environment=UNLIMITED, switches={"limits": False}) as made:
        made.until_in_step(seconds=1_200)
        effects = [effect for effect in made.zoho.effects() if effect["actor"] == "api"]
        reads = [call for call in made.activecampaign.calls() if call["path"].endswith("/contacts")]
        calls = {"activecampaign": len(made.activecampaign.calls()), "zoho": len(made.zoho.calls())}
        seconds = (_at(effects[-1]) - _at(reads[0])).total_seconds()
        # The fleet is idle but alive, as it is beside every real load.
        baseline = consumed_per_second(state, made.environment[REDIS_URL])
    return FirstSync(len(effects), seconds, calls, baseline)


def _at(entry: Mapping[str, str]) -> datetime:
    return datetime.fromisoformat(entry["at"])
