"""`baton plan` and `baton apply`: what would be done, told before it is done; then exactly that."""

import csv
import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from baton.domain.backfill import Scope
from baton.domain.contract import Contract
from baton.domain.foresight import Change, Foresight
from baton.domain.records import Crm
from baton.engine import Engine
from baton.flows.planning import OtherContractError, apply, foresee, save
from baton.ports.plans import SavedPlan
from config.problems import NotUsable
from config.reading_contract import read_contract
from config.settings import load_settings
from console.cli.enginehouse import engine_or_explain, one_connection
from console.cli.plan_scope import in_words, planned_scope_of, planned_scope_options
from console.cli.plan_shown import Allowance, Planned, show_plan
from console.cli.whoami import who_am_i


@click.command()
@click.option(
    "--contract", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Another contract."
)
@click.option(
    "--csv", "sheet", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="All diffs, a file."
)
@click.option("--diffs", type=click.IntRange(0), default=20, show_default=True, help="How many diffs to show.")
@click.option("--dry", is_flag=True, help="Only show it: nothing is kept to be applied.")
@click.option("--kept", is_flag=True, help="List the plans that are kept, and make none.")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one object, with every diff.")
@planned_scope_options
def plan(
    file: Path | None,
    sheet: Path | None,
    diffs: int,
    connection: str | None,
    *,
    dry: bool,
    kept: bool,
    as_json: bool,
    **scope: Any,
) -> None:
    """Tell what Baton would do now for everybody it knows, without doing it and without asking the accounts.

    Everybody is decided on what the mirror shows, as a sync or a backfill would. What the mirror cannot know yet is
    said. The plan is kept under a number: `baton apply NUMBER` carries out exactly that. --since, --ids, --tag … ask
    for a part of the people, as the same options of `baton backfill` would bring them.

    \b
      baton plan                                  what is still to be done under the contract in force
      baton plan --contract new.yaml --csv x.csv  what another contract would do, to be read in a spreadsheet
      baton plan --tag webinar                    what a backfill of these contacts would do

    \b
    Exit code 0: nothing to do, or it was listed.  1: the contract cannot be used.  3: there is something to do.
    """
    name = one_connection(connection)
    engine = engine_or_explain(name)
    if kept:
        return _tell_kept(engine.saved_plans.listed(limit=100), as_json=as_json)
    other = None if file is None else _contract(file, name)
    number, foresight, changes = _made(engine, other, file, planned_scope_of(scope, engine), is_kept=not dry)
    if sheet is not None:
        _write_sheet(sheet, changes)
    told = Planned(number, foresight, changes, _unknown(engine), _allowance(name, engine))
    if as_json:
        click.echo(json.dumps(_plain(told), indent=2, ensure_ascii=False))
    else:
        show_plan(Console(highlight=False), told, diffs)
    raise SystemExit(3 if foresight.operations else 0)


@click.command("apply")
@click.argument("number", type=int)
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one object.")
def apply_plan(number: int, connection: str | None, *, yes: bool, as_json: bool) -> None:
    """Carry out a plan: exactly what it said, for everybody who has not changed since.

    Whoever was edited in between is skipped and named; they are decided on their own, as ever. Interrupted, it goes on
    where it stopped when it is called again. The writes go out in the bulk lane, behind live edits.

    \b
    Exit code 0: all was carried out.  1: some were skipped, or the plan cannot be applied.
    """
    engine = engine_or_explain(one_connection(connection))
    kept = engine.saved_plans.shown(number)
    if kept is None:
        raise click.ClickException(f"there is no plan {number}; see: baton plan --kept")
    left = kept.counts.get("planned", 0)
    if left and not yes and not as_json:
        click.confirm(f"Write about {left} people as plan {number} says?", abort=True)
    _carry_out(engine, number, left, quiet=as_json)
    _tell_applied(engine, number, as_json=as_json)


def _carry_out(engine: Engine, number: int, left: int, *, quiet: bool) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, disable=quiet, transient=True) as progress:
        bar = progress.add_task("carrying out", total=left)
        try:
            apply(engine, number, lambda done: progress.advance(bar, done))
        except OtherContractError:
            raise click.ClickException(
                f"plan {number} was made for another contract than the one in force: put that one in place and start "
                "Baton anew, or make a new plan"
            ) from None


def _tell_applied(engine: Engine, number: int, *, as_json: bool) -> None:
    kept = engine.saved_plans.shown(number)
    skipped = engine.saved_plans.skipped(number)
    counts = dict(kept.counts) if kept else {}
    if as_json:
        named = [{"person": each.person, "email": each.email, "reason": each.reason} for each in skipped]
        click.echo(json.dumps({"plan": number, "counts": counts, "skipped": named}, indent=2, ensure_ascii=False))
    else:
        click.echo(f"applied: {counts.get('applied', 0)}, skipped: {len(skipped)}")
        for each in skipped:
            click.echo(f"  {each.email or f'person {each.person}'}: {each.reason}")
    raise SystemExit(1 if skipped else 0)


def _contract(file: Path, name: str) -> Contract:
    try:
        return read_contract(file, name)
    except NotUsable as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        raise SystemExit(1) from None


def _made(
    engine: Engine, other: Contract | None, file: Path | None, scope: Scope, *, is_kept: bool
) -> tuple[int | None, Foresight, list[Change]]:
    if is_kept:
        named = in_words(scope, engine) + (f", under {file.name}" if file else "")
        return save(engine, named, who_am_i(), other, scope)
    changes: list[Change] = []
    return None, foresee(engine, lambda _person, _plan, found: changes.extend(found), other, scope), changes


def _unknown(engine: Engine) -> dict[str, object]:
    unread = sorted(str(module) for module in set(engine.contract.modules) - engine.saved_plans.modules())
    return {**engine.saved_plans.unknown(), "modules_never_read_whole": unread}


def _allowance(name: str, engine: Engine) -> Allowance:
    from workers.wiring import connection_named  # noqa: PLC0415 - only after the environment names the servers

    limits = connection_named(name, load_settings()).limits
    used = engine.calls.spent(Crm.ZOHO, since=engine.now() - timedelta(days=1))
    return Allowance(limits.activecampaign_requests_per_second, limits.zoho_credits_per_day, used)


def _write_sheet(sheet: Path, changes: Sequence[Change]) -> None:
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["email", "person", "kind", "module", "record", "field", "before", "after", "why"])
        for each in changes:
            ref = str(each.ref) if each.ref else "new"
            row = [each.email, each.person, each.kind, str(each.module), ref, each.place, each.before, each.after]
            writer.writerow([*row, each.rule])


def _tell_kept(plans: Sequence[SavedPlan], *, as_json: bool) -> None:
    if as_json:
        told = [
            {"id": p.id, "made_at": p.made_at.isoformat(), "by": p.made_by, "scope": p.scope, **p.counts} for p in plans
        ]
        click.echo(json.dumps(told, indent=2))
        return
    for each in plans:
        counts = ", ".join(f"{state} {count}" for state, count in sorted(each.counts.items())) or "nothing to do"
        click.echo(f"{each.id}  {each.made_at:%Y-%m-%d %H:%M}  {each.made_by}  {each.scope}: {counts}")
    if not plans:
        click.echo("No plans are kept.")


def _plain(told: Planned) -> dict[str, object]:
    foresight, allowance = told.foresight, told.allowance
    return {
        "plan": told.number,
        "people": foresight.people,
        "nothing_to_do": foresight.idle,
        "operations": {f"{operation} {module}": n for (module, operation), n in sorted(foresight.operations.items())},
        "kinds": dict(foresight.kinds),
        "standings": dict(foresight.standings),
        "conflicts": foresight.conflicts,
        "handoffs": foresight.events,
        "calls": dict(foresight.calls()),
        "minutes": round(foresight.seconds(allowance.per_second) / 60, 1),
        "zoho_credits": foresight.credits(),
        "zoho_credits_per_day": allowance.credits_a_day,
        "zoho_credits_used_in_24_h": allowance.used,
        "unknown": dict(told.unknown),
        "changes": [
            {
                "email": each.email,
                "kind": each.kind,
                "module": str(each.module),
                "record": str(each.ref) if each.ref else None,
                "field": each.place,
                "before": each.before,
                "after": each.after,
                "why": each.rule,
            }
            for each in told.changes
        ],
    }
