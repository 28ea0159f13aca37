"""`baton web`: the process that takes webhooks."""

import logging
import os
from collections.abc import Mapping
from socket import socket

import click

from baton.engine import Engine
from config.problems import NotUsable
from config.settings import Settings
from console.cli.whereabouts import use_servers
from console.web.serving import bound_socket, door_for, server_for


@click.command()
@click.option("--host", metavar="ADDRESS", help="Where to listen. Left out: BATON_WEB__HOST, else 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="Left out: BATON_WEB__PORT, else 8088; 0: a free one.")
def web(host: str | None, port: int | None) -> None:
    """Take the vendors' webhooks, so that changes arrive within a second and not with the next pull.

    \b
    POST /hooks/<connection>/activecampaign/<secret>   webhooks, and webhook actions of automations
    POST /hooks/<connection>/zoho                      notifications
    GET  /health                                       200 while deliveries can be kept, else 503

    It needs the database, Redis, the key (BATON_SECRET_KEY) and the connections' folder, as the workers do. While the
    database is away deliveries are kept below the state folder and brought back by themselves; several of these may
    run side by side. Let a proxy with a certificate stand before it: the vendors call https on port 443.

    What the vendors have to call is set up with `baton webhooks install`. Exit code 1: it could not start.
    """
    settings = use_servers()
    # The adapters are imported only after the environment names the servers.
    from workers import wiring  # noqa: PLC0415 - see above

    try:
        engines = {each.name: wiring.engine_for(each.name) for each in wiring.all_connections(settings)}
        listener = bound_socket(host or settings.web.host, settings.web.port if port is None else port)
    except (NotUsable, wiring.NotRunningError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"cannot listen there: {os.strerror(error.errno or 0)}") from None
    serve(engines, settings, listener)


def serve(engines: Mapping[str, Engine], settings: Settings, listener: socket) -> None:
    # The application reads the whole configuration as it is imported.
    from tasks.nudges import nudge_fetch  # noqa: PLC0415 - see above
    from workers.app import app  # noqa: PLC0415 - see above
    from workers.lifecycle import log_to_stderr  # noqa: PLC0415 - see above

    log_to_stderr(logging.INFO)
    # Messages are sent from threads, which know only the default application.
    app.set_default()
    listener.listen(256)
    at = listener.getsockname()
    click.echo(f"taking webhooks for {', '.join(engines)} on {at[0]} port {at[1]}")
    server_for(door_for(engines, settings, nudge_fetch)).run(sockets=[listener])
