"""The main job on records nobody here invented: recorded answers of both vendors, loaded into the practice CRMs."""

import json
from pathlib import Path

import pytest

MATERIAL = Path(__file__).parents[3] / "shared"
ACTIVECAMPAIGN = ("nango-recorded", "mhenrixon-cassettes")

pytestmark = pytest.mark.skipif(
    not (MATERIAL / "activecampaign-specs").is_dir(), reason="the recorded answers are not on this machine"
)


def dicts_in(document):
    if isinstance(document, dict):
        yield document
        for value in document.values():
            yield from dicts_in(value)
    elif isinstance(document, list):
        for value in document:
            yield from dicts_in(value)


def read(name):
    return json.loads((MATERIAL / name).read_text(encoding="utf-8"))


def recorded_contacts():
    """Whole contacts by id; the recordings' anonymiser gave many people one address, so each gets its own."""
    found, addresses = {}, set()
    for number, folder in enumerate(ACTIVECAMPAIGN):
        for exchange in read(f"activecampaign-specs/{folder}/exchanges.json")["exchanges"]:
            for row in dicts_in(exchange["response"]):
                if {"email", "cdate", "links", "id"} <= row.keys():
                    id_ = str(int(row["id"]) + number * 100_000)
                    found[id_] = {**row, "id": id_}
    for id_, row in found.items():
        local, _, domain = row["email"].partition("@")
        is_taken = row["email"].lower() in addresses
        row["email"] = f"{local}.{id_}@{domain}" if is_taken else row["email"]
        addresses.add(row["email"].lower())
    return list(found.values())


def recorded_records():
    leads, contacts = {}, {}
    for case in read("zoho-recorded/zoho_crm.json")["cases"]:
        for row in dicts_in(case["recorded_api"]):
            if {"id", "Last_Name", "Created_Time"} <= row.keys():
                kept = leads if "Company" in row else contacts
                kept[row["id"]] = {name: value for name, value in row.items() if not name.startswith("$")}
    return list(leads.values()), list(contacts.values())


@pytest.fixture
def world(make_world):
    made = make_world(people=0)
    leads, contacts = recorded_records()
    made.activecampaign.post("load", module="contact", records=recorded_contacts())
    made.zoho.post("load", module="Leads", records=leads)
    made.zoho.post("load", module="Contacts", records=contacts)
    return made


def test_every_recorded_contact_is_in_step_refused_or_for_review(world):
    loaded = len(world.activecampaign.records("contact"))

    world.cycle()

    status = world.status()
    assert loaded >= 40
    assert [(d.code, d.field, d.reason) for d in world.engine.dead_letters.listed()] == []
    assert status.what_is_missing() == ()
    assert status.people["in step"] + status.people.get("refused", 0) + status.people.get("review", 0) >= loaded


def test_a_second_cycle_over_recorded_people_writes_nothing(world):
    world.cycle()
    before = world.zoho.last()

    world.cycle()

    assert world.zoho.journal("effect", after=before) == []
