"""`baton practice submit|tasks|complete`: what people do there beside editing records."""

import click
from rich.console import Console
from rich.table import Table

from baton.domain.records import Crm, Module
from console.cli.practice import practice, screen_of
from console.cli.practice_screen import NoSuchPerson

TASKS = Module(Crm.ZOHO, "Tasks")


@practice.command()
@click.argument("email")
@click.option("--form", default="Demo request", show_default=True, help="Which form of the practice ActiveCampaign.")
@click.option("--first-name")
@click.option("--last-name")
@click.option("--phone")
@click.option("--country", help="Decides in the demo connection who in sales is to call.")
def submit(email: str, form: str, country: str | None, **typed: str | None) -> None:
    """Submit a form on the company's website, as a lead would.

    \b
      baton practice submit dana@example.org --first-name Dana --last-name Reyes --country Spain
    """
    body: dict[str, object] = {"form": form, "email": email, **{name: v for name, v in typed.items() if v}}
    if country:
        body["fields"] = {"COUNTRY": country}
    contact = screen_of(Crm.ACTIVECAMPAIGN).do("submit_form", body)
    click.echo(f"{form!r} submitted by activecampaign:contact:{contact['id']}")


@practice.command()
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
def tasks(limit: int) -> None:
    """Show what sales has to do: the tasks in the practice Zoho."""
    records, total = screen_of(Crm.ZOHO).records(TASKS, limit=limit, offset=0)
    table = Table("id", "subject", "owner", "due", "status", title=f"{TASKS} ({total})", title_justify="left", box=None)
    for task in records:
        owner = task.get("Owner")
        name = str(owner.get("name", "")) if isinstance(owner, dict) else ""
        shown = (task.get("Subject"), name, task.get("Due_Date"), task.get("Status"))
        table.add_row(str(task["id"]), *("" if value is None else str(value) for value in shown))
    Console(highlight=False).print(table)


@practice.command()
@click.argument("task", metavar="TASK-ID")
def complete(task: str) -> None:
    """Complete a task, as the salesperson who called would: a touch, that stops the clock."""
    try:
        screen_of(Crm.ZOHO).do("complete_task", {"id": task})
    except NoSuchPerson:
        raise click.ClickException(f"there is no task {task}: `baton practice tasks` shows those there are") from None
    click.echo(f"completed {TASKS}:{task}")
