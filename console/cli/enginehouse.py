"""The engine of a connection for a command, or one sentence that says why there is none."""

import click

from baton.engine import Engine
from config.loading import connection_names
from config.problems import NotUsable
from console.cli.whereabouts import use_servers


def one_connection(name: str | None) -> str:
    """The named connection, or the only one there is."""
    settings = use_servers()
    try:
        names = connection_names(settings.connections_dir)
    except NotUsable as error:
        raise click.ClickException(str(error)) from None
    if name is not None and name not in names:
        raise click.ClickException(f"there is no connection {name!r}; there are: {', '.join(names)}")
    if name is None and len(names) > 1:
        raise click.ClickException(f"say which --connection: {', '.join(names)}")
    return name or names[0]


def engine_or_explain(name: str) -> Engine:
    # The adapters are imported only after the environment names the servers.
    from workers import wiring  # noqa: PLC0415 - see above

    try:
        return wiring.engine_for(name)
    except (NotUsable, wiring.NotRunningError) as error:
        raise click.ClickException(str(error)) from None
