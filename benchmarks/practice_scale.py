"""The practice CRMs at size: memory, opening, pages, queries and writes of a server of its own, on a loopback port.

The baseline beside it is the cheapest call of the same server in the same run: one record by its id.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
import psutil

from benchmarks.practice_calls import Ask, activecampaign_calls, fill_zoho, zoho_calls

SEED = 7
REPEATS = 15
PATIENCE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Timing:
    what: str
    median_ms: float
    worst_ms: float


@dataclass(frozen=True, slots=True)
class Opening:
    """From the start of the process until it answers."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class PracticeScale:
    crm: str
    records: Mapping[str, int]
    founded: Opening
    opened_again: Opening
    timings: tuple[Timing, ...]


def practice_scale(folder: Path, crm: str, *, people: int) -> PracticeScale:
    data = folder / f"{crm}.db"
    with _server(crm, data, people) as (server, client, seconds):
        if crm == "zoho":
            fill_zoho(client, people)
        calls = (activecampaign_calls if crm == "activecampaign" else zoho_calls)(client)
        timings = tuple(_timed(what, ask) for what, ask in calls.items())
        records = client.get("/_sandbox/health").json()["records"]
        founded = Opening(seconds, _megabytes(server))
    with _server(crm, data, people) as (server, client, seconds):
        client.get("/_sandbox/health")
        opened_again = Opening(seconds, _megabytes(server))
    return PracticeScale(crm, records, founded, opened_again, timings)


@contextmanager
def _server(crm: str, data: Path, people: int) -> Iterator[tuple[psutil.Process, httpx.Client, float]]:
    options = ["--data", str(data), "--people", str(people), "--seed", str(SEED), "--limits", "off"]
    began = time.monotonic()
    child = subprocess.Popen([sys.executable, "-m", "sandbox.main", crm, *options], stdout=subprocess.PIPE, text=True)
    try:
        url = _said_by(child).removeprefix("ready on ").strip()
        seconds = time.monotonic() - began
        with httpx.Client(base_url=url, timeout=PATIENCE_SECONDS) as client:
            yield psutil.Process(child.pid), client, seconds
    finally:
        child.terminate()
        child.communicate(timeout=PATIENCE_SECONDS)


def _said_by(child: subprocess.Popen[str]) -> str:
    line = child.stdout.readline() if child.stdout else ""
    if not line.startswith("ready"):
        raise RuntimeError(f"the practice CRM did not start: {line!r}")
    return line


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 2**20


def _timed(what: str, ask: Ask) -> Timing:
    ask(0)
    taken = [_milliseconds(ask, number) for number in range(1, REPEATS + 1)]
    return Timing(what, median(taken), max(taken))


def _milliseconds(ask: Callable[[int], object], number: int) -> float:
    began = time.perf_counter()
    ask(number)
    return (time.perf_counter() - began) * 1000
