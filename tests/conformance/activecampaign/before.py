"""What an account held before its recording began, as far as the recorded requests name it. The values are ours."""

from typing import Any

import httpx

from tests.conformance.activecampaign.numbers import Numbers

CONTACTS = {"1": "one@before.example", "10": "ten@before.example"}
KNOWN_TO_SYNC = "sync-test@example.com"
STAGES_PER_PIPELINE = 3
DEALS = {"1": ("2", "4"), "16": ("4", "10"), "17": ("4", "10")}
"""Pipeline and stage of each; the second pipeline is deleted as the recording goes on."""
SENDER = {"sender_url": "https://before.example", "sender_reminder": "You asked for it."}


def prepare(client: httpx.Client, numbers: Numbers) -> None:
    """The account of the dry runs."""
    for theirs, email in CONTACTS.items():
        _made(client, numbers, "contacts", theirs, {"contact": {"email": email, "firstName": "Before"}})
    client.post("contact/sync", json={"contact": {"email": KNOWN_TO_SYNC}})
    for theirs in ("1", "11"):
        account = {"name": f"Before {theirs}", "accountUrl": "https://before.example"}
        _made(client, numbers, "accounts", theirs, {"account": account})
    for theirs in ("1", "16"):
        tag = {"tag": f"before-{theirs}", "tagType": "contact", "description": "Before"}
        _made(client, numbers, "tags", theirs, {"tag": tag})
    for theirs in ("3", "4", "15"):
        list_ = {"name": f"Before {theirs}", "stringid": f"before-{theirs}", **SENDER}
        _made(client, numbers, "lists", theirs, {"list": list_})
    _fields(client, numbers)
    _links(client, numbers)
    _deals(client, numbers)
    for kind in ("forms", "automations"):
        numbers.know(kind, "1", client.get(kind).json()[kind][0]["id"])


def _fields(client: httpx.Client, numbers: Numbers) -> None:
    _made(client, numbers, "fields", "1", {"field": {"title": "Language", "type": "dropdown", "perstag": "TONGUE"}})
    _made(client, numbers, "fields", "6", {"field": {"title": "Doomed", "type": "text"}})
    option = {"field": numbers.ours("fields", "1"), "label": "Latin", "value": "la", "isdefault": 0, "orderid": 1}
    client.post("fieldOption/bulk", json={"fieldOptions": [option]})
    client.post("fieldRels", json={"fieldRel": {"field": numbers.ours("fields", "1"), "relid": 0}})


def _links(client: httpx.Client, numbers: Numbers) -> None:
    contact, list_ = numbers.ours("contacts", "1"), numbers.ours("lists", "3")
    client.post("contactTags", json={"contactTag": {"contact": contact, "tag": numbers.ours("tags", "1")}})
    client.post("contactLists", json={"contactList": {"contact": contact, "list": list_, "status": 1}})
    for theirs in ("1", "4"):
        note = {"note": "Before", "relid": contact, "reltype": "Subscriber"}
        _made(client, numbers, "notes", theirs, {"note": note})


def _deals(client: httpx.Client, numbers: Numbers) -> None:
    for pipeline in range(1, 5):
        made = client.post("dealGroups", json={"dealGroup": {"title": f"Before {pipeline}", "currency": "usd"}}).json()
        numbers.know("dealGroups", pipeline, made["dealGroup"]["id"])
        first = (pipeline - 1) * STAGES_PER_PIPELINE + 1
        for place, stage in enumerate(made["dealStages"]):
            numbers.know("dealStages", first + place, stage["id"])
    for theirs, (pipeline, stage) in DEALS.items():
        where = {"group": numbers.ours("dealGroups", pipeline), "stage": numbers.ours("dealStages", stage)}
        deal = {"title": f"Before {theirs}", "value": 100, "currency": "usd", **where, "owner": "1"}
        _made(client, numbers, "deals", theirs, {"deal": {**deal, "contact": numbers.ours("contacts", "1")}})


def _made(client: httpx.Client, numbers: Numbers, kind: str, theirs: str, body: dict[str, Any]) -> None:
    answer = client.post(kind, json=body)
    assert answer.status_code in {200, 201}, f"{kind}: {answer.text}"
    (name,) = body
    numbers.know(kind, theirs, answer.json()[name]["id"])
