"""What custom fields say of one account or deal: one value per record and field."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.activecampaign import asked, effects
from sandbox.activecampaign.record_fields import definitions, judging, shapes
from sandbox.activecampaign.record_fields.kinds import Kind
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.journal import Op
from sandbox.store import Row, Shelf


@dataclass(frozen=True, slots=True)
class Saying:
    """A value that was found good for its field."""

    field: str
    value: Any
    currency: str | None


def shelf(world: World, kind: Kind) -> Shelf:
    return world.ground.store.shelf(kind.values)


def judged(world: World, kind: Kind, sent: Any) -> list[Saying]:
    """The `fields` that a write of the record itself brings along; refused as a whole when one of them is bad."""
    return [judge(world, kind, one) for one in asked.several(sent, dict)]


def judge(world: World, kind: Kind, sent: dict[str, Any], *, field: str = "") -> Saying:
    """`field` is given when the value is there already and only changes."""
    definition = definitions.shelf(world, kind).get(field or str(sent.get("customFieldId")))
    if definition is None:
        raise judging.not_found()
    value = judging.stored(definition["type"], sent.get("fieldValue"), is_new=not field)
    currency = str(sent.get("fieldCurrency") or definition["currency"] or "usd").lower()
    return Saying(definition["id"], value, currency if definition["type"] == "currency" else None)


def save(world: World, kind: Kind, owner: str, said: Iterable[Saying]) -> list[dict[str, Any]]:
    """How they look in the record's own answer."""
    return [shapes.beside_its_record(kind, put(world, kind, owner, saying)) for saying in said]


def put(world: World, kind: Kind, owner: str, saying: Saying) -> Row:
    rows, now = shelf(world, kind), world.now()
    row = next((row for row in rows if (row["owner"], row["field"]) == (owner, saying.field)), None)
    if row is None:
        row = {"id": world.next_id(rows), "owner": owner, "field": saying.field, "created": now}
    op = Op.UPDATE if row["id"] in rows.rows else Op.CREATE
    row |= {"value": saying.value, "currency": saying.currency, "updated": now}
    rows.put(row["id"], row)
    tag = definitions.shelf(world, kind).rows[saying.field]["tag"]
    effects.note(world, op, kind.value, row, Source.API, {tag: saying.value})
    return row


def remove(world: World, kind: Kind, row: Row) -> None:
    shelf(world, kind).remove(row["id"])
    effects.note(world, Op.DELETE, kind.value, row, Source.API)


def of(world: World, kind: Kind, owner: str) -> list[Row]:
    return [row for row in shelf(world, kind) if row["owner"] == owner]


def forget(world: World, kind: Kind, owner: str) -> None:
    for row in of(world, kind, owner):
        shelf(world, kind).remove(row["id"])


def told(world: World, kind: Kind, owner: str) -> list[tuple[str, str]]:
    """The form keys of a webhook."""
    rows = of(world, kind, owner)
    return [pair for place, row in enumerate(rows) for pair in _told(world, kind, row, place)]


def _told(world: World, kind: Kind, row: Row, place: int) -> list[tuple[str, str]]:
    start, definition = f"{kind.owner}[fields][{place}]", definitions.shelf(world, kind).rows[row["field"]]
    value = ", ".join(row["value"]) if isinstance(row["value"], list) else str(row["value"])
    return [(f"{start}[id]", row["field"]), (f"{start}[key]", definition["label"]), (f"{start}[value]", value)]
