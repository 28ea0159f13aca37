"""`python -m benchmarks`, which `make bench` calls: measures and prints, never judges."""

import os
import platform
import tempfile
from pathlib import Path

import click

from benchmarks.baseline import CONFIGURATION
from benchmarks.calls import Cost, cost_of_creates, cost_of_updates
from benchmarks.first_sync import first_sync


@click.command()
@click.option("--people", type=click.IntRange(100), default=10_000, show_default=True, help="Size of the first sync.")
@click.option("--only", type=click.Choice(["first-sync", "calls"]), help="Left out: everything.")
def main(people: int, only: str | None) -> None:
    """Measure throughput and thrift on real processes, beside a baseline of the same run."""
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    if only != "calls":
        with tempfile.TemporaryDirectory() as folder:
            result = first_sync(Path(folder), people=people)
        print(f"baseline    {result.baseline:8.0f} no-op tasks/s   ({CONFIGURATION})")
        print(f"first sync  {result.per_second:8.0f} records/s confirmed in Zoho's journal")
        print(f"            {result.confirmed} records in {result.seconds:.1f} s, limits off; calls: {result.calls}")
    if only != "first-sync":
        for measure in (cost_of_updates, cost_of_creates):
            with tempfile.TemporaryDirectory() as folder:
                _print(measure(Path(folder)))


def _print(cost: Cost) -> None:
    per_thousand = cost.total * 1_000 / cost.records
    print(f"{cost.what:<11} {per_thousand:8.0f} API calls per 1,000, first edit until quiet ({cost.seconds:.1f} s)")
    for route, times in sorted(cost.calls.items(), key=lambda item: -item[1]):
        print(f"            {times:8d} {route}")


if __name__ == "__main__":
    main()
