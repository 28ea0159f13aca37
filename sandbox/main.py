"""The command `baton-sandbox`: one practice CRM on one port, until it is told to stop."""

import gc
import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from sqlite3 import DatabaseError
from typing import Any

import click

from sandbox.faults.file import BadFaultsFileError, Trouble, read_faults
from sandbox.listings import shown_faults, shown_switches
from sandbox.opening import NAMES, open_crm
from sandbox.serving import bound_socket, server_for
from sandbox.switches import complaint_about, switches_of

A_WHILE = click.IntRange(min=0)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("crm", type=click.Choice(NAMES), required=False)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--people",
    type=click.IntRange(min=0),
    default=200,
    show_default=True,
    help="How many sample people a new world has.",
)
@click.option("--seed", default=1, show_default=True, help="Which sample people: the same seed gives the same ones.")
@click.option("--data", type=FILE, help="File to keep the world in. [default: memory]")
@click.option("--limits", type=click.Choice(["on", "off"]), help="Whether the vendor's limits are kept. [default: on]")
@click.option("--latency", "latency_ms", type=A_WHILE, metavar="MS", help="Milliseconds every answer takes.")
@click.option(
    "--latency-spread", "latency_spread_ms", type=A_WHILE, metavar="MS", help="How many more or less than that."
)
@click.option("--faults", type=FILE, metavar="FILE", help="YAML file of faults, and of switches to set.")
@click.option("--set", "said", multiple=True, metavar="NAME=VALUE", help="Set a switch; may be said several times.")
@click.option("--list-switches", is_flag=True, help="Show every switch, its default and what it stands for; then stop.")
@click.option("--list-faults", is_flag=True, help="Show every fault that can be ordered; then stop.")
def main(crm: str | None, *, list_switches: bool, list_faults: bool, **asked: Any) -> None:
    """A practice CRM that speaks the vendor's wire format.

    Sample people are made from --people and --seed. Both CRMs started with the same numbers know the same people.
    With --data the world survives a restart. The vendor's limits are kept unless they are switched off.

    What nobody outside the vendor knows for certain is a switch: see --list-switches, turn it with --set.
    Trouble is ordered in a file (--faults) or by POST /_sandbox/faults; see --list-faults. A file looks like this:

    \b
      faults:
        - {kind: timeout_after_effect, route: "PUT /crm/v8/Leads*", nth: 3}
        - {kind: status, status: 503, share: 0.01, seed: 7}
      switches:
        search_lag_seconds: 120

    The control API lies under /_sandbox/ (try GET /_sandbox/health), pages for people under /_sandbox/ui/.

    \b
    Examples:
      baton-sandbox activecampaign --port 8801
      baton-sandbox zoho --port 8802 --people 1000 --data zoho.db --latency 300
      baton-sandbox zoho --port 8802 --faults trouble.yaml --set coql_lag_seconds=30
      baton-sandbox zoho --list-switches
    """
    if list_switches or list_faults:
        click.echo(shown_switches(crm) if list_switches else shown_faults(), nl=False)
    elif crm is None:
        raise click.UsageError(f"Say which practice CRM: {' or '.join(NAMES)}.")
    else:
        _serve(crm, **asked)


def _serve(crm: str, *, port: int, host: str, people: int, seed: int, data: Path | None, **asked: Any) -> None:
    trouble = _trouble(crm, asked.pop("faults"))
    settings = {**trouble.switches, **_switches(crm, **asked)}
    try:
        app = open_crm(crm, people=people, seed=seed, data=data, settings=settings)
    except DatabaseError as error:
        raise click.ClickException(f"cannot keep a world in {data}: {error}") from error
    app.ground.faults.order_all(trouble.orders)
    # A large world is there to stay: looking through all of it for garbage would hold up an answer now and then.
    gc.freeze()
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


def _trouble(crm: str, path: Path | None) -> Trouble:
    if path is None:
        return Trouble(Path())
    try:
        trouble = read_faults(path)
    except BadFaultsFileError as error:
        raise click.ClickException(str(error)) from error
    for name, value in trouble.switches.items():
        if wrong := complaint_about(switches_of(crm), name, value):
            raise click.ClickException(f"{path}:{trouble.lines[name]}: {name}: {wrong}")
    return trouble


def _switches(crm: str, *, limits: str | None, said: tuple[str, ...], **numbers: int | None) -> Mapping[str, Any]:
    """What --set says counts most."""
    switches: dict[str, Any] = {name: value for name, value in numbers.items() if value is not None}
    if limits is not None:
        switches["limits"] = limits == "on"
    for each in said:
        name, is_said, value = each.partition("=")
        if not is_said:
            raise click.ClickException(f"--set {each}: NAME=VALUE is wanted")
        switches[name] = _value(value)
        if wrong := complaint_about(switches_of(crm), name, switches[name]):
            raise click.ClickException(f"--set {each}: {wrong}")
    return switches


def _value(text: str) -> Any:
    """JSON where it is JSON, and a plain word where it is not."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _leave_quietly_when_told() -> None:
    """Being asked to stop is no failure: exit code 0, with the file closed."""
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: sys.exit(0))


if __name__ == "__main__":
    main()
