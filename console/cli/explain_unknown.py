"""What `baton explain` asks for beside the story: a person's fields, and what there is to say of somebody unknown."""

import click

from baton.domain.chain import FieldStory
from baton.domain.story import Story
from console.cli.reaching import reaching_the_database


def fields_of(connection: str, story: Story, only: str | None) -> tuple[FieldStory, ...]:
    from workers import reports  # noqa: PLC0415 - the adapters are imported only after the environment names the servers

    with reaching_the_database():
        return reports.field_stories(connection, story, only)


def tell_unknown(connection: str, who: str) -> None:
    """On the error stream, so that a program that reads JSON still gets an empty list."""
    from workers import reports  # noqa: PLC0415 - as above

    with reaching_the_database():
        unknown = reports.why_unknown(connection, who)
    click.echo(f"Nobody is known as {who}: no record with it was ever seen.", err=True)
    if unknown.refused is not None:
        click.echo(f"The contract would refuse it: {unknown.refused}.", err=True)
    if unknown.trouble is not None:
        click.echo(f"The connection is paused: {unknown.trouble}.", err=True)
    for stream in unknown.streams:
        last = f"read {stream.last:%Y-%m-%d %H:%M:%S}" if stream.last else "never read to its end"
        click.echo(f"  {stream.stream}: {last}, next {stream.next:%Y-%m-%d %H:%M:%S}", err=True)
