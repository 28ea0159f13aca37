"""The corners of a contact few clients look into: its bounces, its geography, its pictures, its old organisation."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.activecampaign.world import World
from sandbox.store import Row

Shown = dict[str, Any]

UNKNOWN_WHEREABOUTS = {
    "geoTstamp": None,
    "geoIp4": "0",
    "geoCountry2": "",
    "geo_country": "",
    "geoState": "",
    "geoCity": "",
    "geoZip": "",
    "geoArea": "0",
    "geoLat": "0.000000",
    "geoLon": "0.000000",
    "geoTz": "",
    "geoTzOffset": "0.000000",
}
NO_ANALYTICS = {
    "ga_campaign_source": "",
    "ga_campaign_name": "",
    "ga_campaign_medium": "",
    "ga_campaign_term": "",
    "ga_campaign_content": "",
    "ga_campaign_customsegment": "",
    "ga_first_visit": None,
    "ga_times_visited": "0",
    "fb_id": "0",
    "fb_name": "",
    "tw_id": "0",
}
OF_A_BOUNCE = ("bounce", "contact", "campaign", "message", "code")
ONE = "1"


def datum(_world: World, row: Row, _base: str) -> Shown:
    created, updated = stamps.naive(row["cdate"]), stamps.naive(row["updated"])
    return {
        "contact": row["id"],
        "tstamp": stamps.with_offset(row["updated"]),
        **UNKNOWN_WHEREABOUTS,
        **NO_ANALYTICS,
        "created_timestamp": created,
        "updated_timestamp": updated,
        "created_by": "0",
        "updated_by": "0",
        "links": [],
        "id": row["id"],
    }


def plus_append(_world: World, row: Row, base: str) -> Shown:
    return {
        "contact": row["id"],
        "last_updated_rapleaf": None,
        "last_updated_fliptop": None,
        "last_updated_fullcontact": None,
        "imageUrl": "",
        "membershipsFacebook": "",
        "membershipsTwitter": "",
        "membershipsLinkedin": "",
        "links": {"contact": f"{base}/plusAppends/{row['id']}/contact"},
        "id": row["id"],
    }


def organisation(world: World, row: Row, _base: str) -> Shown | None:
    account = world.accounts.get(row["account"])
    if account is None:
        return None
    return {
        "name": account["name"],
        "created_timestamp": stamps.with_offset(account["created"]),
        "updated_timestamp": stamps.with_offset(account["updated"]),
        "userid": ONE,
        "id": account["id"],
        "owner": ONE,
    }


def bounces(_world: World, row: Row, base: str) -> list[Shown]:
    """A contact that bounced did so once, at the moment it was last changed."""
    if not row["bounced"]:
        return []
    start, at = f"{base}/bounceLogs/{row['id']}", row["updated"]
    return [
        {
            "tstamp": stamps.with_offset(at),
            "bounceid": ONE,
            "subscriberid": row["id"],
            "campaignid": ONE,
            "messageid": ONE,
            "codeid": ONE,
            "email": row["email"],
            "error": "",
            "source": "The address does not exist.",
            "created_timestamp": stamps.naive(at),
            "updated_timestamp": stamps.naive(at),
            "created_by": None,
            "updated_by": None,
            "links": {name: f"{start}/{name}" for name in OF_A_BOUNCE},
            "id": row["id"],
            "bounce": ONE,
            "contact": row["id"],
            "campaign": ONE,
            "message": ONE,
            "code": ONE,
        }
    ]
