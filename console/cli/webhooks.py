"""`baton webhooks`: sets up at the vendors what calls us, shows it, and takes it away."""

import json
from collections.abc import Sequence
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from baton.domain.failures import Failure, Unauthorised
from baton.domain.records import Crm
from baton.domain.webhooks import address_problem
from baton.flows import webhooks as flows
from baton.flows.webhooks import Ensured, Shown, Standing
from config.connection import Connection
from console.cli.enginehouse import engine_or_explain, one_connection
from console.cli.webhooks_shown import address_shown, as_json, is_well, of_ours, trouble_of
from console.cli.whereabouts import use_servers

NAMES = {Crm.ACTIVECAMPAIGN: "ActiveCampaign", Crm.ZOHO: "Zoho"}
SCOPE = "the refresh token needs the scope ZohoCRM.notifications.ALL: make a new one with it"
ADMIN = "the key's user may not manage webhooks: take the key of an administrator"

connection_option = click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
crm_option = click.option("--crm", type=click.Choice([str(crm) for crm in Crm]), help="One side only. Left out: both.")


@click.group()
def webhooks() -> None:
    """Let the vendors call us when something changes, instead of waiting for the next pull.

    The pulls go on all the same: webhooks are not promised by either vendor, so they only make Baton faster. What is
    set up here is looked after by the workers: Zoho's channels end after a week at most and are put again before.
    """


@webhooks.command()
@connection_option
@crm_option
@click.option("--url", "address", metavar="URL", help="Where `baton web` is reached. Left out: BATON_WEB__PUBLIC_URL.")
@click.option("--show-url", is_flag=True, help="Print the addresses the vendors call, secret and all.")
def install(connection: str | None, crm: str | None, address: str | None, *, show_url: bool) -> None:
    """Set up the webhooks of a connection, or put them right. Run again, it changes nothing that is as it should be.

    \b
    baton webhooks install --url https://baton.example.com

    A changed address or a changed BATON_SECRET_KEY replaces what was there. Webhooks that are not ours are left alone.

    \b
    Exit code 0: both sides are as they should be.  1: one is not.  2: the command was not understood.
    """
    settings = use_servers()
    name = one_connection(connection)
    address = address or settings.web.public_url
    if not address:
        raise click.UsageError("say with --url where `baton web` is reached, or set BATON_WEB__PUBLIC_URL")
    crms = _crms(crm)
    _refuse_unreachable(address, name, crms)
    engine = engine_or_explain(name)
    done = flows.install(engine, address, crms)
    for each in done:
        click.echo(_told(each))
    for url in flows.addresses(engine, address, crms) if show_url else ():
        click.echo(url)
    _exit_on_failure(done)


@webhooks.command("list")
@connection_option
@click.option("--show-url", is_flag=True, help="Print whole addresses; those of ours hold a secret.")
@click.option("--json", "is_json", is_flag=True, help="For programs: a list of objects, one per side.")
def list_webhooks(connection: str | None, *, show_url: bool, is_json: bool) -> None:
    """Show what the vendors were told to call, whether it is ours and well, and how deliveries ended.

    \b
    Exit code 0: all that was set up is there.  1: something is missing, ended, or could not be asked.
    """
    engine = engine_or_explain(one_connection(connection))
    standings = flows.look(engine)
    if is_json:
        click.echo(json.dumps([as_json(each, show_url=show_url) for each in standings], indent=2))
    else:
        for each in standings:
            _show(each, show_url=show_url)
    if not all(is_well(each) for each in standings):
        raise SystemExit(1)


@webhooks.command()
@connection_option
@crm_option
def remove(connection: str | None, crm: str | None) -> None:
    """Take away what we set up, and only that. The pulls go on.

    \b
    Exit code 0: nothing of ours is left.  1: a vendor could not be asked; run it again.
    """
    done = flows.remove(engine_or_explain(one_connection(connection)), _crms(crm))
    for each in done:
        click.echo(_failed(each.crm, each.failure) if each.failure else f"{NAMES[each.crm]}: {each.dropped} removed")
    _exit_on_failure(done)


def _crms(crm: str | None) -> tuple[Crm, ...]:
    return (Crm(crm),) if crm else tuple(Crm)


def _refuse_unreachable(address: str, name: str, crms: Sequence[Crm]) -> None:
    connection = _connection(name)
    for crm in crms:
        problem = address_problem(address, is_practice=connection.is_practice(crm))
        if problem:
            raise click.UsageError(f"{NAMES[crm]} cannot call that address: {problem}")


def _connection(name: str) -> Connection:
    # The adapters are imported only after the environment names the servers.
    from workers import wiring  # noqa: PLC0415 - see above

    return wiring.connection_named(name, use_servers())


def _told(done: Ensured) -> str:
    if done.failure:
        return _failed(done.crm, done.failure)
    if not (done.put or done.dropped):
        return f"{NAMES[done.crm]}: as it should be, nothing was changed"
    surplus = f", {done.dropped} surplus removed" if done.dropped else ""
    return f"{NAMES[done.crm]}: {done.put} set up{surplus}"


def _failed(crm: Crm, failure: Failure) -> str:
    advice = ""
    if isinstance(failure, Unauthorised):
        advice = f"; {SCOPE if crm is Crm.ZOHO else ADMIN}"
    return f"{NAMES[crm]}: {failure.reason}{advice}"


def _exit_on_failure(done: Sequence[Ensured]) -> None:
    if any(each.failure for each in done):
        raise SystemExit(1)


def _show(standing: Standing, *, show_url: bool) -> None:
    console = Console(highlight=False)
    if standing.failure:
        console.print(_failed(standing.crm, standing.failure), markup=False)
    else:
        console.print(_table(standing, show_url=show_url))
        if trouble := trouble_of(standing):
            console.print(trouble, markup=False)
    for count in standing.counts:
        console.print(f"  {count.outcome} {count.count}, last {_moment(count.last_at)}", markup=False)


def _table(standing: Standing, *, show_url: bool) -> Table:
    table = Table(title=NAMES[standing.crm], title_justify="left", box=None, padding=(0, 1))
    for column in ("is", "calls", "events", "ends", "id"):
        # Cut addresses and ids are of no use to anybody.
        table.add_column(column, overflow="fold")
    for each in standing.shown:
        table.add_row(*_row(each, show_url=show_url))
    return table


def _row(each: Shown, *, show_url: bool) -> tuple[str, ...]:
    held = each.held
    url = held.url if show_url else address_shown(held.url)
    return (of_ours(each), url, " ".join(held.events), _moment(held.expires), held.id)


def _moment(at: datetime | None) -> str:
    return "never" if at is None else f"{at:%Y-%m-%d %H:%M} UTC"
