"""One sentence instead of a traceback when a command's database is missing or does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def reaching_the_database() -> Iterator[None]:
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415 - help must not import it

    from config.problems import NotUsable  # noqa: PLC0415 - as above
    from workers.wiring import NotRunningError  # noqa: PLC0415 - only after the environment names the servers

    try:
        yield
    except (NotUsable, NotRunningError) as error:
        raise click.ClickException(str(error)) from None
    except OperationalError as error:
        # Its text names hosts and users.
        raise click.ClickException(f"the database does not answer ({type(error.orig).__name__})") from None
