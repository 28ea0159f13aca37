"""`baton guard`: waves of risky writes that wait for a person."""

import json

import click

from baton.domain.guard import Risk
from baton.engine import Engine
from console.cli.enginehouse import engine_or_explain, one_connection
from console.cli.whoami import who_am_i

WHAT = {
    Risk.OPT_IN: "opt-outs that would be lifted in Zoho",
    Risk.CLEAR: "values that would become blank",
    Risk.OWNER: "owners that would be shown otherwise",
    Risk.CREATE: "records that would be made",
}
RISKS = click.Choice([risk.value for risk in Risk])


@click.group()
def guard() -> None:
    """A wave of writes that are sound one by one and alarming in a crowd is held until somebody has looked.

    An import that blanks a column, a list that was cleaned by mistake, a contract with a wrong direction: more than the
    contract's `guard` allows within an hour is decided and not sent. Opt-outs are never held. Everything else goes on.
    """


@guard.command("list")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_held(connection: str | None, *, as_json: bool) -> None:
    """What is held, since when, how many, and a few of the people.

    \b
    Exit code 0: nothing is held.  3: something is.
    """
    held = engine_or_explain(one_connection(connection)).guards.held()
    if as_json:
        told = [
            {"risk": h.risk, "most": h.most, "since": h.since.isoformat(), "waiting": h.waiting, "people": h.people}
            for h in held
        ]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        raise SystemExit(3 if held else 0)
    for each in held:
        click.echo(f"{each.risk}: {each.waiting} wait since {each.since:%Y-%m-%d %H:%M}; more than {each.most} an hour")
        click.echo(f"    {WHAT[Risk(each.risk)]}: {', '.join(each.people)} …")
    click.echo("Settle it with: baton guard release | drop KIND" if held else "Nothing is held.")
    raise SystemExit(3 if held else 0)


@guard.command()
@click.argument("kind", type=RISKS)
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def release(kind: str, connection: str | None) -> None:
    """The wave is meant: it goes out, and counting begins anew.

    \b
    Exit code 0: it goes out.  1: nothing of this kind is held.
    """
    engine = engine_or_explain(one_connection(connection))
    if not engine.guards.release(kind, by=who_am_i(), now=engine.now()):
        raise _not_held(kind)
    click.echo(f"{kind}: released")


@guard.command()
@click.argument("kind", type=RISKS)
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def drop(kind: str, connection: str | None, *, yes: bool) -> None:
    """The wave is a mistake: what waits is taken back. Its people stand as held until they change or are resynced.

    Mend the cause first: what was said on the other side is still said, and the next decision would write it again.

    \b
    Exit code 0: taken back.  1: nothing of this kind is held.
    """
    engine = engine_or_explain(one_connection(connection))
    if not yes:
        click.confirm(f"Take back {_waiting(kind, engine)} writes?", abort=True)
    dropped = engine.guards.drop(kind, by=who_am_i(), now=engine.now())
    if dropped is None:
        raise _not_held(kind)
    click.echo(f"{kind}: dropped")


def _waiting(kind: str, engine: Engine) -> int:
    return sum(each.waiting for each in engine.guards.held() if each.risk == kind)


def _not_held(kind: str) -> click.ClickException:
    return click.ClickException(f"nothing of the kind {kind} is held")
