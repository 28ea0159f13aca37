"""How the custom fields of accounts and deals look on the wire: their stamps are in UTC, unlike all others."""

from datetime import UTC, datetime
from typing import Any

from sandbox.activecampaign.record_fields.kinds import ACCOUNT, Kind
from sandbox.activecampaign.world import World
from sandbox.store import Row


def definition(world: World, kind: Kind, row: Row, base: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "fieldLabel": row["label"],
        "fieldType": row["type"],
        "fieldOptions": row["options"],
        "fieldDefault": row["default"],
        "fieldDefaultCurrency": row["currency"],
        "isFormVisible": row["visible"],
        "isRequired": row["required"],
        "displayOrder": row["order"],
        "personalization": row["tag"],
        "knownFieldId": row.get("known"),
        "hideFieldFlag": 0,
        **_stamps(world, kind, row),
        "links": {kind.values: f"{base}/{kind.definitions}/{row['id']}/{kind.values}"},
    }


def value(world: World, kind: Kind, row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/{kind.values}/{row['id']}"
    currency = {"fieldCurrency": row["currency"]} if row["currency"] else {}
    return {
        "id": row["id"],
        f"{kind.definition}Id": int(row["field"]),
        kind.shown_as: int(row["owner"]),
        "customFieldId": int(row["field"]),
        **_stamps(world, kind, row),
        "fieldValue": row["value"],
        **currency,
        "links": {kind.owner: f"{start}/{kind.owner}", kind.definition: f"{start}/{kind.definition}"},
    }


def beside_its_record(kind: Kind, row: Row) -> dict[str, Any]:
    """As the answer to a write of the record itself repeats it."""
    shown = {"customFieldId": int(row["field"]), "fieldValue": row["value"], kind.shown_as: row["owner"]}
    return shown | ({"fieldCurrency": row["currency"]} if row["currency"] else {})


def _stamps(world: World, kind: Kind, row: Row) -> dict[str, str]:
    # Recorded for deals alone; the reference shows both without an offset, and was wrong about deals.
    is_naive = kind is ACCOUNT and world.ground.settings["account_field_stamps_are_naive"]
    moments = {"createdTimestamp": row["created"], "updatedTimestamp": row["updated"]}
    return {name: _utc(moment, is_naive=is_naive) for name, moment in moments.items()}


def _utc(moment: int, *, is_naive: bool) -> str:
    when = datetime.fromtimestamp(moment, UTC)
    return when.strftime("%Y-%m-%d %H:%M:%S") if is_naive else when.isoformat()
