import sys

import pytest

from baton.domain.records import CONTACTS, DEALS, LEADS, Crm, RecordRef, Stream, StreamKind
from baton.domain.tasking import TASKS
from baton.flows.webhooks import install, keep, look, remove
from baton.ports import Change, NewRecord
from tests.conformance.zoho.description import MATERIAL
from tests.conformance.zoho.report import summary
from tests.conformance.zoho.watching import Watched

pytestmark = pytest.mark.skipif(not MATERIAL.is_dir(), reason="the vendor's description is not on this machine")

DOOR = "http://127.0.0.1:9"
ASKED = {
    "DELETE /actions/watch",
    "GET /actions/watch",
    "GET /settings/fields",
    "GET /users",
    "GET /{moduleApiName}/actions/count",
    "GET /{module}",
    "GET /{module}/deleted",
    "GET /{parentRecordModule}/{parentRecord}/{relatedList}",
    "POST /actions/watch",
    "POST /coql",
    "POST /{module}",
    "POST /{module}/upsert",
    "PUT /actions/watch",
    "PUT /{module}",
}
"""Every operation that the vendor's description has for what Baton asks of it."""


@pytest.fixture
def watched():
    return {}


@pytest.fixture
def world(make_world, watched):
    def around(name, app):
        watched[name] = Watched(app, means_well=True)
        return watched[name]

    return make_world(people=20, around=around)


def test_whatever_is_asked_of_zoho_is_asked_as_its_vendor_describes(world, watched):
    world.cycle()
    gateway = world.engine.gateways[Crm.ZOHO]
    _look_around(gateway)
    _write(gateway)
    install(world.engine, DOOR, (Crm.ZOHO,))
    install(world.engine, f"{DOOR}/other", (Crm.ZOHO,))
    keep(world.engine)
    look(world.engine)
    remove(world.engine, (Crm.ZOHO,))

    asked, told = watched["zoho"].requests, watched["zoho"].answers
    sys.stdout.write(f"\n{summary(asked)}\n")

    assert [each for each in (*asked, *told) if each.why is not None] == []
    assert {each.operation for each in asked} == ASKED


def _look_around(gateway):
    gateway.whoami()
    gateway.users()
    for module in (LEADS, CONTACTS, DEALS):
        gateway.schema(module)
        gateway.survey(module, position=None)
        gateway.size(module)
        gateway.read_page(Stream(module, StreamKind.DELETIONS), since=None, position=None)
    page = gateway.read_page(Stream(LEADS, StreamKind.CHANGES), since=None, position=None)
    known = page.rows[0]
    assert gateway.filters_work(known)
    gateway.read([seen.ref for seen in page.rows])
    gateway.find(LEADS, field="Email", values=["ada@halden.example"])
    gateway.tasks_of(known.ref)


def _write(gateway):
    new = NewRecord({"Last_Name": "Birk", "Company": "Halden", "Email": "ada@halden.example"}, "77")
    [made] = gateway.create(LEADS, [new])
    gateway.update(LEADS, [Change(made.ref, {"First_Name": "Ada"})])
    gateway.quietly().update(LEADS, [Change(made.ref, {"First_Name": "Eva"})])
    gateway.create(TASKS, [NewRecord({"Subject": "Call", "What_Id": {"id": made.ref.id}, "$se_module": "Leads"}, None)])
    gateway.read([RecordRef(LEADS, "487600000009999999")])
