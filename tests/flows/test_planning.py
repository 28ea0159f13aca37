"""A plan, judged by the journals: what it says is what is done, and who was edited in between is left out and named."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from click.testing import CliRunner

from baton.domain.contract import WriteMode
from baton.domain.records import CONTACT, CONTACTS, DEALS, LEADS, Crm, Stream, StreamKind
from baton.flows.planning import OtherContractError, apply, save
from console.cli.main import main
from workers import wiring

ZOHO = tuple(Stream(module, kind) for module in (LEADS, CONTACTS, DEALS) for kind in StreamKind)


@pytest.fixture
def world(make_world):
    """Everything was read, and nothing decided."""
    world = make_world(people=40)
    for stream in ZOHO:
        world.pull(stream)
    world.pull_activecampaign()
    return world


def effects(world) -> Counter:
    """What was really written, value by value: (crm, operation, field)."""
    told = Counter()
    for crm, practice in ((Crm.ACTIVECAMPAIGN, world.activecampaign), (Crm.ZOHO, world.zoho)):
        for entry in practice.journal("effect"):
            # Zoho is told the id of a contact once that was made; it cannot be known before.
            if entry["actor"] == "api" and list(entry["changed"]) != ["ActiveCampaign_ID"]:
                told[crm, str(entry["op"]), str(entry["email"]).strip().lower()] += 1
    return told


def planned(changes) -> Counter:
    records = {(each.module.crm, each.ref, each.person, each.email) for each in changes}
    return Counter((crm, "update" if ref else "create", email) for crm, ref, _, email in records)


def carry_out(world, number: int) -> None:
    apply(world.engine, number, lambda _: None)
    for _ in range(200):
        for stream in ZOHO:
            world.pull(stream)
        world.write()
        if world.status().outbox.total == 0:
            return
    raise AssertionError("writes wait for ever")


def test_what_was_planned_is_what_is_done_record_by_record(world):
    number, foresight, changes = save(world.engine, "everybody", "somebody")

    carry_out(world, number)

    assert foresight.operations
    assert effects(world) == planned(changes)
    assert world.engine.saved_plans.skipped(number) == ()


def test_planning_itself_writes_nothing_and_keeps_nobody_busy(world):
    save(world.engine, "everybody", "somebody")

    assert effects(world) == Counter()
    assert world.engine.people.take(world.due[:5], now=world.engine.now()).people


def test_whoever_was_edited_in_between_is_left_out_and_named_and_nobody_else(world):
    number, _, changes = save(world.engine, "everybody", "somebody")
    new = sorted({each.email for each in changes if each.module.crm is Crm.ZOHO and each.ref is None and each.email})
    edited = [address for address in new if len(world.contacts_at(address)) == 1][:5]
    for address in edited:
        (contact,) = world.contacts_at(address)
        world.activecampaign.post("people/edit", module=CONTACT.name, id=contact["id"], values={"phone": "+493012345"})
    world.pull_activecampaign()

    carry_out(world, number)

    assert sorted(each.email for each in world.engine.saved_plans.skipped(number)) == edited
    assert not {email for _, _, email in effects(world)} & set(edited)
    assert effects(world) == planned([each for each in changes if each.email not in edited])


def test_an_interrupted_plan_goes_on_where_it_stopped_and_writes_nothing_twice(world):
    number, _, changes = save(world.engine, "everybody", "somebody")
    carry_out(world, number)

    carry_out(world, number)

    assert effects(world) == planned(changes)


def test_a_plan_for_another_contract_is_not_carried_out_under_this_one(world):
    rules = tuple(replace(rule, mode=WriteMode.CREATE_ONLY) for rule in world.engine.contract.rules)
    number, _, _ = save(world.engine, "everybody", "somebody", replace(world.engine.contract, rules=rules))

    with pytest.raises(OtherContractError):
        apply(world.engine, number, lambda _: None)

    assert effects(world) == Counter()


def test_once_everybody_is_in_step_another_contract_is_told_by_what_it_would_change(world):
    world.cycle()
    world.settle()
    name = next(rule for rule in world.engine.contract.rules if rule.name == "company")
    rules = tuple(rule for rule in world.engine.contract.rules if rule is not name)

    _, now, _ = save(world.engine, "everybody", "somebody")
    _, other, _ = save(world.engine, "everybody", "somebody", replace(world.engine.contract, rules=rules))

    assert (now.operations, other.people) == (Counter(), now.people)


@pytest.fixture
def baton(world, database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    monkeypatch.setenv("BATON_PRACTICE_ACTIVECAMPAIGN_URL", world.activecampaign.url)
    monkeypatch.setenv("BATON_PRACTICE_ZOHO_URL", world.zoho.url)
    monkeypatch.setenv("COLUMNS", "200")
    # The same engine for every command: one that each made for itself would be closed by its process only.
    monkeypatch.setattr(wiring, "engine_for", lambda _: world.engine)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_a_plan_is_shown_kept_and_applied_from_the_command_line(baton, tmp_path, world):
    shown = baton("plan", "--csv", str(tmp_path / "diffs.csv"))
    plain = json.loads(baton("plan", "--dry", "--json").output)
    applied = baton("apply", "1", "--yes")
    again = baton("plan", "--dry", "--json")

    assert (shown.exit_code, "Carry it out with: baton apply 1" in shown.output) == (3, True), shown.output
    assert shown.output.splitlines()[1].startswith("Consent:")
    rows = (tmp_path / "diffs.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == len(plain["changes"]) + 1
    assert (applied.exit_code, "skipped: 0" in applied.output) == (0, True)
    assert again.exit_code == 3
    assert "applied" in baton("plan", "--kept").output


def planned_people(baton, *scope: str) -> set[str]:
    return {each["email"] for each in json.loads(baton("plan", "--dry", "--json", *scope).output)["changes"]}


def test_a_part_of_the_people_is_planned_as_a_backfill_would_bring_it(baton, world):
    everybody = planned_people(baton)
    contacts = [
        row for row in world.activecampaign.records("contact") if str(row["email"]).strip().lower() in everybody
    ]
    first = f"activecampaign:contact:{contacts[0]['id']}"

    assert planned_people(baton, "--ids", first) == {str(contacts[0]["email"]).strip().lower()}
    assert planned_people(baton, "--since", "2100-01-01") == set()
    assert planned_people(baton, "--until", "2100-01-01") == everybody
    assert planned_people(baton, "--module", "activecampaign:contact") < everybody
    assert planned_people(baton, "--tag", "no such tag") == set()
    assert baton("plan", "--ids", first, "--tag", "x").exit_code == 2


def test_a_plan_of_a_tag_is_applied_to_those_who_have_it_and_nobody_else(baton, world):
    everybody = {email for _, _, email in planned(save(world.engine, "everybody", "somebody")[2])}
    tagged = planned_people(baton, "--tag", "WEBINAR ATTENDED")
    baton("plan", "--tag", "webinar attended")

    carry_out(world, 2)

    assert {email for _, _, email in effects(world)} == tagged
    assert set() < tagged < everybody
    assert "tag webinar attended" in baton("plan", "--kept").output


def test_what_cannot_be_planned_or_applied_is_told_in_a_line(baton, tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("version: 1\npeople: {placement: Deals}\nfields: {}\n", encoding="utf-8")

    assert (baton("apply", "77").exit_code, "there is no plan 77" in baton("apply", "77").output) == (1, True)
    assert baton("plan", "--contract", str(broken)).exit_code == 1
