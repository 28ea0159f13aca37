"""`baton backfill` and `baton resync`: read a part of the records again, or decide it anew, behind what is live."""

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from baton.domain.backfill import Kind, Scope, State
from baton.domain.records import Module, RecordRef
from baton.engine import Engine
from baton.ports.backfills import Progress as Come
from console.cli.enginehouse import engine_or_explain, one_connection

CONNECTION = click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
NARROWED = {"list_id": "listid", "segment_id": "segmentid", "tag_id": "tagid"}
LOOK_EVERY = 1.0


def scope_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        [
            click.option("--all", "everything", is_flag=True, help="Every record of both CRMs."),
            click.option("--since", metavar="DATE", help="Changed since then: 2026-01-31, or with a time and zone."),
            click.option("--until", metavar="DATE", help="Changed before then."),
            click.option("--ids", metavar="REFS", help="zoho:Leads:48…, activecampaign:contact:12, divided by commas."),
            click.option("--ids-from", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file."),
            click.option("--list", "list_id", type=int, metavar="ID", help="The contacts of an ActiveCampaign list."),
            click.option("--segment", "segment_id", type=int, metavar="ID", help="Those of a segment."),
            click.option("--tag", "tag_id", type=int, metavar="ID", help="Those with a tag."),
            click.option("--module", multiple=True, help="Only zoho:Leads, zoho:Contacts or activecampaign:contact."),
            click.option("--wait", is_flag=True, help="Watch until all of it is decided and written."),
            CONNECTION,
        ]
    ):
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@scope_options
@click.pass_context
def backfill(ctx: click.Context, /, **typed: Any) -> None:
    """Read a part of the records again; what differs from what we hold is decided.

    It works behind what people edit now, a page at a time, and goes on after any crash. In Zoho it sets off no
    workflows. `baton resync` with the same options decides every record anew, changed or not: for a changed contract.

    \b
      baton backfill --since 2026-11-01 --wait
      baton resync --ids zoho:Leads:4876000000310001,activecampaign:contact:12
      baton resync --list 3
      baton backfill list | watch 4 | pause 4 | resume 4 | cancel 4

    \b
    Exit code 0: begun (with --wait: all is written).  1: it failed or left dead letters.  2: not understood.
    """
    if ctx.invoked_subcommand is None:
        begin(Kind.BACKFILL, typed)


@click.command()
@scope_options
def resync(**typed: Any) -> None:
    """Decide a part of the records anew on present truth, whether they changed or not; only differences are written.

    The options are those of `baton backfill`, and so is its progress: baton backfill list | watch | pause | resume.
    """
    begin(Kind.RESYNC, typed)


def begin(kind: Kind, typed: dict[str, Any]) -> None:
    engine = engine_or_explain(one_connection(typed["connection"]))
    scope = scope_of(typed, engine)
    id_ = engine.backfills.start(kind, scope, now=engine.now())
    click.echo(f"{kind} {id_} has begun; see how far it is with: baton backfill watch {id_}")
    if typed["wait"]:
        watch_until_over(engine, id_)


def scope_of(typed: dict[str, Any], engine: Engine) -> Scope:
    """Raises UsageError for what cannot be meant."""
    refs = refs_of(typed)
    narrowed = [(NARROWED[name], str(typed[name])) for name in NARROWED if typed[name] is not None]
    said = [bool(refs), bool(narrowed), typed["everything"], bool(typed["since"] or typed["until"])]
    if not any(said):
        raise click.UsageError("say which records: --all, --since, --ids, --list … (see --help)")
    if len(narrowed) > 1 or (refs and any(said[1:])) or (typed["everything"] and any([*said[:2], said[3]])):
        raise click.UsageError("these options do not go together: one of --all, --ids, --list, --segment, --tag, dates")
    return Scope(
        modules=modules_of(typed["module"], engine),
        since=moment_of("--since", typed["since"]),
        until=moment_of("--until", typed["until"]),
        refs=refs,
        narrowed=narrowed[0] if narrowed else None,
    )


def refs_of(typed: dict[str, Any]) -> tuple[RecordRef, ...]:
    words = (typed["ids"] or "").split(",")
    if typed["ids_from"]:
        words += typed["ids_from"].read_text().splitlines()
    try:
        return tuple(dict.fromkeys(RecordRef.parse(word.strip()) for word in words if word.strip()))
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def modules_of(named: Sequence[str], engine: Engine) -> tuple[Module, ...]:
    known = {str(module): module for module in engine.contract.modules}
    unknown = [name for name in named if name not in known]
    if unknown:
        raise click.UsageError(f"{unknown[0]} is no module of the contract; there are {', '.join(known)}")
    return tuple(known[name] for name in named) or engine.contract.modules


def moment_of(option: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{option}: {text!r} is no date; write 2026-01-31 or 2026-01-31T08:00+01:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@backfill.command("list")
@CONNECTION
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_backfills(connection: str | None, limit: int, *, as_json: bool) -> None:
    """Show backfills, resyncs and censuses, newest first."""
    listed = engine_or_explain(one_connection(connection)).backfills.listed(limit=limit)
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
    """Show how far one has come, until all of it is decided and written."""
    watch_until_over(engine_or_explain(one_connection(connection)), number)


def _steering(word: str, state: State, told: str) -> click.Command:
    @click.command(word, help=told)
    @click.argument("number", type=int)
    @CONNECTION
    def steer(number: int, connection: str | None) -> None:
        engine = engine_or_explain(one_connection(connection))
        if not engine.backfills.steer(number, state, now=engine.now()):
            raise click.ClickException(f"{number} is over, or there is no such backfill")
        click.echo(f"{number}: {state}")

    return steer


backfill.add_command(_steering("pause", State.PAUSED, "Read no further for now; what was read is still decided."))
backfill.add_command(_steering("resume", State.RUNNING, "Go on where it was paused."))
backfill.add_command(_steering("cancel", State.CANCELLED, "End it; what was read is still decided."))


def watch_until_over(engine: Engine, number: int) -> None:
    come = progress_of(engine, number)
    if Console().is_terminal:
        come = _bar(engine, number, come)
    while not come.is_over and come.state is not State.PAUSED:
        click.echo(line(come))
        time.sleep(LOOK_EVERY)
        come = progress_of(engine, number)
    click.echo(line(come))
    raise SystemExit(1 if come.state is State.FAILED or come.buried else 0)


def _bar(engine: Engine, number: int, come: Come) -> Come:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True) as bars:
        bar = bars.add_task(str(come.kind))
        while not come.is_over and come.state is not State.PAUSED:
            left = come.to_decide + come.to_write
            known = come.read + (0 if come.state is State.DONE else 1)
            bars.update(bar, total=known, completed=max(come.read - left, 0), description=line(come))
            time.sleep(LOOK_EVERY)
            come = progress_of(engine, number)
    return come


def progress_of(engine: Engine, number: int) -> Come:
    come = engine.backfills.progress(number)
    if come is None:
        raise click.ClickException(f"there is no backfill {number}: baton backfill list shows those there are")
    return come


def line(come: Come) -> str:
    waits = f"{come.to_decide} to decide, {come.to_write} to write" if come.to_decide or come.to_write else "none waits"
    dead = f", {come.buried} dead" if come.buried else ""
    gone = f", {come.gone} gone" if come.gone else ""
    note = f" ({come.note})" if come.note else ""
    did = f"{come.read} read, {come.changed} to be decided{gone}; {waits}; {come.written} written{dead}"
    return f"{come.kind} {come.id} {come.state}: {did}{note}"


def plain(come: Come) -> dict[str, object]:
    times = {"started_at": come.started_at.isoformat(), "finished_at": _iso(come.finished_at)}
    counts = ("read", "changed", "gone", "to_decide", "to_write", "written", "buried")
    named = {"id": come.id, "run": come.run, "kind": come.kind, "state": come.state, "note": come.note}
    return {**named, **times, **{name: getattr(come, name) for name in counts}}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
