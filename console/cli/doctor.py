"""`baton doctor`: asks the accounts of a connection whether its contract can work there."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baton.flows.doctor import Finding, examine
from baton.flows.doctor.hooks import check_webhooks
from config.connection import Connection
from config.loading import load_connection, load_connections
from config.problems import NotUsable
from console.cli.whereabouts import use_servers
from workers.wiring import NotRunningError, engine_for

MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("·", "yellow")}

Examined = Mapping[str, Sequence[Finding]]


@click.command()
@click.option("--connection", "name", metavar="NAME", help="One connection only. Left out: all of them.")
@click.option("--json", "as_json", is_flag=True, help="Tell the findings as JSON, for scripts.")
def doctor(name: str | None, *, as_json: bool) -> None:
    """Ask both accounts whether the contract can work there, and say what to do about every no.

    Doctor asks who the tokens belong to, tries every kind of read that Baton needs, and compares the contract with
    the fields and picklists the accounts have. It writes nothing. Run it after a change of the contract, of a token
    or of a layout in Zoho.

    \b
    ✓ it is so.   ✗ it must be put right.   · worth knowing, or it could not be told.

    \b
    Exit code 0: no ✗.  1: at least one ✗.  2: the command was not understood.
    """
    examined = {connection.name: _examine(connection) for connection in _connections(name)}
    if as_json:
        click.echo(json.dumps([_as_json(*each) for each in examined.items()], indent=2, ensure_ascii=False))
    else:
        _show(examined)
    if any(finding.ok is False for findings in examined.values() for finding in findings):
        raise SystemExit(1)


def _connections(name: str | None) -> Sequence[Connection]:
    settings = use_servers()
    try:
        if name is None:
            return load_connections(settings, os.environ)
        return [load_connection(name, settings, os.environ)]
    except NotUsable as error:
        raise click.ClickException(str(error)) from None


def _examine(connection: Connection) -> tuple[Finding, ...]:
    try:
        engine = engine_for(connection.name)
    except NotRunningError as error:
        raise click.ClickException(str(error)) from None
    user = connection.zoho.integration_user
    found = examine(
        engine.gateways,
        engine.contract,
        engine.streams,
        engine.automation.plays,
        engine.automation.clock_rules,
        integration_user=user,
    )
    return (*found, *check_webhooks(engine))


def _as_json(name: str, findings: Sequence[Finding]) -> dict[str, object]:
    is_well = all(finding.ok is not False for finding in findings)
    return {"connection": name, "ok": is_well, "findings": [asdict(finding) for finding in findings]}


def _show(examined: Examined) -> None:
    console = Console(highlight=False)
    for name, findings in examined.items():
        console.print(_table(name, findings))
        noes = sum(finding.ok is False for finding in findings)
        console.print(f"{name}: {noes} to put right\n" if noes else f"{name}: nothing to put right\n")


def _table(name: str, findings: Sequence[Finding]) -> Table:
    table = Table(title=f"connection {name}", title_justify="left", box=None, padding=(0, 1), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    for finding in findings:
        mark, colour = MARKS[finding.ok]
        told = f"{finding.detail}\n→ {finding.advice}" if finding.advice else finding.detail
        table.add_row(Text(mark, colour), Text(finding.check), Text(told))
    return table
