"""`baton handoffs`: what became of each trigger, why, and what may be tried again."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from baton.domain.handoff import State
from baton.ports.handoffs import Told
from console.cli.enginehouse import engine_or_explain, one_connection


@click.group()
def handoffs() -> None:
    """Plays carried out, one for each trigger and person; suppressed ones say why.

    A handoff waits for its person's record in Zoho, then its owner and task are written; it is done when Zoho has
    answered. Dead ones need a person: put right what is wrong, then retry.
    """


@handoffs.command("list")
@click.option("--state", type=click.Choice([str(state) for state in State]), help="Left out: all.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="The newest N.")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_handoffs(state: str | None, limit: int, connection: str | None, *, as_json: bool) -> None:
    """Show handoffs, newest first."""
    engine = engine_or_explain(one_connection(connection))
    found = engine.automation.handoffs.listed(state=State(state) if state else None, limit=limit)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], indent=2, default=_text))
    elif not found:
        click.echo(f"No handoffs ({state or 'in any state'}).")
    else:
        Console(highlight=False).print(_table(found))


@handoffs.command()
@click.argument("number", type=int)
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one object.")
def show(number: int, connection: str | None, *, as_json: bool) -> None:
    """Tell one handoff step by step: gates, routing, writes, notices, clocks.

    \b
    Exit code 0: it is shown.  1: there is none of this number.
    """
    told = engine_or_explain(one_connection(connection)).automation.handoffs.shown(number)
    if told is None:
        raise click.ClickException(f"there is no handoff {number}; `baton handoffs list` shows them")
    if as_json:
        click.echo(json.dumps(asdict(told), indent=2, default=_text))
        return
    for line in _lines(told):
        click.echo(line)


@handoffs.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def retry(numbers: tuple[int, ...], connection: str | None) -> None:
    """Decide dead handoffs again, on what is so now. One that is not dead is left as it is.

    \b
    Exit code 0: all will be decided again.  1: one of them was not dead.
    """
    engine = engine_or_explain(one_connection(connection))
    outcomes = [(number, engine.automation.handoffs.retry(number, now=engine.now())) for number in numbers]
    for number, was_dead in outcomes:
        click.echo(f"{number}: {'will be decided again' if was_dead else 'is not a dead handoff'}")
    if not all(was_dead for _, was_dead in outcomes):
        raise SystemExit(1)


def _table(found: tuple[Told, ...]) -> Table:
    table = Table("no.", "play", "person", "happened", "state", "owner", "clocks", "why")
    for each in found:
        clocks = ", ".join(f"{clock['name']} {clock['state']}" for clock in each.clocks) or "-"
        table.add_row(
            str(each.id),
            each.play,
            str(each.person),
            _moment(each.happened_at),
            each.state,
            each.owner or "-",
            clocks,
            each.reason or "-",
        )
    return table


def _lines(told: Told) -> list[str]:
    return [
        f"handoff {told.id}: {told.play}, {told.state}" + (f" ({told.reason})" if told.reason else ""),
        f"  person {told.person}, {told.contact} → {told.record or 'no record in Zoho'}",
        f"  happened {_moment(told.happened_at)} (trigger {told.trigger_value}), seen {_moment(told.learnt_at)}",
        f"  owner: {told.owner or 'nobody'}",
        *_section("decided", [f"{step.looked_at}: {step.outcome}" for step in told.steps]),
        *_section("writes", [_row(each, "target") for each in told.writes]),
        *_section("notices", [_row(each, "kind") for each in told.notices]),
        *_section("clocks", [_row(each, "name") for each in told.clocks]),
    ]


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"  {title}", *(f"    {line}" for line in lines)] if lines else []


def _row(row: Mapping[str, object], first: str) -> str:
    rest = ", ".join(f"{name} {_text(value)}" for name, value in row.items() if name != first and value)
    return f"{row[first]}: {rest}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _text(value: object) -> str:
    return _moment(value) if isinstance(value, datetime) else str(value)
