"""Where a change stopped is read from the story alone: each stage, and the ruling that set a value."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from baton.adapters.spelling import spelling
from baton.domain.chain import DONE, NOT_REACHED, NOTHING, STOPPED, WAITS, chain, field_stories
from baton.domain.contract import Contract, FieldRule, FieldType
from baton.domain.records import CONTACT, LEADS
from baton.domain.story import Happening, Story, ToldRecord, Waiting

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
OURS, THEIRS = "activecampaign:contact:7", "zoho:Leads:4876"
KEY = f"1/r3/{THEIRS}"
RULE = FieldRule("title", FieldType.TEXT, {CONTACT: "fields.TITLE", LEADS: "Title"})
CONTRACT = Contract((RULE,))
DECIDED = Happening(
    AT,
    "decided",
    OURS,
    9,
    {"revision": 3, "rules": {"title": "activecampaign spoke"}, "writes": [KEY], "editors": {THEIRS: "42"}},
    {"title": {"before": "Head", "after": "Chief", "target": "zoho:Leads"}},
)
WRITTEN = Happening(AT, "written", THEIRS, 9, {"key": KEY, "request": "r-77", "fields": ["Title"]})


def story(*happenings, standing="in step", reason="", waiting=(), role="primary"):
    rows = {OURS: {"fields": {"TITLE": "Chief"}}, THEIRS: {"Title": "Chief"}}
    records = tuple(ToldRecord(ref, role, standing, reason, AT, row, {"title": "Chief"}) for ref, row in rows.items())
    return Story(1, "anna@berg.example", 3, records, happenings, waiting)


def wait(box, state, what=THEIRS):
    return Waiting(box, what, state, AT, AT, 1, None)


def states(links):
    return [link.state for link in links]


def title(told):
    (one,) = field_stories(told, CONTRACT, spelling(), "title")
    return one


def test_a_value_that_arrived_tells_rule_run_editors_write_and_request():
    told = title(story(DECIDED, WRITTEN))

    why = told.why
    assert (why.rule, why.run, why.revision, why.before, why.after) == ("activecampaign spoke", 9, 3, "Head", "Chief")
    assert (why.editors, why.written_at, why.request, why.key) == ({THEIRS: "42"}, AT, "r-77", KEY)
    assert states(told.chain) == [DONE] * 6


def test_the_last_ruling_about_the_field_counts_and_not_one_about_another():
    other = replace(DECIDED, facts={"revision": 4, "rules": {"phone": "zoho spoke"}}, values={})

    assert title(story(DECIDED, WRITTEN, other)).why.revision == 3


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (replace(story(), records=()), [STOPPED] + [NOT_REACHED] * 5),
        (story(waiting=(wait("inbox", "to be read again"),)), [WAITS] + [NOT_REACHED] * 5),
        (story(waiting=(wait("inbox", "to be decided"),)), [DONE, NOTHING, NOTHING, WAITS, NOT_REACHED, NOT_REACHED]),
        (story(standing="refused", role=""), [DONE, STOPPED] + [NOT_REACHED] * 4),
        (story(standing="filtered", role=""), [DONE, STOPPED] + [NOT_REACHED] * 4),
        (story(standing="review", role=""), [DONE, DONE, STOPPED] + [NOT_REACHED] * 3),
        (story(standing="alone", role=""), [DONE, DONE, STOPPED] + [NOT_REACHED] * 3),
        (story(standing="dead"), [DONE, DONE, DONE, STOPPED, NOT_REACHED, NOT_REACHED]),
        (story(DECIDED, waiting=(wait("outbox", "waiting"),)), [DONE] * 4 + [WAITS, NOT_REACHED]),
        (story(DECIDED, waiting=(wait("outbox", "dead"),)), [DONE] * 4 + [STOPPED, NOT_REACHED]),
        (story(DECIDED, waiting=(wait("outbox", "sending"),)), [DONE] * 5 + [WAITS]),
        (story(DECIDED, waiting=(wait("outbox", "uncertain"),)), [DONE] * 5 + [WAITS]),
        (story(DECIDED), [DONE] * 4 + [NOTHING, NOTHING]),
        (story(DECIDED, WRITTEN), [DONE] * 6),
    ],
)
def test_each_stage_is_where_a_change_may_stop(told, expected):
    assert states(chain(told)) == expected


@pytest.mark.parametrize(
    ("rule", "before", "after", "state"),
    [
        ("create_only: the record exists already", "Head", "Head", STOPPED),
        (
            "the contract's direction (zoho → activecampaign) keeps this edit where it was made",
            "Head",
            "Chief",
            STOPPED,
        ),
        ("put off: Title of zoho:Leads: gone (was Title, now nothing)", "Head", "Head", WAITS),
    ],
)
def test_a_rule_that_lets_nothing_travel_is_where_it_stopped(rule, before, after, state):
    facts = {"revision": 3, "rules": {"title": rule}, "writes": []}
    decided = replace(
        DECIDED, facts=facts, values={"title": {"before": before, "after": after, "target": "zoho:Leads"}}
    )

    link = title(story(decided)).chain[3]

    assert (link.stage, link.state, link.told) == ("decided", state, rule)


def test_a_field_that_nobody_decided_and_one_that_the_contract_does_not_name():
    (stranger,) = field_stories(story(), CONTRACT, spelling(), "shoe_size")

    assert states(title(story()).chain)[3] == NOTHING
    assert states(stranger.chain)[:2] == [DONE, STOPPED]
