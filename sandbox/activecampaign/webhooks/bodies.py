"""Form bodies with bracket keys: what an API webhook carries, and the other shape an automation's own action has."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from sandbox.activecampaign import stamps
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks.happenings import Happening
from sandbox.activecampaign.world import World
from sandbox.store import Row

Pairs = Iterable[tuple[str, str]]

FORM = "application/x-www-form-urlencoded"
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - the vendor's way of saying that no address is known
BY_THE_CONTACT = "subscriber"


def event_body(world: World, row: Row | None, happening: Happening, source: Source) -> bytes:
    """What every event says, then the contact it is about, if any, then what only this kind of event says."""
    return encoded(
        [
            ("type", happening.event),
            ("date_time", stamps.with_offset(world.now())),
            ("initiated_from", source),
            ("initiated_by", BY_THE_CONTACT if source is Source.PUBLIC else source),
            ("list", happening.list),
            *(() if row is None else _whole_contact(world, row)),
            *(() if happening.tag is None else [("tag", str(world.tags.rows[happening.tag]["tag"]))]),
            *happening.more,
        ]
    )


def _whole_contact(world: World, row: Row) -> list[tuple[str, str]]:
    """Fields by their number, and only those with a value: a field that was emptied is not there at all."""
    account = world.accounts.get(row["account"])
    organisation = account["name"] if account else ""
    return [
        *_contact(world, row, organisation),
        ("contact[ip]", NO_ADDRESS),
        *((f"contact[fields][{field['id']}]", value) for field, value in _values(world, row)),
        ("customer_acct_name", organisation),
        ("customer_acct_id", account["id"] if account else ""),
        ("orgname", organisation),
    ]


def automation_body(world: World, row: Row, series: str) -> bytes:
    """No type and no time; fields by their personalisation tag in small letters."""
    account = world.accounts.get(row["account"])
    return encoded(
        [
            ("seriesid", series),
            *_contact(world, row, account["name"] if account else ""),
            ("contact[ip4]", NO_ADDRESS),
            *((f"contact[fields][{field['perstag'].lower()}]", value) for field, value in _values(world, row)),
        ]
    )


def encoded(pairs: Pairs) -> bytes:
    return urlencode(list(pairs)).encode()


def _contact(world: World, row: Row, organisation: str) -> list[tuple[str, str]]:
    tags = ", ".join(world.tags.rows[tag]["tag"] for tag in world.tags_of[row["id"]])
    names = {"email": "email", "first_name": "firstName", "last_name": "lastName", "phone": "phone"}
    return [
        ("contact[id]", row["id"]),
        *((f"contact[{name}]", row[key]) for name, key in names.items()),
        ("contact[tags]", tags),
        ("contact[customer_acct_name]", organisation),
        ("contact[orgname]", organisation),
    ]


def _values(world: World, row: Row) -> Iterator[tuple[Row, str]]:
    for field_id, id_ in world.values_of[row["id"]].items():
        value = world.field_values.rows[id_]["value"]
        if value:
            yield world.fields.rows[field_id], value
