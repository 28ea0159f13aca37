"""What webhooks hear of deals and pipelines: the contact, then the deal, its money written out in words of people."""

from typing import Any

from sandbox.activecampaign import catalogue_shapes, stamps
from sandbox.activecampaign.record_fields import values
from sandbox.activecampaign.record_fields.kinds import DEAL
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks.deliveries import tell
from sandbox.activecampaign.webhooks.happenings import Happening
from sandbox.activecampaign.world import World
from sandbox.store import Row

Pairs = tuple[tuple[str, str], ...]
SYMBOLS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥"}


def of_a_deal(
    world: World, row: Row, event: str, source: Source, changed: dict[str, Any] | None = None, more: Pairs = ()
) -> None:
    updated = tuple((f"updated_fields[{place}]", name) for place, name in enumerate(changed or ()))
    happening = Happening(event, more=(*_deal(world, row), *more, *updated), subject=row["id"])
    tell(world, world.contacts.get(row["contact"]), [happening], source)


def of_a_definition(world: World, event: str, called: str, row: Row, names: tuple[str, ...], source: Source) -> None:
    """A pipeline, a stage or a type of task was added."""
    more = tuple((f"{called}[{name}]", str(row[name])) for name in ("id", *names))
    tell(world, None, [Happening(event, more=more, subject=row["id"])], source)


def _deal(world: World, row: Row) -> list[tuple[str, str]]:
    said = {**_itself(row), **_place(world, row), **_people(world, row)}
    return [*((f"deal[{name}]", value) for name, value in said.items()), *values.told(world, DEAL, row["id"])]


def _itself(row: Row) -> dict[str, str]:
    value = row["value"] / 100
    return {
        "id": row["id"],
        "title": row["title"],
        "create_date": stamps.naive(row["cdate"]),
        "create_date_iso": stamps.with_offset(row["cdate"]),
        "value": f"{value:,.2f}",
        "value_raw": f"{value:.2f}".removesuffix(".00"),
        "currency": row["currency"],
        "currency_symbol": SYMBOLS.get(row["currency"], row["currency"].upper()),
        "status": str(row["status"]),
    }


def _place(world: World, row: Row) -> dict[str, str]:
    stage, pipeline = world.deal_stages.get(row["stage"]), world.deal_groups.get(row["group"])
    return {
        "stageid": row["stage"],
        "stage_title": stage["title"] if stage else "",
        "pipelineid": row["group"],
        "pipeline_title": pipeline["title"] if pipeline else "",
    }


def _people(world: World, row: Row) -> dict[str, str]:
    user, contact = catalogue_shapes.user(""), world.contacts.get(row["contact"])
    account = world.accounts.get(row["account"])
    names = {"email": "email", "firstname": "firstName", "lastname": "lastName"}
    return {
        "orgid": account["id"] if account else "0",
        "orgname": account["name"] if account else "",
        "owner": row["owner"],
        "owner_firstname": user["firstName"] if row["owner"] == user["id"] else "",
        "owner_lastname": user["lastName"] if row["owner"] == user["id"] else "",
        "contactid": row["contact"] or "0",
        **{f"contact_{name}": contact[key] if contact else "" for name, key in names.items()},
    }
