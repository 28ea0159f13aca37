"""`baton backfill` and `baton resync`: read a part of the records again, or decide it anew, behind what is live."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

from baton.domain.backfill import Kind, Scope, State
from baton.domain.failures import Failure
from baton.domain.records import Module
from baton.engine import Engine
from baton.flows.census import begin_census
from baton.flows.measuring import measure, records_in
from baton.ports import Size
from console.cli.backfill_scope import scope_of, scope_options
from console.cli.backfill_shown import line, plain, watch_until_over
from console.cli.enginehouse import engine_or_explain, one_connection
from console.cli.reaching import reaching_the_database

CONNECTION = click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
WAIT = click.option("--wait", is_flag=True, help="Watch until all of it is decided and written.")


def start_options(command: Callable[..., None]) -> Callable[..., None]:
    dry = click.option("--dry-run", is_flag=True, help="Only tell how many records and calls it would take.")
    return scope_options(dry(WAIT(CONNECTION(command))))


@click.group(invoke_without_command=True)
@start_options
@click.pass_context
def backfill(ctx: click.Context, /, **typed: Any) -> None:
    """Read a part of the records again; what differs from what we hold is decided.

    It works behind what people edit now, a page at a time, and goes on after any crash. In Zoho it sets off no
    workflows. `baton resync` with the same options decides every record anew, changed or not: for a changed contract.

    \b
      baton backfill --since 2026-11-01 --dry-run
      baton resync --ids zoho:Leads:4876000000310001,activecampaign:contact:12
      baton resync --tag webinar --wait
      baton backfill list | watch 4 | pause 4 | resume 4 | cancel 4

    \b
    Exit code 0: begun (with --wait: all is written).  1: it failed, or left dead letters.  2: not understood.
    """
    if ctx.invoked_subcommand is None:
        begin(Kind.BACKFILL, typed)


@click.command()
@start_options
def resync(**typed: Any) -> None:
    """Decide a part of the records anew on present truth, whether they changed or not; only differences are written.

    The options are those of `baton backfill`, and so is its progress: baton backfill list | watch | pause | resume.

    \b
    Exit code 0: begun (with --wait: all is written).  1: it failed, or left dead letters.  2: not understood.
    """
    begin(Kind.RESYNC, typed)


def begin(kind: Kind, typed: dict[str, Any]) -> None:
    with engine_reached(typed["connection"]) as engine:
        with told_plainly():
            scope = scope_of(typed, engine)
            if typed["dry_run"]:
                tell_sizes(measure(kind, scope, engine))
                return
        expected = _expected(kind, scope, engine)
        _begun(engine, kind, engine.backfills.start(kind, scope, expected=expected, now=engine.now()), typed)


@backfill.command()
@CONNECTION
@WAIT
@click.option("--believe", is_flag=True, help="Many records are really gone: do not take it for the vendor's mistake.")
def census(**typed: Any) -> None:
    """Look now for what no stream tells, as happens by itself once a day.

    Deletions and merges in ActiveCampaign, tags and lists that moved no stamp, records that vanished in silence. What
    is missing is looked for twice, ten minutes apart, before it is gone; nothing is deleted on the other side.

    \b
    Exit code 0: begun (with --wait: all is written).  1: it failed, or left dead letters.
    """
    with engine_reached(typed["connection"]) as engine:
        _begun(engine, Kind.CENSUS, begin_census(engine, is_believed=typed["believe"]), typed)


@backfill.command("list")
@CONNECTION
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="The newest N.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_backfills(connection: str | None, limit: int, *, as_json: bool) -> None:
    """Show backfills, resyncs and censuses, newest first."""
    with engine_reached(connection) as engine:
        listed = engine.backfills.listed(limit=limit)
    if as_json:
        click.echo(json.dumps([plain(come) for come in listed], indent=2))
    for come in () if as_json else listed:
        click.echo(line(come))
    if not listed and not as_json:
        click.echo("None yet: begin one with baton backfill --all (see --help).")


@backfill.command()
@click.argument("number", type=int)
@CONNECTION
def watch(number: int, connection: str | None) -> None:
    """Show how far one has come, until all of it is decided and written.

    \b
    Exit code 0: all of it went well, or it is paused.  1: it failed, was cancelled, left dead letters, or is unknown.
    """
    with engine_reached(connection) as engine:
        watch_until_over(engine, number)


def _steering(word: str, state: State, told: str) -> click.Command:
    @click.command(word, help=told)
    @click.argument("number", type=int)
    @CONNECTION
    def steer(number: int, connection: str | None) -> None:
        with engine_reached(connection) as engine:
            if not engine.backfills.steer(number, state, now=engine.now()):
                raise click.ClickException(f"{number} is over, or there is no such backfill")
        click.echo(f"{number}: {state}")

    return steer


backfill.add_command(_steering("pause", State.PAUSED, "Read no further for now; what was read is still decided."))
backfill.add_command(_steering("resume", State.RUNNING, "Go on where it was paused."))
backfill.add_command(_steering("cancel", State.CANCELLED, "End it; what was read is still decided."))


@contextmanager
def engine_reached(connection: str | None) -> Iterator[Engine]:
    with reaching_the_database():
        yield engine_or_explain(one_connection(connection))


@contextmanager
def told_plainly() -> Iterator[None]:
    try:
        yield
    except Failure as failure:
        raise click.ClickException(f"nothing was begun: {failure.reason}") from None


def tell_sizes(sizes: Mapping[Module, Size]) -> None:
    for module, size in sizes.items():
        if size.records is None:
            click.echo(f"{module}: the vendor does not tell how many records that is")
        else:
            click.echo(f"{module}: {_many(size.records, 'record')}, {_many(size.calls or 0, 'call')}")
    click.echo("Nothing was begun.")


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _expected(kind: Kind, scope: Scope, engine: Engine) -> int | None:
    """A vendor that does not answer now is no reason not to begin: the work waits for it."""
    try:
        return records_in(measure(kind, scope, engine))
    except Failure as failure:
        click.echo(f"How many records that is could not be asked now: {failure.reason}", err=True)
        return None


def _begun(engine: Engine, kind: Kind, id_: int, typed: dict[str, Any]) -> None:
    click.echo(f"{kind} {id_} has begun; see how far it is with: baton backfill watch {id_}")
    if typed["wait"]:
        watch_until_over(engine, id_)
