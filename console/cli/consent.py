"""`baton consent`: what holds for a person, why, and what only a person may say about it."""

import json
from datetime import UTC, datetime

import click

from baton.domain.consent import Evidence
from baton.domain.identity import normalised
from baton.engine import Engine
from baton.ports.consents import KeptConsent
from console.cli.enginehouse import engine_or_explain, one_connection
from console.cli.whoami import who_am_i

STATES = {
    "none": "no opt-out is kept",
    "restricted": "opted out",
    "doubtful": "opted out, though every record says less: nothing proves a newer opt-in",
    "lifted": "opted out once, and in again",
}


@click.group()
def consent() -> None:
    """An opt-out holds everywhere; only the person's own newer opt-in lifts it.

    Whatever record says it first, in ActiveCampaign or in Zoho, it reaches all records of the person, and it is kept
    beside them, so that a record that is made anew comes back restricted. Baton takes people off lists and never puts
    anybody on one.
    """


@consent.command()
@click.argument("email")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one object.")
def show(email: str, connection: str | None, *, as_json: bool) -> None:
    """What each record of the person says, what holds, since when and by whom, and the evidence that is kept."""
    kept = _found(engine_or_explain(one_connection(connection)), email)
    if as_json:
        click.echo(json.dumps(_plain(kept), indent=2))
        return
    click.echo(f"{kept.email or email}: {STATES[kept.state]}")
    if kept.since is not None:
        click.echo(f"  since {kept.since:%Y-%m-%d %H:%M}, said by {kept.said_by}")
    for ref, word in kept.words:
        click.echo(f"  {ref} says {word}")
    for proof in kept.evidence:
        by = f" (form {proof.form})" if proof.form else ""
        click.echo(f"  evidence: opted in by {proof.source}{by} on {proof.at:%Y-%m-%d %H:%M}")
    if kept.state == "doubtful":
        click.echo(_CHOICE)


@consent.command()
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="The first N.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def reviews(connection: str | None, limit: int, *, as_json: bool) -> None:
    """People who opted out and whose records say otherwise now, without proof. They stay restricted in Zoho."""
    doubtful = engine_or_explain(one_connection(connection)).consents.doubtful(limit=limit)
    if as_json:
        click.echo(json.dumps([_plain(kept) for kept in doubtful], indent=2))
        return
    for kept in doubtful:
        said = ", ".join(f"{ref} says {word}" for ref, word in kept.words)
        click.echo(f"{kept.email or f'person {kept.person}'}: opted out {kept.since:%Y-%m-%d %H:%M}; {said}")
    click.echo(_CHOICE if doubtful else "Nothing to review.")


@consent.command()
@click.argument("email")
@click.option("--source", required=True, metavar="TEXT", help="How they opted in: form, letter, call, fair …")
@click.option("--form", metavar="ID", help="The form, if it was one.")
@click.option("--at", "at", required=True, type=click.DateTime(), help="When, in UTC: 2026-03-01T12:00:00.")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def record(email: str, source: str, form: str | None, at: datetime, connection: str | None) -> None:
    """Keep evidence that the person opted in themselves. Newer than the opt-out, it lifts it within seconds.

    \b
    Exit code 0: kept.  1: nobody has this address, or the moment lies in the future.
    """
    engine = engine_or_explain(one_connection(connection))
    kept, moment = _found(engine, email), at.replace(tzinfo=UTC)
    if moment > engine.now():
        raise click.ClickException("an opt-in cannot lie in the future")
    engine.consents.record(kept.person, Evidence(moment, source, form), by=who_am_i(), now=engine.now())
    is_newer = kept.since is None or moment > kept.since
    click.echo("kept" if is_newer else f"kept, but the opt-out of {kept.since:%Y-%m-%d %H:%M} is newer and holds")


@consent.command()
@click.argument("email")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def restrict(email: str, connection: str | None) -> None:
    """The opt-out holds: the person is taken off the lists they stand on again.

    \b
    Exit code 0: it will be done.  1: nobody has this address, or they never opted out.
    """
    engine = engine_or_explain(one_connection(connection))
    kept = _found(engine, email)
    if kept.state not in ("restricted", "doubtful"):
        raise click.ClickException(f"{STATES[kept.state]}; Baton makes no opt-out of its own")
    engine.consents.restrict(kept.person, by=who_am_i(), now=engine.now())
    click.echo("the opt-out holds; they are taken off the lists that count")


_CHOICE = (
    "Settle it with: baton consent record EMAIL --source … --at …   (they opted in themselves)\n"
    "            or: baton consent restrict EMAIL                  (the opt-out holds)"
)


def _found(engine: Engine, email: str) -> KeptConsent:
    address = normalised(email, engine.spelling)
    if address is None:
        raise click.BadParameter(f"{email} is no e-mail address", param_hint="EMAIL")
    kept = engine.consents.of(address)
    if kept is None:
        raise click.ClickException(f"no record with the address {address} was ever seen")
    return kept


def _plain(kept: KeptConsent) -> dict[str, object]:
    return {
        "person": kept.person,
        "email": kept.email,
        "state": kept.state,
        "since": kept.since.isoformat() if kept.since else None,
        "said_by": kept.said_by,
        "words": {str(ref): word for ref, word in kept.words},
        "evidence": [
            {"at": proof.at.isoformat(), "source": proof.source, "form": proof.form, "list": proof.list_id}
            for proof in kept.evidence
        ],
    }
