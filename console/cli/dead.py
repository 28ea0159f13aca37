"""`baton dead`: the dead letters, as the person on call works them off. Replay is Baton's own: Flower cannot."""

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from baton.engine import Engine
from baton.ports import DeadLetter
from console.cli.enginehouse import engine_or_explain, one_connection

STATES = ("open", "replayed", "discarded", "all")


@click.group()
def dead() -> None:
    """Work that ran out of patience, kept with all that is needed to replay it.

    A replay puts the record back into the inbox: it is read again and decided on present truth, so replaying twice
    has one effect. What was cured at the vendor, in the contract or by a new release goes through then.
    """


@dead.command("list")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--state", type=click.Choice(STATES), default="open", show_default=True, help="Which ones.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="The newest N.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_letters(connection: str | None, state: str, limit: int, *, as_json: bool) -> None:
    """Show the dead letters, newest first."""
    letters = engine_or_explain(one_connection(connection)).dead_letters.listed(state=state, limit=limit)
    if as_json:
        click.echo(json.dumps([_plain(letter) for letter in letters], indent=2))
        return
    if not letters:
        click.echo(f"No dead letters ({state}).")
        return
    Console(highlight=False).print(_table(letters))


@dead.command()
@click.argument("number", type=int)
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one object.")
def show(number: int, connection: str | None, *, as_json: bool) -> None:
    """Show one dead letter whole, with its traceback where it was a bug."""
    letter = _found(engine_or_explain(one_connection(connection)), number)
    if as_json:
        click.echo(json.dumps(_plain(letter), indent=2))
        return
    for name, value in _plain(letter).items():
        click.echo(f"{name:>10}  {value if value is not None else '-'}")


@dead.command()
@click.argument("numbers", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every open one.")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def replay(numbers: tuple[int, ...], connection: str | None, *, everything: bool) -> None:
    """Decide the records of these dead letters again, on what both sides show now.

    \b
    Exit code 0: all were put back.  1: a number is not an open dead letter, or has no record to decide.
    """
    engine = engine_or_explain(one_connection(connection))
    wanted = _wanted(engine, numbers, everything=everything)
    outcomes = [(number, engine.dead_letters.replay(number, now=engine.now())) for number in wanted]
    for number, refs in outcomes:
        click.echo(f"{number}: {'back in the inbox' if refs else 'nothing to replay (not open, or it has no record)'}")
    if not all(refs for _, refs in outcomes):
        raise SystemExit(1)


@dead.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@click.option("--why", required=True, help="Kept beside the dead letter, for whoever asks later.")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def discard(numbers: tuple[int, ...], why: str, connection: str | None) -> None:
    """Put dead letters aside for good, with a reason."""
    engine = engine_or_explain(one_connection(connection))
    outcomes = [(number, engine.dead_letters.discard(number, why, now=engine.now())) for number in numbers]
    for number, is_done in outcomes:
        click.echo(f"{number}: {'discarded' if is_done else 'is not an open dead letter'}")
    if not all(is_done for _, is_done in outcomes):
        raise SystemExit(1)


def _wanted(engine: Engine, numbers: tuple[int, ...], *, everything: bool) -> tuple[int, ...]:
    if everything == bool(numbers):
        raise click.UsageError("Name dead letters by their numbers, or say --all.")
    return numbers or tuple(letter.id for letter in engine.dead_letters.listed(limit=10_000))


def _found(engine: Engine, number: int) -> DeadLetter:
    letter = engine.dead_letters.shown(number)
    if letter is None:
        raise click.ClickException(f"there is no dead letter {number}; `baton dead list --state all` shows them")
    return letter


def _plain(letter: DeadLetter) -> dict[str, object]:
    return {**asdict(letter), "buried_at": letter.buried_at.isoformat()}


def _table(letters: tuple[DeadLetter, ...]) -> Table:
    table = Table("no.", "queue", "record", "code", "field", "reason", "since")
    for letter in letters:
        since = f"{letter.buried_at:%Y-%m-%d %H:%M:%S}"
        table.add_row(
            str(letter.id), letter.queue, letter.ref or "-", letter.code, letter.field or "-", letter.reason, since
        )
    return table
