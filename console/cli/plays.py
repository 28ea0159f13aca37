"""`baton plays`: what the plays of handoff.yaml are, whether they are in order, and what they would do for somebody."""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from baton.domain.handoff import Assign, Forsake, Outcome, Suppress, WaitForRecord
from baton.domain.identity import looks_like_an_address
from baton.domain.plays import Crosses, Play
from baton.domain.records import CONTACT, Crm
from baton.domain.values.places import held
from baton.engine import Engine
from baton.flows.handoff import refresh_users, rehearse
from config.loading import read_policies
from config.policy.outline import json_schema
from config.policy.written_handoff import WrittenHandoff
from config.policy.written_sla import WrittenSla
from config.problems import NotUsable
from console.cli.enginehouse import engine_or_explain, one_connection
from console.cli.whereabouts import settings_or_explain

FORMS = {"handoff": WrittenHandoff, "sla": WrittenSla}


@click.group()
def plays() -> None:
    """Handoff rules: what sets them off, who is left out, who gets a person.

    They are written in config/connections/NAME/handoff.yaml, the clocks in sla.yaml beside it. Leave the files out
    and nothing is handed over. docs/handoffs.md explains them.
    """


@plays.command("list")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def list_plays(connection: str | None) -> None:
    """Show the plays, their triggers, and since when they are armed."""
    engine = engine_or_explain(one_connection(connection))
    if not engine.automation.plays:
        click.echo("There are no plays: handoff.yaml names none.")
    for play in engine.automation.plays:
        armed = engine.automation.handoffs.armed_at(play.name)
        since = f"armed since {armed:%Y-%m-%d %H:%M:%S}" if armed else "not armed yet: no worker has seen it"
        click.echo(f"{play.name}: {_trigger(play)}; {since}")
        for route in play.routing.routes:
            click.echo(f"    {', '.join(sorted(route.countries))} → {route.to}")
        click.echo(f"    otherwise → {play.routing.otherwise or 'nobody'}")
    for rule in engine.automation.clock_rules:
        click.echo(f"{rule.name}: due {rule.due_in} after {', '.join(sorted(rule.plays))}")


@plays.command()
@click.option(
    "--accounts", is_flag=True, help="Ask the accounts too: are the fields there, may the users be given work?"
)
@click.option("--connection", metavar="NAME", help="For --accounts. Left out: the only one there is.")
def check(connection: str | None, *, accounts: bool) -> None:
    """Read the YAML of all connections and tell everything that is wrong with it.

    \b
    Exit code 0: all is well.  1: problems were found.
    """
    try:
        policies = read_policies(settings_or_explain().connections_dir, os.environ)
    except NotUsable as error:
        for problem in error.problems:
            click.echo(str(problem.seen_from(Path.cwd())))
        raise SystemExit(1) from None
    for policy in policies:
        automation = policy.automation
        click.echo(f"✓ {policy.name}: {len(automation.plays)} plays, {len(automation.clock_rules)} clocks")
    if accounts and _accounts_lack(engine_or_explain(one_connection(connection))):
        raise SystemExit(1)


@plays.command()
@click.argument("email")
@click.option("--play", "name", metavar="PLAY", help="Left out: every play.")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def simulate(email: str, name: str | None, connection: str | None) -> None:
    """Tell, step by step, what the plays would do for EMAIL if they were set off now. Nothing is written.

    \b
    Exit code 0: somebody was found.  1: nobody, or there is no such play.
    """
    if not looks_like_an_address(email.strip()):
        raise click.BadParameter(f"{email!r} is no e-mail address", param_hint="EMAIL")
    engine = engine_or_explain(one_connection(connection))
    chosen = [play for play in engine.automation.plays if name in {None, play.name}]
    if not chosen:
        raise click.ClickException("there is no such play; `baton plays list` shows them")
    for play in chosen:
        _tell_rehearsal(play, email.strip().lower(), engine)


@plays.command()
@click.option("--kind", type=click.Choice(sorted(FORMS)), default="handoff", show_default=True, help="For which file.")
def schema(kind: str) -> None:
    """Print the JSON Schema by which an editor completes and checks handoff.yaml or sla.yaml.

    \b
    After an upgrade:
      baton plays schema > config/connections/.schema/handoff.json
      baton plays schema --kind sla > config/connections/.schema/sla.json
    """
    click.echo(json.dumps(json_schema(FORMS[kind]), indent=2, ensure_ascii=False))


def _trigger(play: Play) -> str:
    if isinstance(play.trigger, Crosses):
        return f"{play.trigger.place} rises to {play.trigger.at_least:g}"
    return f"{play.trigger.place} gets a new stamp"


def _tell_rehearsal(play: Play, email: str, engine: Engine) -> None:
    found = rehearse(play, email, engine)
    if found is None:
        raise click.ClickException(f"nobody with the address {email} is known in ActiveCampaign; `baton status` says")
    case, outcome = found
    shows = held(case.contact.row, play.trigger.place) if case.contact else None
    click.echo(f"{play.name}: set off when {_trigger(play)}; it shows {shows or 'nothing'} now")
    click.echo(f"    record in Zoho: {case.record.ref if case.record else 'none yet'}")
    for line in _lines(outcome):
        click.echo(f"    {line}")


def _lines(outcome: Outcome) -> Iterator[str]:
    if not isinstance(outcome, WaitForRecord):
        yield from (f"{step.looked_at}: {step.outcome}" for step in outcome.steps)
    match outcome:
        case Assign(owner=owner, is_kept=is_kept, task=task):
            yield f"→ owner: {owner.name}" + (" (already)" if is_kept else "")
            yield f"→ task: {task['Subject']} ({task['Priority']}, due {task['Due_Date']})"
        case Suppress(reason):
            yield f"→ nothing: {reason}"
        case WaitForRecord(reason):
            yield f"→ {reason}"
        case Forsake(reason):
            yield f"→ a person must look: {reason}"


def _accounts_lack(engine: Engine) -> bool:
    problems = [*_fields_lack(engine), *_users_lack(engine)]
    for problem in problems:
        click.echo(problem)
    if not problems:
        click.echo("✓ the accounts have the fields and the users")
    return bool(problems)


def _fields_lack(engine: Engine) -> Sequence[str]:
    known = engine.gateways[Crm.ACTIVECAMPAIGN].schema(CONTACT)
    return [
        f"{play.name}: ActiveCampaign has no field {play.trigger.place}; make it there, and an automation that sets it"
        for play in engine.automation.plays
        if play.trigger.place not in known
    ]


def _users_lack(engine: Engine) -> Sequence[str]:
    able = {key for user in refresh_users(engine) if user.is_active for key in user.keys}
    named = [
        (play.name, name)
        for play in engine.automation.plays
        for name in (*(route.to for route in play.routing.routes), play.routing.otherwise)
        if name is not None
    ]
    named += [(rule.name, rule.escalate_to) for rule in engine.automation.clock_rules if rule.escalate_to]
    return [f"{where}: {name} is no active user of Zoho" for where, name in named if name.casefold() not in able]
