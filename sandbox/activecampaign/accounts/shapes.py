"""How accounts, and the rows that tie contacts to them, look on the wire. Each kind of answer shows another part."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.store import Row

LINKED = ("notes", "accountCustomFieldData", "accountContacts", "emailActivities", "contactEmails", "owner")
SAVED = {"status": "success"}
"""How an answer to a write says that the custom fields it carried were saved, also when it carried none."""


def account(row: Row, base: str) -> dict[str, Any]:
    """As a single read shows it."""
    start = f"{base}/accounts/{row['id']}"
    return {
        "name": row["name"],
        "accountUrl": row.get("url"),
        "createdTimestamp": stamps.with_offset(row["created"]),
        "updatedTimestamp": stamps.with_offset(row["updated"]),
        "owner": row.get("owner", "1"),
        "links": {name: f"{start}/{name}" for name in LINKED},
        "id": row["id"],
    }


def listed(row: Row, base: str, counts: tuple[int, int]) -> dict[str, Any]:
    """`counts` are its contacts and deals."""
    contacts, deals = counts
    return account(row, base) | {"contactCount": str(contacts), "dealCount": str(deals)}


def written(row: Row, base: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return account(row, base) | {"customFieldSaveStatus": SAVED, "fields": fields}


def created(row: Row, base: str, fields: list[dict[str, Any]], sent: dict[str, Any]) -> dict[str, Any]:
    """A create shows no address that was not sent."""
    shown = written(row, base, fields)
    if "accountUrl" not in sent:
        del shown["accountUrl"]
    return shown


def membership(row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/accountContacts/{row['id']}"
    return {
        "account": row["account"],
        "contact": row["contact"],
        "jobTitle": row["title"],
        "createdTimestamp": stamps.with_offset(row["created"]),
        "updatedTimestamp": stamps.with_offset(row["updated"]),
        "links": {"account": f"{start}/account", "contact": f"{start}/contact"},
        "id": row["id"],
    }
