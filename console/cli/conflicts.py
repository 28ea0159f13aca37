"""`baton conflicts`: fields that both teams changed and disagree about, for a person to settle."""

import getpass
import json
import os
from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table

from baton.domain.records import Crm
from baton.engine import Engine
from baton.ports.conflicts import KeptConflict
from console.cli.enginehouse import engine_or_explain, one_connection

STATES = ("open", "settled", "closed", "all")
NAMES = {Crm.ACTIVECAMPAIGN: "ActiveCampaign", Crm.ZOHO: "Zoho"}


@click.group()
def conflicts() -> None:
    """Fields with the policy "review" that were changed on both sides, to different values.

    Neither side is written until somebody settles the conflict. It closes by itself when both sides come to show the
    same. What is settled is decided like any edit: `baton explain` tells it with everything else.
    """


@conflicts.command("list")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--state", type=click.Choice(STATES), default="open", show_default=True, help="Which ones.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="The newest N.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_conflicts(connection: str | None, state: str, limit: int, *, as_json: bool) -> None:
    """Show the conflicts, newest first."""
    kept = engine_or_explain(one_connection(connection)).conflicts.listed(state=state, limit=limit)
    if as_json:
        click.echo(json.dumps([_plain(conflict) for conflict in kept], indent=2, ensure_ascii=False))
    elif not kept:
        click.echo(f"No conflicts ({state}).")
    else:
        Console(highlight=False).print(_table(kept))


@conflicts.command()
@click.argument("number", type=int)
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one object.")
def show(number: int, connection: str | None, *, as_json: bool) -> None:
    """Show one conflict: what was agreed on last, what each side says now, since when, and by whom."""
    conflict = _found(engine_or_explain(one_connection(connection)), number)
    if as_json:
        click.echo(json.dumps(_plain(conflict), indent=2, ensure_ascii=False))
        return
    click.echo(f"{conflict.field} of {conflict.email or f'person {conflict.person}'}: {conflict.state}")
    for crm, side in conflict.sides.items():
        actor = f", by user {side['actor']}" if side.get("actor") else ""
        click.echo(
            f"  {NAMES[crm]:>14} says {_word(side['value'])} (before: {_word(side['base'])}) {side['at']}{actor}"
        )
    if conflict.settled_how:
        click.echo(f"  {conflict.settled_how}")
    elif conflict.state == "open":
        click.echo(f"Settle it with: baton conflicts settle {number} --take activecampaign | zoho")


@conflicts.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@click.option("--take", "winner", type=click.Choice([crm.value for crm in Crm]), required=True, help="Who is right.")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def settle(numbers: tuple[int, ...], winner: str, connection: str | None) -> None:
    """Say which side is right; the other is written within seconds.

    An edit that was made since you looked is not overwritten: it is speech like any other, and may open the conflict
    anew.

    \b
    Exit code 0: all are settled.  1: one of them was not open, or there is no such conflict.
    """
    engine = engine_or_explain(one_connection(connection))
    is_bad = False
    for number in numbers:
        due = engine.conflicts.settle(number, Crm(winner), by=_who(), now=engine.now())
        is_bad |= due is None
        click.echo(f"conflict {number}: " + ("is not open" if due is None else f"{NAMES[Crm(winner)]} is right"))
    raise SystemExit(1 if is_bad else 0)


def _who() -> str:
    """In a container the user may have a number and no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def _found(engine: Engine, number: int) -> KeptConflict:
    conflict = engine.conflicts.shown(number)
    if conflict is None:
        raise click.ClickException(f"there is no conflict {number}")
    return conflict


def _plain(conflict: KeptConflict) -> dict[str, object]:
    return {
        "id": conflict.id,
        "person": conflict.person,
        "email": conflict.email,
        "field": conflict.field,
        "state": conflict.state,
        "opened_at": conflict.opened_at.isoformat(),
        "settled_how": conflict.settled_how,
        "sides": {crm.value: dict(side) for crm, side in conflict.sides.items()},
    }


def _table(kept: Sequence[KeptConflict]) -> Table:
    table = Table("no.", "since", "person", "field", "ActiveCampaign", "Zoho", "state", box=None)
    for conflict in kept:
        said = [_word(conflict.sides[crm]["value"]) for crm in (Crm.ACTIVECAMPAIGN, Crm.ZOHO)]
        since = f"{conflict.opened_at:%Y-%m-%d %H:%M}"
        table.add_row(str(conflict.id), since, conflict.email or "-", conflict.field, *said, conflict.state)
    return table


def _word(value: object) -> str:
    return "nothing" if value is None else f"“{value}”"
