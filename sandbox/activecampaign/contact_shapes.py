"""How one contact looks on the wire: the full row, its links, and the smaller echo of a create."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.activecampaign.world import World
from sandbox.store import Row

LINKED = (
    "bounceLogs",
    "contactData",
    "contactGoals",
    "contactLists",
    "contactLogs",
    "contactTags",
    "contactDeals",
    "deals",
    "fieldValues",
    "geoIps",
    "notes",
    "organization",
    "plusAppend",
    "trackingLogs",
    "scoreValues",
    "accountContacts",
    "automationEntryCounts",
)
NEVER_CHANGING = {
    "segmentio_id": "",
    "bounced_soft": "0",
    "ip": "0",
    "socialdata_lastcheck": None,
    "email_local": "",
    "sentcnt": "0",
    "rating_tstamp": None,
    "gravatar": "0",
    "deleted": "0",
    "anonymized": "0",
    "adate": None,
    "edate": None,
    "deleted_at": None,
    "mpp_tracking": "0",
}
ONLY_ON_READS = {
    "last_mpp_open_date": None,
    "whatsapp_id": None,
    "whatsapp_username": None,
}
# The same contact shows other blanks once a PUT or PATCH has been at it; a client that compares these sees ghosts.
UNTOUCHED = {"created_by": None, "updated_by": None, "ua": None, "best_send_hour": None, "sms_consent": None}
TOUCHED = {"created_by": "0", "updated_by": "0", "ua": "", "best_send_hour": "0", "sms_consent": "0"}


def links(base: str, id_: str) -> dict[str, str]:
    start = f"{base}/contacts/{id_}/"
    found = {name: start + name for name in LINKED}
    found["contactAutomations"] = f"{start}contactAutomations?limit=2500&orders%5Blastdate%5D=DESC"
    return found


def read(world: World, row: Row, base: str) -> dict[str, Any]:
    """The whole row as a read shows it, without the id arrays that only some reads add."""
    return full(world, row, base) | _last_seen(row) | ONLY_ON_READS


def _last_seen(row: Row) -> dict[str, Any]:
    moments = {"last_click_date": row.get("last_click"), "last_open_date": row.get("last_open")}
    return {name: None if moment is None else stamps.with_offset(moment) for name, moment in moments.items()}


def full(world: World, row: Row, base: str) -> dict[str, Any]:
    """The whole row as a write answers with it."""
    id_, created, updated = row["id"], stamps.naive(row["cdate"]), stamps.naive(row["updated"])
    return {
        "cdate": stamps.with_offset(row["cdate"]),
        "email": row["email"],
        "phone": row["phone"],
        "firstName": row["firstName"],
        "lastName": row["lastName"],
        **organisation(world, row),
        "bounced_hard": "1" if row["bounced"] else "0",
        "bounced_date": updated[:10] if row["bounced"] else None,
        "hash": row["hash"],
        "email_domain": row["email"].strip().rpartition("@")[2],
        "udate": stamps.with_offset(row["udate"]),
        "created_utc_timestamp": created,
        "updated_utc_timestamp": updated,
        "created_timestamp": created,
        "updated_timestamp": updated,
        **NEVER_CHANGING,
        **(TOUCHED if row["touched_by_api"] else UNTOUCHED),
        "sms_consent_updated_at": stamps.NO_MOMENT if row["touched_by_api"] else None,
        "links": links(base, id_),
        "id": id_,
    }


def organisation(world: World, row: Row) -> dict[str, Any]:
    account = world.accounts.get(row["account"])
    if account is None:
        return {"orgid": "0", "orgname": "", "organization": None}
    return {"orgid": account["id"], "orgname": account["name"], "organization": account["id"]}


def create_echo(world: World, row: Row, base: str, sent: dict[str, Any]) -> dict[str, Any]:
    """What a create answers: only what was sent, and what a contact cannot be without."""
    names: dict[str, Any] = {name: row[name] for name in ("firstName", "lastName") if name in sent}
    return {
        "email": row["email"],
        **names,
        "cdate": stamps.with_offset(row["cdate"]),
        "udate": stamps.with_offset(row["udate"]),
        "phone": row["phone"],
        **organisation(world, row),
        "links": links(base, row["id"]),
        "id": row["id"],
    }
