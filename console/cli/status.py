"""`baton status`: one look at the connections, for a person or as JSON."""

import json

import click
from rich.console import Console

from baton.domain.status import Status
from config.loading import connection_names
from config.problems import NotUsable
from config.settings import Settings
from console.cli.whereabouts import use_servers
from console.up.board import board
from console.up.looking import look_at


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object per connection, in a list.")
def status(as_json: bool) -> None:
    """Show how the connections stand: who is in step, what waits, what went wrong.

    Looks into the database the environment names, else into that of the running `make up`.
    """
    statuses = look(names(use_servers()))
    if as_json:
        click.echo(json.dumps([each.to_json() for each in statuses], indent=2))
        return
    Console(highlight=False).print(board([(each, {}) for each in statuses]))


def names(settings: Settings) -> list[str]:
    try:
        return list(connection_names(settings.connections_dir))
    except NotUsable as error:
        raise click.ClickException(str(error)) from None


def look(connections: list[str]) -> tuple[Status, ...]:
    try:
        return look_at(connections)
    except Exception as error:
        raise click.ClickException(f"the database does not answer: {type(error).__name__}") from error
