"""`baton migrate`: brings the database to this release's tables."""

import click

from console.cli.whereabouts import settings_or_explain


@click.command()
def migrate() -> None:
    """Bring the database to this release's tables; whatever is there already is left alone.

    Run it before the workers of a new release start (`make up` and docker-compose do so by themselves). Running it
    twice, or from two machines at once, is safe. It needs nothing but BATON_DATABASE_URL.

    \b
    Exit code 0: the tables are this release's.  1: the database has no address, does not answer or refuses.
    """
    # The adapters are imported only for a command that needs them.
    from workers import wiring  # noqa: PLC0415 - see above

    try:
        wiring.migrate(wiring.database_url(settings_or_explain()))
    except wiring.NotRunningError as error:
        raise click.ClickException(str(error)) from None
    except Exception as error:
        # The driver's words may quote the address.
        raise click.ClickException(f"the database could not be brought up to date: {type(error).__name__}") from error
    click.echo("the tables are up to date")
