"""`baton conflicts` on a connection where both teams have changed one title."""

import json

import pytest
from click.testing import CliRunner

from baton.domain.records import CONTACT, LEADS, Crm
from console.cli.main import main
from workers import wiring

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO


@pytest.fixture
def world(make_world):
    made = make_world(people=1)
    typed = {"email": "anna@berg.example", "firstName": "Anna", "lastName": "Berg"}
    made.activecampaign.post("people/create", module=CONTACT.name, values=typed)
    made.cycle()
    say(made, "Head of Marketing", "Head of Sales")
    return made


@pytest.fixture
def baton(world, database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    monkeypatch.setenv("LOGNAME", "olga")
    monkeypatch.setenv("COLUMNS", "160")
    # The same engine for every command: one that each made for itself would be closed by its process only.
    monkeypatch.setattr(wiring, "engine_for", lambda _: world.engine)
    return lambda *arguments: CliRunner().invoke(main, ("conflicts", *arguments))


def say(world, ours, theirs):
    lead = lead_of(world)
    world.activecampaign.post(
        "people/edit", module=CONTACT.name, id=lead["ActiveCampaign_ID"], values={"fields": {"JOB_TITLE": ours}}
    )
    world.zoho.post("people/edit", module=LEADS.name, id=lead["id"], values={"Designation": theirs})
    world.cycle()


def lead_of(world):
    return next(row for row in world.zoho.records(LEADS.name) if row["Email"] == "anna@berg.example")


def titles(world):
    lead = lead_of(world)
    contact = world.activecampaign.get(f"records/contact/{lead['ActiveCampaign_ID']}")
    return contact["fields"].get("JOB_TITLE"), lead.get("Designation")


def test_an_open_conflict_is_listed_and_shown_with_what_each_side_says(baton):
    (listed,) = json.loads(baton("list", "--json").output)
    table = baton("list").output
    shown = baton("show", str(listed["id"])).output

    assert (listed["field"], listed["email"], listed["state"]) == ("job_title", "anna@berg.example", "open")
    assert {crm: side["value"] for crm, side in listed["sides"].items()} == {
        "activecampaign": "Head of Marketing",
        "zoho": "Head of Sales",
    }
    assert [column for column in ("person", "field", "ActiveCampaign", "Zoho") if column not in table] == []
    assert shown.splitlines()[0] == "job_title of anna@berg.example: open (review)"
    assert "ActiveCampaign says “Head of Marketing” (before: nothing)" in shown
    assert "Zoho says “Head of Sales” (before: nothing)" in shown
    assert f"Settle it with: baton conflicts settle {listed['id']} --take activecampaign | zoho" in shown
    assert json.loads(baton("show", str(listed["id"]), "--json").output) == listed


@pytest.mark.parametrize(("winner", "title"), [(AC, "Head of Marketing"), (ZOHO, "Head of Sales")])
def test_who_is_right_is_written_to_the_other_side_and_the_conflict_says_who_settled_it(baton, world, winner, title):
    result = baton("settle", "1", "--take", winner.value)

    world.settle()
    assert (result.exit_code, result.output) == (0, f"conflict 1: {NAMES[winner]} is right\n")
    assert titles(world) == (title, title)
    shown = baton("show", "1").output
    assert shown.splitlines()[-1].strip() == f"{winner} is right, says olga"
    assert baton("list").output == "No conflicts (open).\n"
    assert [each["id"] for each in json.loads(baton("list", "--state", "settled", "--json").output)] == [1]


NAMES = {AC: "ActiveCampaign", ZOHO: "Zoho"}


def test_an_edit_made_before_the_loser_is_written_is_not_overwritten_and_opens_the_conflict_anew(baton, world):
    baton("settle", "1", "--take", "zoho")
    say(world, "Chief of Marketing", "Head of Sales")

    kept = json.loads(baton("list", "--state", "all", "--json").output)

    assert [(each["id"], each["state"]) for each in kept] == [(2, "open"), (1, "settled")]
    assert titles(world) == ("Chief of Marketing", "Head of Sales")


def test_of_several_numbers_the_ones_that_are_not_open_are_told(baton):
    result = baton("settle", "1", "77", "--take", "zoho")

    assert result.exit_code == 1
    assert result.output.splitlines() == ["conflict 1: Zoho is right", "conflict 77: is not open"]


def test_what_cannot_be_done_is_told_in_a_line(baton):
    asked = {
        ("show", "77"): (1, "Error: there is no conflict 77"),
        ("list", "--state", "closed"): (0, "No conflicts (closed)."),
        ("list", "--state", "lost"): (2, "'lost' is not one of"),
        ("settle", "1"): (2, "Missing option '--take'"),
        ("settle", "--take", "zoho"): (2, "name conflicts by their numbers, or all of one field with --field"),
        ("settle", "1", "--field", "job_title", "--take", "zoho"): (2, "or all of one field with --field"),
        ("settle", "1", "--take", "zoho", "--always"): (2, "--always is said of a field"),
        ("settle", "--field", "job_titel", "--take", "zoho"): (2, 'Did you mean "job_title"?'),
        ("settle", "--field", "phone", "--take", "zoho", "--always"): (2, "does not leave phone to a person"),
        ("rulings",): (0, "No standing rulings."),
        ("rulings", "--take-back", "job_title"): (1, "there is no standing ruling about job_title"),
        ("settle", "1", "--take", "sales"): (2, "'sales' is not one of"),
    }

    results = {command: baton(*command) for command in asked}

    assert {command: result.exit_code for command, result in results.items()} == {
        command: code for command, (code, _) in asked.items()
    }
    assert [command for command, (_, said) in asked.items() if said not in results[command].output] == []


def test_somebody_whom_the_machine_has_no_name_for_can_settle_too(baton, monkeypatch):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)

    result = baton("settle", "1", "--take", "zoho")

    assert result.exit_code == 0
    assert "says user 4000000" in baton("show", "1").output


def test_all_open_conflicts_of_a_field_are_settled_at_once(baton, world):
    result = baton("settle", "--field", "job_title", "--take", "zoho")

    world.settle()
    assert (result.exit_code, result.output) == (0, "conflict 1: Zoho is right\n")
    assert titles(world) == ("Head of Sales", "Head of Sales")
    assert baton("settle", "--field", "job_title", "--take", "zoho").output == "no conflict about job_title is open\n"


def test_what_is_always_decided_so_is_decided_without_a_person_until_it_is_taken_back(baton, world):
    baton("settle", "--field", "job_title", "--take", "zoho", "--always")
    world.settle()

    say(world, "Chief of Marketing", "Chief of Sales")
    ruled, (ruling,) = titles(world), json.loads(baton("rulings", "--json").output)
    taken_back = baton("rulings", "--take-back", "job_title")
    say(world, "Queen of Marketing", "Queen of Sales")

    assert ruled == ("Chief of Sales", "Chief of Sales")
    assert (ruling["field"], ruling["winner"], ruling["by"]) == ("job_title", "zoho", "olga")
    assert taken_back.output == "No standing rulings.\n"
    assert titles(world) == ("Queen of Marketing", "Queen of Sales")
