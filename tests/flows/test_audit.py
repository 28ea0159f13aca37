"""`baton audit` over two live practice CRMs: what agrees is not told, what disagrees is named for what it is."""

import json

import pytest
from click.testing import CliRunner

from baton.domain.audit import Kind
from baton.domain.records import CONTACT, LEADS
from baton.flows.audit import audit
from console.cli.main import main
from workers import wiring

EVERYBODY = 1_000


@pytest.fixture
def world(make_world):
    made = make_world(people=10)
    made.cycle()
    made.cycle()
    return made


@pytest.fixture
def lead(world):
    return next(row for row in world.zoho.records(LEADS.name) if standing(world, row) == "in step")


def standing(world, lead):
    with world.engine.intake.desk.engine.connect() as tx:
        found = tx.exec_driver_sql(
            "SELECT standing FROM mirror WHERE ref = %s AND email NOT IN ("
            "SELECT email FROM mirror WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 2)",
            (f"zoho:Leads:{lead['id']}",),
        ).scalar()
    return found if lead.get("ActiveCampaign_ID") else None


def looked(world):
    return audit(world.engine, size=EVERYBODY, seed=1)


def about(world, lead):
    return [
        (finding.kind, finding.field)
        for finding in looked(world).findings
        if any(ref.id in (lead["id"], lead["ActiveCampaign_ID"]) for ref in finding.refs)
    ]


def as_if_it_were_read(world):
    """As if the edit had been read and forgotten: the mirror knows the version and nobody decided anything."""
    for stream in world.engine.streams:
        world.pull(stream)
    world.due = []
    world._run("DELETE FROM inbox")


def test_two_accounts_in_step_disagree_in_nothing(world):
    found = looked(world)

    assert found.people >= 10
    assert found.wrong == ()


def test_an_edit_that_was_not_read_is_no_disagreement(world, lead):
    world.edit_lead(lead, Phone="+4930123456")

    assert about(world, lead) == [(Kind.NOT_READ, None)]


def test_an_edit_that_waits_to_be_decided_is_on_its_way(world, lead):
    world.edit_lead(lead, Phone="+4930123456")
    for stream in world.engine.streams:
        world.pull(stream)

    assert about(world, lead) == [(Kind.ON_ITS_WAY, None)]


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ({"Phone": "+4930123456"}, (Kind.FIELD, "phone")),
        ({"ActiveCampaign_ID": "999999"}, (Kind.WRONG_ID, None)),
        ({"Marketing_Consent": "Unknown"}, (Kind.CONSENT, None)),
    ],
)
def test_what_was_read_and_never_carried_over_is_wrong(world, lead, values, finding):
    world.activecampaign.post("people/unsubscribe", id=lead["ActiveCampaign_ID"])
    world.cycle()
    world.edit_lead(lead, **values)
    as_if_it_were_read(world)

    assert about(world, lead) == [finding]


def test_a_record_that_vanished_is_named_as_not_noticed_yet(world, lead):
    world.activecampaign.post("people/delete", module=CONTACT.name, id=lead["ActiveCampaign_ID"])

    assert about(world, lead) == [(Kind.NOT_READ, None)]


def test_a_second_record_with_the_address_was_never_read(world, lead):
    twin = {"Last_Name": "Twin", "Email": lead["Email"]}
    world.zoho.post("people/create", module="Contacts", values=twin)

    found = [finding for finding in looked(world).findings if finding.refs[0].module.name == "Contacts"]

    assert [(finding.kind, finding.told) for finding in found] == [
        (Kind.NOT_READ, "has the same address and was never read")
    ]


def test_the_same_seed_looks_at_the_same_people_and_another_at_others(world):
    def chosen(seed):
        return [person.person for person in world.engine.audits.sample(5, seed=seed)]

    assert chosen(3) == chosen(3)
    assert chosen(3) != chosen(4)


def test_nothing_is_written_by_looking(world):
    told, asked = world.zoho.last(), world.activecampaign.last()

    looked(world)

    assert world.zoho.journal("effect", after=told) + world.activecampaign.journal("effect", after=asked) == []


def test_the_command_tells_what_is_wrong_without_a_personal_value_and_leaves_with_one(
    world, lead, database_url, tmp_path, monkeypatch
):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    monkeypatch.setattr(wiring, "engine_for", lambda _: world.engine)
    before = CliRunner().invoke(main, ("audit", "--sample", "1000"))
    world.edit_lead(lead, Phone="+4930123456")
    as_if_it_were_read(world)

    result = CliRunner().invoke(main, ("audit", "--sample", "1000", "--seed", "5", "--json"))
    shown = CliRunner().invoke(main, ("audit", "--sample", "1000"))

    told = json.loads(result.output)
    (wrong,) = [finding for finding in told["findings"] if finding["wrong"]]
    assert (before.exit_code, result.exit_code, shown.exit_code) == (0, 1, 1)
    assert (told["seed"], told["wrong"], wrong["field"]) == (5, 1, "phone")
    assert "4930123456" not in result.output + shown.output
