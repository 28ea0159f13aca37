"""`baton up`, which `make up` calls."""

from datetime import timedelta

import click
from rich.console import Console

from console.up.crms import Sample
from console.up.story import Wish
from console.up.story import up as bring_up


@click.command()
@click.option("--until", type=click.Choice(["in-step"]), help="End by itself once both sides are in step.")
@click.option("--within", type=click.IntRange(min=1), default=300, show_default=True, help="Seconds --until may take.")
@click.option("--people", type=click.IntRange(min=0), default=200, show_default=True, help="How many sample people.")
@click.option("--seed", type=int, default=7, show_default=True, help="Which sample people.")
def up(until: str | None, within: int, people: int, seed: int) -> None:
    """Start everything on this machine and show what happens; Ctrl-C ends it.

    Private servers and practice CRMs are started for whatever has no address or credentials. Their data stays in
    the state folder (BATON_STATE_DIR, else .baton); --people and --seed count the first time only.
    """
    goal = timedelta(seconds=within) if until else None
    raise SystemExit(bring_up(Wish(goal, Sample(people, seed)), Console(highlight=False)))
