"""One handoff decided: left out, put off, given to somebody, or to nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baton.adapters.spelling import spelling
from baton.domain.conditions import Condition
from baton.domain.contract import Contract
from baton.domain.handoff import Assign, Book, Case, Forsake, Suppress, WaitForRecord, decide
from baton.domain.person import Standing
from baton.domain.plays import Gates, Play, Stamped, Task
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef, Seen
from baton.domain.routing import Routing, Salesperson
from baton.domain.tasking import TASKS, marker, ours_among

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BRUNO = Salesperson("1", "Bruno Becker", "bruno@sales.example")
BOOK = Book(Contract(rules=(), country_places={CONTACT: "fields.COUNTRY"}), (BRUNO,), spelling().region, "900")
LEAD = {"id": "7", "First_Name": "Anna", "Last_Name": "Berg", "Company": "Berg AG", "Owner": {"id": "900"}}
PLAY = Play("demo", Stamped("fields.AT"), Routing(otherwise="Bruno Becker"), Task("Call: {name}, {company}"))


def lead(module=LEADS, **values):
    return Seen(RecordRef(module, "7"), {**LEAD, **values}, NOW)


def case(**changes):
    contact = Seen(RecordRef(CONTACT, "12"), {"id": "12", "fields": {}, "lists": {"1": "1"}}, NOW)
    usual = Case(5, "demo", 1, "anna@berg.example", NOW - timedelta(minutes=1), NOW, "lease", contact, record=lead())
    return replace(usual, **changes)


def gated(**gates):
    return replace(PLAY, gates=Gates(**gates))


def test_somebody_new_gets_an_owner_and_a_task():
    outcome = decide(case(), PLAY, BOOK, NOW)

    assert isinstance(outcome, Assign)
    assert (outcome.owner, outcome.is_kept) == (BRUNO, False)
    assert outcome.task["Subject"] == "Call: Anna Berg, Berg AG"
    assert outcome.task["Owner"] == {"id": "1"}


def test_the_task_of_a_lead_names_its_module_and_that_of_a_contact_its_person():
    of_lead = decide(case(), PLAY, BOOK, NOW).task
    of_contact = decide(case(record=lead(CONTACTS)), PLAY, BOOK, NOW).task

    assert (of_lead["What_Id"], of_lead["$se_module"]) == ({"id": "7"}, "Leads")
    assert of_contact["Who_Id"] == {"id": "7"}
    assert "$se_module" not in of_contact


def test_the_task_reminds_of_the_minute_that_its_due_date_cannot_hold():
    task = decide(case(), PLAY, BOOK, NOW).task

    assert task["Due_Date"] == "2026-03-02"
    assert task["Remind_At"]["ALARM"].endswith("TRIGGER=DATE-TIME:2026-03-02T12:14:00+00:00")


def test_the_task_is_known_again_among_others_by_its_marker():
    described = decide(case(), PLAY, BOOK, NOW).task["Description"]
    tasks = [
        Seen(RecordRef(TASKS, "1"), {"Description": f"{marker(51)} call"}, NOW),
        Seen(RecordRef(TASKS, "2"), {"Description": f"done by phone. {described}"}, NOW),
        Seen(RecordRef(TASKS, "3"), {"Description": None}, NOW),
    ]

    assert ours_among(tasks, 5) == tasks[1]
    assert ours_among(tasks[:1], 5) is None


@pytest.mark.parametrize(
    ("play", "changes", "reason"),
    [
        (PLAY, {"happened_at": NOW - timedelta(hours=2)}, "age of the trigger: it was seen more than"),
        (PLAY, {"happened_at": NOW + timedelta(hours=2)}, "age of the trigger: its stamp lies in the future"),
        (PLAY, {"last": NOW - timedelta(days=6)}, "cooldown: handed over on 2026-02-24 12:00 already"),
        (gated(pilot=frozenset({"@pilot.example"})), {}, "pilot: the address is not in the pilot"),
        (gated(consent=frozenset({"Unconfirmed"})), {}, "consent: is Subscribed"),
        (
            gated(unless=(Condition({LEADS: "Lead_Status"}, frozenset({"Junk Lead"})),)),
            {"record": lead(Lead_Status="Junk Lead")},
            "unless Lead_Status is Junk Lead: is so",
        ),
        (
            gated(only_if=(Condition({LEADS: "Lead_Status"}, frozenset({"blank"})),)),
            {"record": lead(Lead_Status="Contacted")},
            "only if Lead_Status is blank: is not so",
        ),
    ],
)
def test_who_is_left_out_is_told_why(play, changes, reason):
    outcome = decide(case(**changes), play, BOOK, NOW)

    assert isinstance(outcome, Suppress)
    assert outcome.reason.startswith(reason)


@pytest.mark.parametrize(
    ("play", "changes"),
    [
        (PLAY, {"last": NOW - timedelta(days=8)}),
        (gated(pilot=frozenset({"@berg.example"})), {}),
        (gated(pilot=frozenset({"anna@berg.example"})), {}),
        (gated(consent=frozenset({"Subscribed"})), {}),
        (gated(unless=(Condition({LEADS: "Lead_Status"}, frozenset({"Junk Lead"})),)), {}),
        (gated(unless=(Condition({LEADS: "Owner"}, frozenset({"900"})),)), {"record": lead(CONTACTS)}),
        (gated(only_if=(Condition({LEADS: "Lead_Status"}, frozenset({"blank"})),)), {}),
    ],
)
def test_who_passes_the_gates_is_handed_over(play, changes):
    assert isinstance(decide(case(**changes), play, BOOK, NOW), Assign)


@pytest.mark.parametrize(("age", "wait"), [(0, 1), (40, 10), (7200, 300)])
def test_a_person_without_a_record_is_waited_for_longer_and_longer(age, wait):
    at = NOW + timedelta(seconds=age)

    assert decide(case(record=None), PLAY, BOOK, at).wait == timedelta(seconds=wait)


def test_a_person_who_is_reviewed_is_waited_for():
    assert isinstance(decide(case(record=None, standing=Standing.REVIEW), PLAY, BOOK, NOW), WaitForRecord)


@pytest.mark.parametrize("standing", [Standing.REFUSED, Standing.GONE, Standing.ALONE])
def test_a_person_who_will_never_have_a_record_is_not(standing):
    outcome = decide(case(record=None, standing=standing, reason="why"), PLAY, BOOK, NOW)

    assert isinstance(outcome, Suppress)
    assert outcome.reason == f"there is no Zoho record: {standing}"


def test_after_a_day_without_a_record_somebody_must_look():
    assert isinstance(decide(case(record=None), PLAY, BOOK, NOW + timedelta(days=2)), Forsake)


def test_with_nobody_eligible_no_task_is_made():
    outcome = decide(case(), replace(PLAY, routing=Routing(otherwise="Nobody")), BOOK, NOW)

    assert isinstance(outcome, Forsake)
    assert [step.outcome for step in outcome.steps][-2:] == ["is no user of Zoho", "nobody is eligible"]


def test_the_steps_hold_no_value_of_the_person():
    outcome = decide(case(), gated(pilot=frozenset({"@berg.example"})), BOOK, NOW)

    assert "berg" not in str(outcome.steps).lower()
