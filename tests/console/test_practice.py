"""`baton practice` against real practice CRMs: a person's deeds, typed."""

import json
import os
from contextlib import ExitStack
from functools import partial

import httpx
import pytest
from click.testing import CliRunner

from baton.domain.records import Crm
from console.cli.main import main
from console.cli.practice_values import NotUnderstood, Typed, values_of
from console.embedded.child import Child
from console.embedded.mark import ProcessMark
from console.embedded.ports import any_free_port
from console.embedded.server import wait_until
from console.up.crms import Sample, crm_answers, crm_command, crm_url
from console.up.record import RunRecord, write_record


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    folder = tmp_path_factory.mktemp("state")
    ports = {crm: any_free_port() for crm in Crm}
    with ExitStack() as stack:
        for crm, port in ports.items():
            child = Child.start(crm_command(crm, folder, port, Sample(people=30, seed=7)), folder / f"{crm}.log")
            stack.callback(child.stop)
            wait_until(partial(crm_answers, crm_url(port)), child)
        crms = {str(crm): crm_url(port) for crm, port in ports.items()}
        write_record(folder, RunRecord(ProcessMark.of(os.getpid()), crms=crms))
        yield folder


@pytest.fixture
def practice(state, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(state))
    return lambda *arguments: CliRunner().invoke(main, ("practice", *arguments))


@pytest.fixture
def shown(practice):
    return lambda who: json.loads(practice("show", who, "--json").stdout)


def test_a_person_added_in_activecampaign_can_be_seen(practice, shown):
    added = practice(
        "add", "ada@example.com", "--first-name", "Ada", "--last-name", "Byron", "--set", "JOB_TITLE=Analyst"
    )

    record = next(iter(shown("ada@example.com").values()))

    assert added.output.startswith("added activecampaign:contact:")
    assert (record["firstName"], record["lastName"]) == ("Ada", "Byron")


def test_an_edit_is_journalled_as_a_persons(practice, state, shown):
    practice("add", "bert@example.com", "--first-name", "Bert")

    edited = practice("edit", "bert@example.com", "--phone", "+49 30 1234567")

    base = json.loads((state / "run.json").read_text())["crms"]["activecampaign"]
    effects = httpx.get(f"{base}/_sandbox/journal", params={"kind": "effect", "limit": 10_000}).json()["entries"]
    assert edited.output.startswith("edited activecampaign:contact:")
    assert effects[-1]["actor"] == "person"
    assert effects[-1]["op"] == "update"
    assert next(iter(shown("bert@example.com").values()))["phone"] == "+49 30 1234567"


def test_a_person_in_zoho_is_edited_wherever_they_are(practice, shown):
    practice("add", "carla@example.com", "--last-name", "Celsius", "--company", "Heat", "--crm", "zoho")

    edited = practice("edit", "carla@example.com", "--first-name", "Carla", "--crm", "zoho")

    assert edited.output.startswith("edited zoho:Leads:")
    assert shown("carla@example.com").popitem()[1]["First_Name"] == "Carla"


def test_a_removed_person_is_gone(practice):
    practice("add", "dora@example.com")

    removed = practice("remove", "dora@example.com")

    assert removed.output.startswith("removed activecampaign:contact:")
    assert practice("show", "dora@example.com").exit_code == 1


def test_the_list_shows_the_sample_people(practice):
    listed = practice("list", "--limit", "3")

    assert listed.exit_code == 0
    assert "activecampaign:contact (" in listed.output


def test_a_table_shows_what_is_filled_in(practice):
    practice("add", "emil@example.com", "--first-name", "Emil")

    assert "Emil" in practice("show", "emil@example.com").output


def test_a_form_submitted_by_a_stranger_makes_a_contact(practice, shown):
    submitted = practice("submit", "dana@example.org", "--first-name", "Dana", "--country", "Spain")

    (contact,) = shown("dana@example.org").values()
    assert submitted.output == f"'Demo request' submitted by activecampaign:contact:{contact['id']}\n"
    assert (contact["firstName"], contact["fields"]["COUNTRY"]) == ("Dana", "Spain")
    assert contact["fields"]["DEMO_REQUESTED_AT"]


def test_a_form_submitted_by_somebody_known_is_theirs(practice, shown):
    practice("add", "fred@example.com", "--first-name", "Fred")

    practice("submit", "fred@example.com", "--phone", "+34 600 000 000")

    (contact,) = shown("fred@example.com").values()
    assert (contact["firstName"], contact["phone"]) == ("Fred", "+34 600 000 000")


def test_a_form_that_is_none_is_told_in_a_line(practice):
    result = practice("submit", "hans@example.org", "--form", "Nothing of the kind")

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1


@pytest.fixture
def task(state, practice):
    """The id of a task that somebody in sales has to do."""
    practice("add", "gina@example.com", "--last-name", "Gale", "--company", "Wind", "--crm", "zoho")
    base = json.loads((state / "run.json").read_text())["crms"]["zoho"]
    values = {"Subject": "Call Gina Gale", "Status": "Not Started", "Due_Date": "2026-03-02"}
    made = httpx.post(f"{base}/_sandbox/people/create", json={"module": "Tasks", "values": values})
    return made.json()["id"]


def test_what_sales_has_to_do_is_listed_and_can_be_done(practice, task):
    before = practice("tasks").output

    done = practice("complete", task)

    assert "Call Gina Gale" in before
    assert "Not Started" in before
    assert done.output == f"completed zoho:Tasks:{task}\n"
    assert "Completed" in practice("tasks").output


def test_a_task_that_is_none_is_told(practice):
    result = practice("complete", "4711")

    assert result.exit_code == 1
    assert "there is no task 4711" in result.output


@pytest.mark.parametrize("command", ["edit", "remove", "show"])
def test_somebody_unknown_is_told(practice, command):
    more = {"edit": ("--first-name", "X")}.get(command, ())

    result = practice(command, "nobody@example.com", *more)

    assert result.exit_code == 1
    assert "known as nobody@example.com" in result.output


def test_an_edit_of_nothing_is_told_how_to_be_one(practice):
    result = practice("edit", "anna@example.com")

    assert result.exit_code == 2
    assert "nothing to edit" in result.output


def test_a_crm_that_is_a_real_account_is_left_alone(practice, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    write_record(tmp_path, RunRecord(ProcessMark.of(os.getpid())))

    result = practice("list")

    assert "is the real account here" in result.output


def test_a_practice_crm_that_does_not_answer_is_told(practice, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    crms = {"activecampaign": crm_url(any_free_port())}
    write_record(tmp_path, RunRecord(ProcessMark.of(os.getpid()), crms=crms))

    result = practice("list")

    assert result.exit_code == 1
    assert "does not answer" in result.output


def test_options_become_the_vendors_own_names():
    typed = Typed(email="a@example.com", company="Acme", settings=["JOB_TITLE=Buyer"], lists=["Events=unsubscribed"])

    values = values_of(Crm.ACTIVECAMPAIGN, typed)

    assert values == {
        "email": "a@example.com",
        "orgname": "Acme",
        "fields": {"JOB_TITLE": "Buyer"},
        "lists": {"Events": "2"},
    }
    assert values_of(Crm.ZOHO, Typed(settings=["Description=a=b"])) == {"Description": "a=b"}


@pytest.mark.parametrize(
    ("crm", "typed", "told"),
    [
        (Crm.ZOHO, Typed(tags=["vip"]), "ActiveCampaign's"),
        (Crm.ACTIVECAMPAIGN, Typed(settings=["JOB_TITLE"]), "should be NAME=VALUE"),
        (Crm.ACTIVECAMPAIGN, Typed(lists=["Events=maybe"]), "known: subscribed"),
    ],
)
def test_what_has_no_meaning_is_told(crm, typed, told):
    with pytest.raises(NotUnderstood, match=told):
        values_of(crm, typed)
