"""What webhooks hear of accounts and memberships. Accounts belong to no contact, so no contact is in what is told."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.activecampaign.record_fields import values
from sandbox.activecampaign.record_fields.kinds import ACCOUNT
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks.deliveries import tell
from sandbox.activecampaign.webhooks.happenings import Happening
from sandbox.activecampaign.world import World
from sandbox.store import Row

Pairs = tuple[tuple[str, str], ...]
TOLD_AS = {"url": "account_url"}


def of_an_account(world: World, row: Row, event: str, source: Source, changed: dict[str, Any] | None = None) -> None:
    more = (*_account(world, row), *_updated(changed or {}))
    tell(world, None, [Happening(event, more=more, subject=row["id"])], source)


def of_a_membership(world: World, row: Row, event: str, source: Source) -> None:
    names = {"id": "id", "account": "account", "contact": "contact", "job_title": "title"}
    pairs = tuple((f"accountContact[{name}]", row[key]) for name, key in names.items())
    more = (*pairs, *_account(world, world.accounts.rows[row["account"]]))
    tell(world, world.contacts.rows[row["contact"]], [Happening(event, more=more, subject=row["id"])], source)


def _account(world: World, row: Row) -> Pairs:
    return (
        ("account[id]", row["id"]),
        ("account[name]", row["name"]),
        ("account[account_url]", row.get("url") or ""),
        ("account[created_timestamp]", stamps.naive(row["created"])),
        ("account[updated_timestamp]", stamps.naive(row["updated"])),
        *values.told(world, ACCOUNT, row["id"]),
    )


def _updated(changed: dict[str, Any]) -> Pairs:
    return tuple((f"updated_fields[{place}]", TOLD_AS.get(name, name)) for place, name in enumerate(changed))
