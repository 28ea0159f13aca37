"""The practice CRMs as children: one server per crm, with its own file of sample people."""

import sys
from dataclasses import dataclass
from pathlib import Path

import httpx

from baton.domain.records import Crm
from console.embedded.child import Command
from console.embedded.ports import LOOPBACK
from console.up.processes import AT_ONCE, CHECKOUT


@dataclass(frozen=True, slots=True)
class Sample:
    """Which people the practice CRMs begin with: the same seed gives the same people on both sides."""

    people: int = 200
    seed: int = 7


def crm_url(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"


def crm_command(crm: Crm, state: Path, port: int, sample: Sample) -> Command:
    data = state / "practice" / f"{crm}.sqlite"
    data.parent.mkdir(parents=True, exist_ok=True)
    size = ("--people", str(sample.people), "--seed", str(sample.seed))
    argv = (sys.executable, "-m", "sandbox.main", str(crm), "--port", str(port), *size, "--data", str(data))
    return Command(str(crm), argv, folder=CHECKOUT, stop=AT_ONCE)


def crm_answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/_sandbox/health", timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False
