"""The command `baton-sandbox`: one practice CRM on one port, until it is told to stop."""

import signal
import sys
from pathlib import Path

import click

from sandbox.opening import NAMES, open_crm
from sandbox.serving import bound_socket, server_for


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("crm", type=click.Choice(NAMES))
@click.option("--port", default=0, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--people", default=200, show_default=True, help="How many sample people a new world has.")
@click.option("--seed", default=1, show_default=True, help="Which sample people: the same seed gives the same ones.")
@click.option(
    "--data", type=click.Path(dir_okay=False, path_type=Path), help="File to keep the world in. [default: memory]"
)
@click.option("--limits", type=click.Choice(["on", "off"]), default=None, help="Whether the vendor's limits are kept.")
@click.option("--latency", type=int, default=None, metavar="MS", help="Milliseconds every answer takes.")
def main(
    crm: str, port: int, host: str, people: int, seed: int, data: Path | None, limits: str | None, latency: int | None
) -> None:
    """A practice CRM that speaks the vendor's wire format.

    Sample people are made from --people and --seed. Both CRMs started with the same numbers know the same people.
    With --data the world survives a restart. The control API lies under /_sandbox/ (try GET /_sandbox/health).

    \b
    Examples:
      baton-sandbox activecampaign --port 8801
      baton-sandbox zoho --port 8802 --people 1000 --data zoho.db --latency 300
    """
    switches = {"limits": None if limits is None else limits == "on", "latency_ms": latency}
    said = {name: value for name, value in switches.items() if value is not None}
    app = open_crm(crm, people=people, seed=seed, data=data, settings=said)
    try:
        listener = bound_socket(host, port)
    except OSError as error:
        app.close()
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from error
    _leave_quietly_when_told()
    listener.listen(100)
    # From here on the kernel takes connections, so the promise in the line is true.
    click.echo(f"ready on http://{host}:{listener.getsockname()[1]}")
    try:
        server_for(app).run(sockets=[listener])
    finally:
        app.close()


def _leave_quietly_when_told() -> None:
    """Being asked to stop is no failure: exit code 0, with the file closed."""
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: sys.exit(0))


if __name__ == "__main__":
    main()
