"""`baton conflicts`: fields that a person has to settle, one by one, many at once, or for good."""

import json
from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table

from baton.domain.contract import Policy
from baton.domain.records import Crm
from baton.engine import Engine
from baton.ports.conflicts import KeptConflict
from config.problems import did_you_mean
from console.cli.enginehouse import engine_or_explain, one_connection
from console.cli.whoami import who_am_i

STATES = ("open", "settled", "closed", "all")
NAMES = {Crm.ACTIVECAMPAIGN: "ActiveCampaign", Crm.ZOHO: "Zoho"}


@click.group()
def conflicts() -> None:
    """Fields of which a person has to say who is right.

    \b
    review     the contract leaves the field to a person, and both teams changed it to different values
    ping-pong  the value came back for the third time in a day: another automation undoes what Baton writes.
               The field is frozen for that person until somebody says which value stays

    Neither side is written until the conflict is settled. It closes by itself when both sides come to show the same.
    What is settled is decided like any edit: `baton explain` tells it with everything else.
    """


@conflicts.command("list")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--state", type=click.Choice(STATES), default="open", show_default=True, help="Which ones.")
@click.option("--field", metavar="NAME", help="Of this field only, by its name in the contract.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="The newest N.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_conflicts(connection: str | None, state: str, field: str | None, limit: int, *, as_json: bool) -> None:
    """Show the conflicts, newest first."""
    kept = engine_or_explain(one_connection(connection)).conflicts.listed(state=state, field=field, limit=limit)
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
    who = conflict.email or f"person {conflict.person}"
    click.echo(f"{conflict.field} of {who}: {conflict.state} ({conflict.kind})")
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
@click.argument("numbers", type=int, nargs=-1)
@click.option("--take", "winner", type=click.Choice([crm.value for crm in Crm]), required=True, help="Who is right.")
@click.option("--field", metavar="NAME", help="Every open conflict about this field, instead of numbers.")
@click.option("--always", is_flag=True, help="With --field: decide every later conflict about it so, too.")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def settle(numbers: tuple[int, ...], winner: str, field: str | None, connection: str | None, *, always: bool) -> None:
    """Say which side is right; the other is written within seconds.

    An edit that was made since you looked is not overwritten: it is speech like any other, and may open the conflict
    anew.

    \b
      baton conflicts settle 4 7 --take zoho
      baton conflicts settle --field job_title --take zoho             every open one
      baton conflicts settle --field job_title --take zoho --always    and every later one: a standing ruling

    \b
    Exit code 0: all are settled.  1: one of them was not open, or there is no such conflict.
    """
    if bool(numbers) == (field is not None):
        raise click.UsageError("name conflicts by their numbers, or all of one field with --field")
    if always and field is None:
        raise click.UsageError("--always is said of a field: add --field NAME")
    engine = engine_or_explain(one_connection(connection))
    if field is not None:
        _known(field, engine, is_ruled=always)
    if always and field is not None:
        engine.standing_rulings.rule(field, Crm(winner), by=who_am_i(), now=engine.now())
        click.echo(f"from now on {NAMES[Crm(winner)]} is right about {field}. {_IN_THE_CONTRACT}")
        click.echo(f"  {field}:\n    policy: owner\n    owner: {winner}")
    chosen = numbers if field is None else _open_of(field, engine)
    settled = [_is_settled(number, Crm(winner), engine) for number in chosen]
    if field is not None and not chosen:
        click.echo(f"no conflict about {field} is open")
    raise SystemExit(0 if all(settled) else 1)


@conflicts.command()
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--take-back", "field", metavar="FIELD", help="Leave this field to a person again.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def rulings(connection: str | None, field: str | None, *, as_json: bool) -> None:
    """Show the fields of which it was said once who is always right, or take one such ruling back.

    \b
    Exit code 0: shown, or taken back.  1: there is no ruling about that field.
    """
    engine = engine_or_explain(one_connection(connection))
    if field is not None and not engine.standing_rulings.take_back(field, by=who_am_i(), now=engine.now()):
        raise click.ClickException(f"there is no standing ruling about {field}")
    read = engine.standing_rulings.read()
    if as_json:
        told = [{"field": r.field, "winner": r.winner, "by": r.by, "at": r.at.isoformat()} for r in read]
        click.echo(json.dumps(told, indent=2))
        return
    for ruling in read:
        click.echo(f"{ruling.field}: {NAMES[ruling.winner]} is right, said {ruling.by} {ruling.at:%Y-%m-%d %H:%M}")
    if not read:
        click.echo("No standing rulings.")


_IN_THE_CONTRACT = "To have it in the contract too, write there:"


def _known(name: str, engine: Engine, *, is_ruled: bool) -> None:
    """Raises a usage error for a name that no field has, or that has nothing to be ruled about."""
    rule = next((rule for rule in engine.contract.rules if rule.name == name), None)
    if rule is None:
        raise click.BadParameter(
            f"the contract has no field {name}. {did_you_mean(name, [each.name for each in engine.contract.rules])}",
            param_hint="--field",
        )
    if is_ruled and Policy.REVIEW not in (rule.policy, rule.first_match):
        raise click.BadParameter(f"the contract does not leave {name} to a person", param_hint="--always")


def _open_of(field: str, engine: Engine) -> tuple[int, ...]:
    return tuple(kept.id for kept in engine.conflicts.listed(state="open", field=field, limit=1_000_000))


def _is_settled(number: int, winner: Crm, engine: Engine) -> bool:
    due = engine.conflicts.settle(number, winner, by=who_am_i(), now=engine.now())
    click.echo(f"conflict {number}: " + ("is not open" if due is None else f"{NAMES[winner]} is right"))
    return due is not None


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
        "kind": conflict.kind,
        "state": conflict.state,
        "opened_at": conflict.opened_at.isoformat(),
        "settled_how": conflict.settled_how,
        "sides": {crm.value: dict(side) for crm, side in conflict.sides.items()},
    }


def _table(kept: Sequence[KeptConflict]) -> Table:
    table = Table("no.", "since", "person", "field", "kind", "ActiveCampaign", "Zoho", "state", box=None)
    for conflict in kept:
        said = [_word(conflict.sides[crm]["value"]) for crm in (Crm.ACTIVECAMPAIGN, Crm.ZOHO)]
        since = f"{conflict.opened_at:%Y-%m-%d %H:%M}"
        who = conflict.email or "-"
        table.add_row(str(conflict.id), since, who, conflict.field, conflict.kind, *said, conflict.state)
    return table


def _word(value: object) -> str:
    return "nothing" if value is None else f"“{value}”"
