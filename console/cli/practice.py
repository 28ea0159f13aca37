"""`baton practice`: what a person does at the screens of the practice CRMs, typed."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from baton.domain.records import Crm, Module
from console.cli.practice_screen import NoSuchPerson, Record, Screen
from console.cli.practice_values import NAMES, NotUnderstood, Typed, module_of, values_of
from console.cli.whereabouts import running_or_explain

CRMS = click.Choice([str(crm) for crm in Crm])
WHO = click.argument("who", metavar="EMAIL|ID")
Read = TypeVar("Read")
MODULE = click.option("--module", help="Zoho's Leads or Contacts. Left out: wherever the person is.")


@click.group()
def practice() -> None:
    """Be a person at the screens of the practice CRMs.

    \b
      baton practice list
      baton practice edit anna@example.com --phone "+49 30 1234567" --set JOB_TITLE=Buyer
      baton practice edit anna@example.com --first-name Anne --crm zoho
      baton practice show anna@example.com
      baton practice submit dana@example.org --first-name Dana --last-name Reyes --country Spain
      baton practice tasks
    """


def which_crm(default: str | None = str(Crm.ACTIVECAMPAIGN)) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("--crm", type=CRMS, default=default, show_default=default is not None, help="At whose screens.")


def fields(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which a record is filled in."""
    options = [
        click.option("--first-name"),
        click.option("--last-name"),
        click.option("--phone"),
        click.option("--company"),
        click.option(
            "--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Any other field, by its API name."
        ),
        click.option("--tag", "tags", multiple=True, help="ActiveCampaign: a tag to put on."),
        click.option("--list", "lists", multiple=True, metavar="LIST=STATUS", help="ActiveCampaign: subscribed, …"),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@practice.command(name="list")
@which_crm()
@click.option("--module", help="Zoho's Leads or Contacts. Left out: both.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(min=0), default=0)
def list_people(crm: str, module: str | None, limit: int, offset: int) -> None:
    """Show who is there."""
    screen = screen_of(Crm(crm))
    for each in understood(lambda: module_of(screen.crm, module)):
        records, total = screen.records(each, limit=limit, offset=offset)
        Console(highlight=False).print(people_table(each, records, total))


@practice.command()
@WHO
@which_crm(None)
@click.option("--json", "as_json", is_flag=True, help="The whole records, for programs.")
def show(who: str, crm: str | None, *, as_json: bool) -> None:
    """Show one person in both CRMs."""
    screens = [screen_of(Crm(crm))] if crm else screens_here()
    found = {module: record for screen in screens for module, record in everywhere(screen, who)}
    if not found:
        raise click.ClickException(f"nobody here is known as {who}: `baton practice list` shows who is")
    if as_json:
        click.echo(json.dumps({str(module): record for module, record in found.items()}, indent=2, ensure_ascii=False))
        return
    for module, record in found.items():
        Console(highlight=False).print(record_table(module, record))


@practice.command()
@click.argument("email")
@fields
@which_crm()
@click.option("--module", default=None, help="Zoho's Leads (the default) or Contacts.")
def add(email: str, crm: str, module: str | None, **typed: Any) -> None:
    """Add a person, as somebody at the screens would."""
    screen = screen_of(Crm(crm))
    place = understood(lambda: module_of(screen.crm, module))[-1]
    values = understood(lambda: values_of(screen.crm, Typed(email=email, **typed)))
    record = screen.create(place, values)
    click.echo(f"added {place}:{record['id']}")


@practice.command()
@WHO
@fields
@click.option("--email", help="A new address.")
@which_crm()
@MODULE
def edit(who: str, crm: str, module: str | None, **typed: Any) -> None:
    """Edit a person, as somebody at the screens would."""
    screen = screen_of(Crm(crm))
    values = understood(lambda: values_of(screen.crm, Typed(**typed)))
    if not values:
        raise click.UsageError("nothing to edit: give --first-name, --phone, --set FIELD=VALUE …")
    place, record = first_of(screen, module, who, lambda each: screen.edit(each, who, values))
    click.echo(f"edited {place}:{record['id']}: {', '.join(values)}")


@practice.command()
@WHO
@which_crm()
@MODULE
def remove(who: str, crm: str, module: str | None) -> None:
    """Delete a person, as somebody at the screens would."""
    screen = screen_of(Crm(crm))
    place, record = first_of(screen, module, who, lambda each: screen.find(each, who))
    screen.delete(place, str(record["id"]))
    click.echo(f"removed {place}:{record['id']}")


def screens_here() -> list[Screen]:
    crms = running_or_explain().crms
    if not crms:
        raise click.ClickException("both accounts are real here; this command is for practice CRMs only")
    return [Screen(Crm(name), url) for name, url in crms.items()]


def screen_of(crm: Crm) -> Screen:
    url = running_or_explain().crms.get(str(crm))
    if url is None:
        raise click.ClickException(f"{crm} is the real account here; this command is for practice CRMs only")
    return Screen(crm, url)


def understood(read: Callable[[], Read]) -> Read:
    try:
        return read()
    except NotUnderstood as error:
        raise click.UsageError(str(error)) from None


def everywhere(screen: Screen, who: str) -> list[tuple[Module, Record]]:
    found = []
    for module in module_of(screen.crm, None):
        try:
            found.append((module, screen.find(module, who)))
        except NoSuchPerson:
            continue
    return found


def first_of(screen: Screen, module: str | None, who: str, act: Callable[[Module], Record]) -> tuple[Module, Record]:
    """Does it where the person is: the modules are tried in turn."""
    for each in understood(lambda: module_of(screen.crm, module)):
        try:
            return each, act(each)
        except NoSuchPerson:
            continue
    raise click.ClickException(f"nobody in {screen.crm} is known as {who}: `baton practice list` shows who is")


def people_table(module: Module, records: Sequence[Record], total: int) -> Table:
    names = NAMES[module.crm]
    table = Table("id", title=f"{module} ({total})", title_justify="left")
    # An address is what the other commands are called with, so it is never cut.
    table.add_column("email", overflow="fold", min_width=32)
    for name in ("first name", "last name", "phone"):
        table.add_column(name)
    for record in records:
        shown = (record.get(names[name]) for name in ("email", "first_name", "last_name", "phone"))
        table.add_row(str(record["id"]), *("" if value is None else str(value) for value in shown))
    return table


def record_table(module: Module, record: Record) -> Table:
    table = Table("field", "value", title=f"{module}:{record['id']}", title_justify="left")
    for name, value in record.items():
        if value not in (None, "", [], {}):
            table.add_row(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return table
