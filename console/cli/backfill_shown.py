"""How far a backfill has come, as a line, as a bar, and as JSON."""

import time
from datetime import datetime

import click
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from baton.domain.backfill import State
from baton.engine import Engine
from baton.ports.backfills import Progress

LOOK_EVERY = 1.0
COUNTS = ("expected", "read", "changed", "gone", "to_decide", "to_write", "written", "buried")


def watch_until_over(engine: Engine, number: int) -> None:
    """Ends the command: 0 when all of it went well, 1 when it failed, was cancelled, or left dead letters."""
    come = progress_of(engine, number)
    come = _drawn(engine, come) if Console().is_terminal else _printed(engine, come)
    click.echo(line(come))
    is_well = come.state in (State.DONE, State.PAUSED) and not come.buried
    raise SystemExit(0 if is_well else 1)


def progress_of(engine: Engine, number: int) -> Progress:
    come = engine.backfills.progress(number)
    if come is None:
        raise click.ClickException(f"there is no backfill {number}: baton backfill list shows those there are")
    return come


def line(come: Progress, rate: float | None = None) -> str:
    of = f" of {come.expected}" if come.expected is not None else ""
    speed = f" ({rate:.0f} a second)" if rate is not None else ""
    gone = f", {come.gone} gone" if come.gone else ""
    waits = f"{come.to_decide} to decide, {come.to_write} to write" if come.to_decide or come.to_write else "none waits"
    dead = f", {come.buried} dead" if come.buried else ""
    note = f" ({come.note})" if come.note else ""
    did = f"{come.read}{of} read{speed}, {come.changed} to be decided{gone}; {waits}; {come.written} written{dead}"
    return f"{come.kind} {come.id} {come.state}: {did}{note}"


def plain(come: Progress) -> dict[str, object]:
    times = {"started_at": _iso(come.started_at), "finished_at": _iso(come.finished_at)}
    named = {"id": come.id, "run": come.run, "kind": come.kind, "state": come.state, "note": come.note}
    return {**named, **times, **{name: getattr(come, name) for name in COUNTS}}


def _printed(engine: Engine, come: Progress) -> Progress:
    said = ""
    while _goes_on(come):
        said = _said_once(line(come), said)
        come = _next(engine, come)
    return come


def _said_once(told: str, before: str) -> str:
    """A log is no place for the same line every second."""
    if told != before:
        click.echo(told)
    return told


def _drawn(engine: Engine, come: Progress) -> Progress:
    with Bars(TextColumn("{task.description}"), BarColumn(20), TimeElapsedColumn(), transient=True) as bars:
        bar, began, read = bars.add_task(str(come.kind)), time.monotonic(), come.read
        while _goes_on(come):
            rate = (come.read - read) / max(time.monotonic() - began, LOOK_EVERY)
            done, whole = _share(come)
            bars.update(bar, total=whole, completed=done, description=line(come, rate))
            come = _next(engine, come)
    return come


def _share(come: Progress) -> tuple[int, int | None]:
    """What is done of what is known of; None while nobody can tell how much there will be."""
    waiting = come.to_decide + come.to_write
    if come.state is State.DONE:
        return come.read - min(waiting, come.read), come.read
    return come.read - min(waiting, come.read), None if come.expected is None else max(come.expected, come.read)


def _goes_on(come: Progress) -> bool:
    return not come.is_over and come.state is not State.PAUSED


def _next(engine: Engine, come: Progress) -> Progress:
    time.sleep(LOOK_EVERY)
    return progress_of(engine, come.id)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
