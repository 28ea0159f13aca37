"""Webhooks from the practice CRMs to the door and on: set up, called, followed; and what happens when they fail."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm
from baton.flows.fetch import fetch
from baton.flows.webhooks import install
from config.settings import load_settings
from console.web.serving import bound_socket, door_for, server_for

MODULES = (CONTACT, LEADS, CONTACTS)


@pytest.fixture
def world(make_world):
    """Five people in step, and nobody calls yet."""
    made = make_world(people=5)
    made.cycle()
    return made


@pytest.fixture
def nudged() -> list:
    return []


@pytest.fixture
def door(world, nudged, tmp_path, eventually) -> Iterator[str]:
    """The real door on a loopback port; nudges are collected instead of sent."""
    settings = load_settings(state_dir=tmp_path, web={"gather": 0.02})
    app = door_for({"demo": world.engine}, settings, lambda _, modules: nudged.extend(modules))
    listener = bound_socket("127.0.0.1", 0)
    server = server_for(app)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    eventually(lambda: server.started)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture
def lead(world):
    return next(row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID"))


@pytest.fixture
def hinted(world, eventually) -> Callable[..., None]:
    """Waits until the named modules have hints to follow."""

    def wait(*modules):
        eventually(lambda: set(modules) <= set(world.engine.doors.hints.waiting(MODULES, now=world.engine.now())))

    return wait


def edit_contact(world, lead, **values):
    world.activecampaign.post("people/edit", module="contact", id=lead["ActiveCampaign_ID"], values=values)


def test_an_edit_is_followed_without_a_pull(world, door, lead, hinted):
    install(world.engine, door, tuple(Crm))

    edit_contact(world, lead, firstName="Renamed")
    hinted(CONTACT)
    world.settle()

    assert world.zoho.get(f"records/Leads/{lead['id']}")["First_Name"] == "Renamed"


def test_a_person_made_by_marketing_reaches_sales_without_a_pull(world, door, hinted):
    install(world.engine, door, tuple(Crm))

    world.activecampaign.post("people/create", module="contact", values={"email": "new@x.example", "lastName": "New"})
    hinted(CONTACT)
    world.settle()

    assert "new@x.example" in {row["Email"] for row in world.zoho.records("Leads")}


def test_a_hint_asks_for_a_nudge_of_its_module(world, door, lead, nudged, eventually):
    install(world.engine, door, (Crm.ZOHO,))

    world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Designation": "Chief"})

    eventually(lambda: nudged == [LEADS])


def test_a_lead_deleted_by_sales_is_known_to_be_gone_without_a_pull(world, door, lead, hinted):
    install(world.engine, door, (Crm.ZOHO,))

    world.zoho.post("people/delete", module="Leads", id=lead["id"])
    hinted(LEADS)
    world.settle()

    assert world.status().people["gone"] == 1


def test_a_webhook_and_a_pull_of_the_same_edit_are_one_write(world, door, lead, hinted):
    install(world.engine, door, tuple(Crm))
    before = world.zoho.last()

    edit_contact(world, lead, firstName="Renamed")
    hinted(CONTACT)
    world.cycle()
    world.cycle()

    changed = [effect["changed"] for effect in world.zoho.journal("effect", after=before)]
    assert changed == [["First_Name"]]


def test_a_dropped_hook_loses_nothing_because_the_pulls_go_on(world, door, lead):
    install(world.engine, door, tuple(Crm))
    world.activecampaign.post("faults", kind="hook_dropped", every=1)

    edit_contact(world, lead, firstName="Renamed")
    world.cycle()

    assert world.zoho.get(f"records/Leads/{lead['id']}")["First_Name"] == "Renamed"


def test_a_doubled_hook_is_one_write(world, door, lead, hinted):
    install(world.engine, door, tuple(Crm))
    world.activecampaign.post("faults", kind="hook_doubled", every=1)
    before = world.zoho.last()

    edit_contact(world, lead, firstName="Renamed")
    hinted(CONTACT)
    world.settle()
    fetch(world.engine)
    world.settle()

    assert len(world.zoho.journal("effect", after=before)) == 1
