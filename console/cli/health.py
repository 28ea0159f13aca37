"""`baton health`: one line and an exit code, for whoever supervises the processes."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import click

from config.problems import NotUsable
from config.settings import Settings
from console.cli.whereabouts import settings_or_explain, use_servers


@click.group()
def health() -> None:
    """Tell whether a process does its work, in one line.

    \b
    Exit code 0: it is well.  1: it is not; the line says what is wrong and where to look.
    """


@health.command()
def worker() -> None:
    """The workers of this state folder: do they consume, do their slots move, and is the database in reach?

    A worker's own loop writes a note every few seconds while its broker holds; this only reads it, so it may be
    asked every minute. It has to run where the worker runs.
    """
    from workers import health as judge  # noqa: PLC0415 - only commands that are called load what they need

    settings = use_servers()
    say(lambda: judge.worker(settings.state_dir, database(settings), time.time()))


within = click.option(
    "--within", type=click.IntRange(min=5), default=120, show_default=True, help="Seconds a tick may be old."
)


@health.command()
@within
def beat(within: int) -> None:
    """Beat: has what it sends been done lately? Asked of the database, so it may run anywhere.

    A tick that was sent and not done counts as none: look at the workers, too. While a connection is paused there is
    one tick every half minute.
    """
    from workers import health as judge  # noqa: PLC0415 - see above

    url = database(use_servers())
    say(lambda: judge.beat(url, datetime.now(UTC), timedelta(seconds=within)))


@health.command()
@click.option("--url", metavar="URL", help="Left out: the page /health of `baton web` on this machine.")
def web(url: str | None) -> None:
    """A page that has to answer with 2xx: that of `baton web`, or any other that is named."""
    from workers import health as judge  # noqa: PLC0415 - see above

    if url is not None and not url.startswith(("http://", "https://")):
        raise click.UsageError("--url begins with http:// or https://")
    asked = url or f"http://127.0.0.1:{settings_or_explain().web.port}/health"
    say(lambda: judge.page(asked))


@health.command()
@within
def fleet(within: int) -> None:
    """All of it, seen from outside: both servers, the last tick, and a worker for every queue."""
    from workers import fleet as whole  # noqa: PLC0415 - see above
    from workers.redis_servers import redis_client  # noqa: PLC0415 - see above

    settings = use_servers()
    url = settings.redis_url.get_secret_value() if settings.redis_url else ""
    try:
        broker = redis_client(url, settings.redis_master, patience=5)
    except NotUsable as error:
        raise click.ClickException(str(error)) from None
    say(lambda: whole.fleet(database(settings), broker, datetime.now(UTC), timedelta(seconds=within)))


def say(ask: Callable[[], str]) -> None:
    from workers.health import Unwell  # noqa: PLC0415 - see above

    try:
        click.echo(ask())
    except Unwell as unwell:
        click.echo(str(unwell))
        raise SystemExit(1) from None


def database(settings: Settings) -> str:
    # Whoever has called `use_servers` has been told when there is none.
    return settings.database_url.get_secret_value() if settings.database_url else ""
