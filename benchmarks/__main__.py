"""`python -m benchmarks`, which `make bench` calls: measures and prints; only a broken promise ends with 1."""

import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from benchmarks.baseline import CONFIGURATION
from benchmarks.calls import Cost, cost_of_careful_updates, cost_of_creates, cost_of_the_way_back, cost_of_updates
from benchmarks.first_sync import first_sync
from benchmarks.foretold import foretold
from benchmarks.handover import Handover, during_a_backfill, idle, percentile
from benchmarks.practice_scale import PracticeScale, practice_scale

MEASURES = ("first-sync", "calls", "way-back", "handover", "handover-busy", "practice", "plan")
SHOWN = 20


@click.command()
@click.option("--people", type=click.IntRange(100), default=10_000, show_default=True, help="Size of the first sync.")
@click.option(
    "--contacts", type=click.IntRange(5_000), default=100_000, show_default=True, help="Size of a practice CRM."
)
@click.option("--submissions", type=click.IntRange(2), default=20, show_default=True, help="How many forms.")
@click.option("--only", type=click.Choice(MEASURES), help="Left out: everything.")
def main(people: int, contacts: int, submissions: int, only: str | None) -> None:
    """Measure throughput, thrift and speed to lead on real processes, beside baselines of the same run."""
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}", flush=True)
    measures: dict[str, Callable[[Path], None]] = {
        "first-sync": lambda folder: _tell_first_sync(folder, people),
        "calls": lambda folder: _tell_costs(folder, cost_of_updates, cost_of_careful_updates, cost_of_creates),
        "way-back": lambda folder: _tell_costs(folder, cost_of_the_way_back),
        "handover": lambda folder: _tell_handover(idle(folder, submissions=submissions)),
        "handover-busy": lambda folder: _tell_handover(
            during_a_backfill(folder, submissions=submissions, people=people)
        ),
        "practice": lambda folder: _tell_scale(folder, contacts),
        "plan": lambda folder: _tell_foretold(folder, people),
    }
    for name in [only] if only else MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            measures[name](Path(folder))


def _tell_first_sync(folder: Path, people: int) -> None:
    result = first_sync(folder, people=people)
    print(f"baseline    {result.baseline:8.0f} no-op tasks/s   ({CONFIGURATION})")
    print(f"first sync  {result.per_second:8.0f} records/s confirmed in Zoho's journal")
    print(
        f"            {result.confirmed} records in {result.seconds:.1f} s, limits off; calls: {result.calls}",
        flush=True,
    )


def _tell_foretold(folder: Path, people: int) -> None:
    told = foretold(folder, people=people)
    print(
        f"baseline    {told.loading:8.1f} s to load {told.people} people, {told.deciding:.1f} s to decide them, no more"
    )
    print(f"plan        {told.planning:8.1f} s for {told.changes} values, {told.calls_asked} calls asked")
    print(f"apply       {told.applying:8.1f} s; {told.edited} were edited in between, {told.skipped} skipped")
    print(f"writes      {told.writing:8.1f} s for {told.values} values, limits off, one process")
    print(f"journals    {len(told.differences):8d} differences to what the plan said", flush=True)
    for difference in told.differences[:SHOWN]:
        print(f"            {difference}", flush=True)
    if told.differences or told.calls_asked:
        raise SystemExit(1)


def _tell_costs(folder: Path, *measures: Callable[[Path], Cost]) -> None:
    for number, measure in enumerate(measures):
        state = folder / str(number)
        state.mkdir()
        _print(measure(state))


def _tell_handover(told: Handover) -> None:
    print(f"handover, {told.what}: form → visible in Zoho, {len(told.tasks)} submissions, limits and latencies on")
    for name, seconds in (("Lead", told.leads), ("task", told.tasks)):
        p50, p95 = percentile(seconds, 0.5), percentile(seconds, 0.95)
        print(f"  {name:<9} {p50:8.2f} s p50   {p95:.2f} s p95   {max(seconds):.2f} s at most")
    print(f"  vendors   {told.vendors:8.2f} s for the four calls alone, one after the other", flush=True)
    print(f"            {told.synced} records written by the end", flush=True)


def _tell_scale(folder: Path, contacts: int) -> None:
    for crm in ("activecampaign", "zoho"):
        _print_scale(practice_scale(folder, crm, people=contacts))


def _print_scale(told: PracticeScale) -> None:
    many = ", ".join(f"{count} {module}" for module, count in told.records.items() if count >= 1_000)
    print(f"practice {told.crm}: {many}")
    for what, opening in (("founded", told.founded), ("opened again", told.opened_again)):
        print(f"  {what:<31} {opening.seconds:8.1f} s until it answers   {opening.megabytes:.0f} MB resident")
    for timing in told.timings:
        print(f"  {timing.what:<31} {timing.median_ms:8.1f} ms median   {timing.worst_ms:.1f} ms at most")
    print(flush=True)


def _print(cost: Cost) -> None:
    per_thousand = cost.total * 1_000 / cost.records
    print(f"{cost.what:<11} {per_thousand:8.0f} API calls per 1,000, first edit until quiet ({cost.seconds:.1f} s)")
    for route, times in sorted(cost.calls.items(), key=lambda item: -item[1]):
        print(f"            {times:8d} {route}")


if __name__ == "__main__":
    main()
