"""`baton runs`: what was read when, what it cost in calls, what went wrong, and what it led to."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import click

from baton.domain.runs import EndpointCalls, FailedCall, Run, RunFilter, RunReport
from console.cli.enginehouse import one_connection
from console.cli.reaching import reaching_the_database

READ = ("pages", "rows", "changed", "gone")


@click.group()
def runs() -> None:
    """Runs: one pull, backfill, resync or census each, with its counts and its API calls.

    A pull that found nothing new leaves no run behind; its calls are still counted by the hour. How long requests and
    answers are kept is said by BATON_CALLS__KEEP (days); `baton explain WHO --calls` shows them.
    """


@runs.command("list")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--kind", metavar="KIND", help="pull, backfill, resync or census.")
@click.option("--failed", is_flag=True, help="Only those with a call that did not go well.")
@click.option("--since", metavar="WHEN", help="A date, a moment (UTC), or a span back: 30m, 6h, 2d.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="The newest N.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_runs(
    connection: str | None, kind: str | None, since: str | None, limit: int, *, failed: bool, as_json: bool
) -> None:
    """Show the runs, newest first.

    \b
    Exit code 0: shown, also when there are none.  1: the database does not answer.
    """
    moment = None if since is None else moment_of(since, datetime.now(UTC))
    wanted = RunFilter(kind=kind, since=moment, only_failed=failed, limit=limit)
    found = _listed(one_connection(connection), wanted)
    if as_json:
        click.echo(json.dumps([_plain(run) for run in found], indent=2, default=_text))
    elif not found:
        click.echo("No such runs. A pull that found nothing new leaves none behind.")
    for run in () if as_json else found:
        click.echo(_line(run))


@runs.command()
@click.argument("number", type=int)
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one object.")
def show(number: int, connection: str | None, *, as_json: bool) -> None:
    """Show one run whole: what it read, its calls by endpoint, its errors, and what it led to.

    \b
    Exit code 0: shown.  1: there is no such run.
    """
    report = _shown(one_connection(connection), number)
    if report is None:
        raise click.ClickException(f"there is no run {number}; `baton runs list` shows the newest")
    if as_json:
        click.echo(json.dumps({**asdict(report), "run": _plain(report.run)}, indent=2, default=_text))
        return
    for name, value in _told(report):
        click.echo(f"{name:>9}  {value}")


def moment_of(text: str, now: datetime) -> datetime:
    """A span back from now (`6h`), or a date or moment, taken as UTC where it names no zone."""
    units = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
    try:
        if text[:-1].isdecimal() and text[-1] in units:
            return now - int(text[:-1]) * units[text[-1]]
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"{text!r} is no moment; try 2026-03-04, 2026-03-04T12:00 or 6h.", param_hint="--since"
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _listed(connection: str, wanted: RunFilter) -> tuple[Run, ...]:
    from workers import reports  # noqa: PLC0415 - the adapters are imported only after the environment names the servers

    with reaching_the_database():
        return reports.runs(connection, wanted)


def _shown(connection: str, number: int) -> RunReport | None:
    from workers import reports  # noqa: PLC0415 - as above

    with reaching_the_database():
        return reports.run_report(connection, number)


def _line(run: Run) -> str:
    calls = f"{run.calls} calls" + (f", {run.failed_calls} of them failed" if run.failed_calls else "")
    note = f"; {run.note}" if run.note else ""
    return (
        f"{run.id:>6}  {_moment(run.started_at)}  {_took(run):>8}  {_what(run)}: "
        f"{_counted(_in_order(run.counts)) or 'nothing read yet'}; {calls}{note}"
    )


def _what(run: Run) -> str:
    return f"{run.kind} of {run.stream}" if run.stream else run.kind


def _in_order(counts: Mapping[str, object]) -> dict[str, object]:
    """The counts of every kind of run first; the database keeps no order."""
    return {name: counts[name] for name in (*READ, *counts) if name in counts}


def _told(report: RunReport) -> Iterator[tuple[str, str]]:
    run = report.run
    yield "run", f"{run.id} ({_what(run)})"
    yield "started", _moment(run.started_at)
    yield "took", _took(run)
    yield "read", _counted(_in_order(run.counts)) or "nothing yet"
    yield "calls", f"{run.calls}, {run.failed_calls or 'none'} of them failed"
    yield from (("", _endpoint(calls)) for calls in report.endpoints)
    yield from (("error", _error(call)) for call in report.errors)
    if run.failed_calls > len(report.errors):
        yield "errors", f"{run.failed_calls - len(report.errors)} more, shown no longer or too many to show"
    yield "led to", _counted(report.led_to) or "nothing decided or written"
    yield "writes", _counted(report.writes) or "none"
    yield "note", run.note or "-"


def _endpoint(calls: EndpointCalls) -> str:
    average = calls.took / calls.calls
    return (
        f"{calls.crm} {calls.endpoint} {calls.outcome}: {calls.calls} ({_span(average)} each, longest "
        f"{_span(calls.longest)})"
    )


def _error(call: FailedCall) -> str:
    answered = "no answer" if call.status is None else f"status {call.status}"
    code = f", {call.code}" if call.code and call.code != str(call.status) else ""
    return (
        f"{_moment(call.at)}  {call.crm} {call.endpoint}: {call.outcome} ({answered}{code}, after {_span(call.took)})"
    )


def _counted(counts: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in counts.items())


def _took(run: Run) -> str:
    return "not over" if run.took is None else _span(run.took)


def _span(span: timedelta) -> str:
    seconds = span.total_seconds()
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _plain(run: Run) -> dict[str, object]:
    return {**asdict(run), "took": run.took}


def _text(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.isoformat() if isinstance(value, datetime) else str(value)
