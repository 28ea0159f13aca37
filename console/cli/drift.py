"""`baton drift`: what changed in the vendors' fields and users, what waits for it, and how to live with it."""

import json
from collections.abc import Sequence

import click

from baton.domain.drift import advice
from baton.engine import Engine
from baton.flows.schemas import accept_drift, can_be_accepted, refresh_schemas
from baton.ports.drift import KeptDrift
from console.cli.enginehouse import engine_or_explain, one_connection
from console.cli.whoami import who_am_i


@click.group()
def drift() -> None:
    """What administrators changed in either CRM since it was last accepted.

    Both CRMs are asked every five minutes what their fields and users are. A field of the contract that is gone,
    renamed, made anew, of another type, read-only or shorter, a picklist word that is gone, and a user of a route who
    was deactivated are told once. What such a change touches is paused, and only that: no base moves, so edits travel
    once it is mended. It ends by itself then.
    """


@drift.command("list")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--now", "ask_now", is_flag=True, help="Ask both CRMs first (five calls).")
@click.option("--all", "with_closed", is_flag=True, help="Those that are mended or accepted, too.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_drifts(connection: str | None, *, ask_now: bool, with_closed: bool, as_json: bool) -> None:
    """Show what drifts, what it touches, and what to do.

    \b
    Exit code 0: nothing drifts.  1: something does.
    """
    engine = engine_or_explain(one_connection(connection))
    if ask_now:
        refresh_schemas(engine)
    kept = engine.drifts.listed(closed=with_closed)
    if as_json:
        click.echo(json.dumps([_plain(each) for each in kept], indent=2, ensure_ascii=False))
    else:
        _tell(kept)
    raise SystemExit(1 if any(each.closed_at is None for each in kept) else 0)


@drift.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def accept(numbers: tuple[int, ...], connection: str | None, *, as_json: bool) -> None:
    """Live with a change: what it paused goes on, by what the field is now.

    Values that it no longer takes are left out and said so, as for any field. A field that was made anew is met as for
    the first time. A field that is gone or renamed cannot be accepted as long as the contract names it.

    \b
    Exit code 0: all are accepted.  1: one is not open, or cannot be accepted.
    """
    engine = engine_or_explain(one_connection(connection))
    told = [_accepted(number, engine) for number in numbers]
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for each in told:
            click.echo(f"drift {each['id']}: {each['told']}")
    raise SystemExit(0 if all(each["accepted"] for each in told) else 1)


def _accepted(number: int, engine: Engine) -> dict[str, object]:
    kept = next((each for each in engine.drifts.listed() if each.id == number), None)
    if kept is None:
        return {"id": number, "accepted": False, "told": "is not open"}
    if not can_be_accepted(kept):
        return {"id": number, "accepted": False, "told": f"cannot be accepted. {advice(kept.drift)}"}
    done = accept_drift(kept, who_am_i(), engine)
    return {"id": number, "accepted": done, "told": f"accepted: {kept.drift.text}" if done else "is not open"}


def _tell(kept: Sequence[KeptDrift]) -> None:
    if not kept:
        click.echo("Nothing drifts.")
    for each in kept:
        drifted = each.drift
        state = each.closed_how or ("paused" if drifted.pauses else "told only")
        click.echo(f"{each.id}  {drifted.text}")
        click.echo(f"    since {each.opened_at:%Y-%m-%d %H:%M:%S}, {state}; touches {', '.join(drifted.touches)}")
        if each.closed_at is None:
            click.echo(f"    {advice(drifted)}")


def _plain(kept: KeptDrift) -> dict[str, object]:
    drifted = kept.drift
    return {
        "id": kept.id,
        "kind": drifted.kind,
        "module": None if drifted.module is None else str(drifted.module),
        "place": drifted.place,
        "was": drifted.was,
        "now": drifted.now,
        "touches": list(drifted.touches),
        "pauses": drifted.pauses,
        "opened_at": kept.opened_at.isoformat(),
        "closed_at": kept.closed_at.isoformat() if kept.closed_at else None,
        "closed_how": kept.closed_how,
        "advice": advice(drifted),
    }
