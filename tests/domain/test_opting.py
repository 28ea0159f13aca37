"""Consent over all records of a person: what holds, what lifts it, and what no order of events can loosen."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.consent import Evidence, Restriction, Status
from baton.domain.contract import Consent, Contract
from baton.domain.opting import SAID, joint, word_of
from baton.domain.person import Candidate, Membership, Role
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef, Seen

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPT_OUT = {LEADS: "Email_Opt_Out", CONTACTS: "Email_Opt_Out"}
LEFT_BY = {LEADS: "Unsubscribed_Mode", CONTACTS: "Unsubscribed_Mode"}
CONTRACT = Contract((), consent=Consent(OPT_OUT, LEFT_BY, frozenset({"3"})), consent_lists=frozenset({"1", "2"}))
OUT, IN = Status.UNSUBSCRIBED, Status.SUBSCRIBED


def contact(at=NOON, said=None, id_="12", **row):
    return member(RecordRef(CONTACT, id_), at, said, {"lists": {}, **row})


def lead(at=NOON, said=None, id_="7", module=LEADS, **row):
    return member(RecordRef(module, id_), at, said, row)


def member(ref, at, said, row):
    base = {} if said is None else {SAID: said.value}
    return Candidate(Seen(ref, row, at), Membership(ref, Role.PRIMARY, base))


def opted_in(at, source="letter"):
    return Evidence(at, source)


@pytest.mark.parametrize(
    ("record", "word"),
    [
        (contact(lists={"1": "1"}), Status.SUBSCRIBED),
        (contact(lists={"1": "1", "2": "2"}), Status.UNSUBSCRIBED),
        (contact(lists={"1": "1", "9": "2"}), Status.SUBSCRIBED),
        (contact(lists={"1": "3"}), Status.BOUNCED),
        (contact(lists={"1": "1"}, bounced_hard="1"), Status.BOUNCED),
        (contact(lists={"1": "1"}, bounced_hard="0"), Status.SUBSCRIBED),
        (contact(lists={"1": "2"}, bounced_hard="1"), Status.UNSUBSCRIBED),
        (contact(lists=None), Status.UNKNOWN),
        (lead(), Status.UNKNOWN),
        (lead(Email_Opt_Out=False), Status.UNKNOWN),
        (lead(Email_Opt_Out=True), Status.UNSUBSCRIBED),
        (lead(Unsubscribed_Mode="Unsubscribe link"), Status.UNSUBSCRIBED),
        (lead(Unsubscribed_Mode="-None-"), Status.UNKNOWN),
        (lead(module=CONTACTS, Email_Opt_Out=True), Status.UNSUBSCRIBED),
    ],
)
def test_each_record_says_what_it_says(record, word):
    assert word_of(record.seen, CONTRACT) is word


KEPT = Restriction(NOON, "zoho:Leads:7")


@pytest.mark.parametrize(
    ("members", "kept", "evidence", "status", "is_kept", "is_doubtful"),
    [
        pytest.param([contact(lists={"1": "1"}), lead()], None, [], IN, False, False, id="nobody opted out"),
        pytest.param([contact(lists={"1": "2"}), lead()], None, [], OUT, True, False, id="out in ActiveCampaign"),
        pytest.param(
            [contact(lists={"1": "1"}), lead(Email_Opt_Out=True)], None, [], OUT, True, False, id="out in Zoho"
        ),
        pytest.param(
            [contact(lists={"1": "1"}), lead(), lead(id_="8", Email_Opt_Out=True)],
            None,
            [],
            OUT,
            True,
            False,
            id="out on an alias",
        ),
        pytest.param([contact(lists={"1": "1"})], KEPT, [], OUT, True, False, id="a contact that was made anew"),
        pytest.param([contact(lists={"1": "1"}, said=OUT)], KEPT, [], OUT, True, True, id="a contact that came back"),
        pytest.param([lead(said=OUT)], KEPT, [], OUT, True, False, id="a tick that sales took away"),
        pytest.param([], KEPT, [], OUT, True, False, id="no record is left and the opt-out is kept"),
        pytest.param(
            [contact(lists={"1": "1"})], KEPT, [opted_in(NOON + HOUR)], IN, False, False, id="an opt-in after it"
        ),
        pytest.param(
            [contact(lists={"1": "1"}, said=OUT)], KEPT, [opted_in(NOON - HOUR)], OUT, True, True, id="one before it"
        ),
        pytest.param(
            [contact(lists={"1": "1"}, said=OUT)], KEPT, [opted_in(NOON)], OUT, True, True, id="one at the same moment"
        ),
        pytest.param(
            [contact(lists={"1": "1"}), lead(said=OUT, Email_Opt_Out=True)],
            KEPT,
            [opted_in(NOON + HOUR)],
            IN,
            False,
            False,
            id="an opt-in after an opt-out that Zoho still shows",
        ),
        pytest.param(
            [contact(lists={"1": "1"}), lead(at=NOON + 2 * HOUR, Email_Opt_Out=True)],
            KEPT,
            [opted_in(NOON + HOUR)],
            OUT,
            True,
            False,
            id="an opt-out after the opt-in",
        ),
        pytest.param(
            [contact(lists={"1": "1", "2": "2"}, said=OUT)],
            KEPT,
            [opted_in(NOON + HOUR)],
            OUT,
            True,
            False,
            id="an opt-in to one list while another one was left",
        ),
        pytest.param(
            [contact(lists={"1": "1"}, opt_ins={"1": {"at": (NOON + HOUR).isoformat(), "form": "3"}})],
            KEPT,
            [],
            IN,
            False,
            False,
            id="a form that the contract takes for proof",
        ),
        pytest.param(
            [contact(lists={"1": "1"}, said=OUT, opt_ins={"1": {"at": (NOON + HOUR).isoformat(), "form": "4"}})],
            KEPT,
            [],
            OUT,
            True,
            True,
            id="a form that the contract does not know",
        ),
        pytest.param([contact(lists={"1": "3"})], None, [], Status.BOUNCED, False, False, id="a bounce is not kept"),
    ],
)
def test_what_holds_for_the_person(members, kept, evidence, status, is_kept, is_doubtful):
    held = joint(members, kept, evidence, CONTRACT)

    assert held.status is status
    is_held = held.restriction is not None and held.lifted_by is None
    assert (is_held, held.is_doubtful) == (is_kept, is_doubtful)


def test_a_later_opt_out_moves_what_is_kept_and_says_which_record_said_it():
    held = joint([lead(at=NOON + HOUR, Email_Opt_Out=True)], KEPT, [], CONTRACT)

    assert held.restriction == Restriction(NOON + HOUR, "zoho:Leads:7")


def test_our_own_copy_of_an_opt_out_is_no_later_opt_out():
    held = joint([lead(at=NOON + HOUR, said=OUT, Email_Opt_Out=True)], KEPT, [], CONTRACT)

    assert held.restriction == KEPT


lists = st.dictionaries(st.sampled_from("129"), st.sampled_from(["0", "1", "2", "3", "91"]), max_size=3)
said = st.sampled_from([None, OUT, Status.UNKNOWN])
hours = st.integers(-5, 5).map(lambda n: NOON + n * HOUR)
ids = st.sampled_from("123")
contacts = st.builds(lambda at, said, id_, lists: contact(at, said, id_, lists=lists), hours, said, ids, lists)
leads = st.builds(lambda at, said, id_, out: lead(at, said, id_, Email_Opt_Out=out), hours, said, ids, st.booleans())
records = st.lists(contacts | leads, max_size=4, unique_by=lambda each: each.seen.ref)
kept = st.none() | hours.map(lambda at: Restriction(at, "zoho:Leads:1"))
proofs = st.lists(hours.map(opted_in), max_size=3)


@given(records, kept)
def test_without_evidence_nothing_is_ever_loosened(members, kept):
    held = joint(members, kept, [], CONTRACT)
    words = [word_of(each.seen, CONTRACT).restriction for each in members]

    assert held.status.restriction >= max(words, default=0)
    assert kept is None or held.status is OUT


@given(records, kept, proofs, st.randoms())
def test_the_order_in_which_records_and_evidence_are_seen_does_not_matter(members, kept, evidence, rng):
    shuffled = rng.sample(members, len(members)), rng.sample(evidence, len(evidence))

    one, other = joint(members, kept, evidence, CONTRACT), joint(shuffled[0], kept, shuffled[1], CONTRACT)

    assert (one.status, one.is_doubtful, one.lifted_by) == (other.status, other.is_doubtful, other.lifted_by)


@given(records, kept, hours.map(opted_in))
def test_what_lifts_is_always_newer_than_every_opt_out_that_is_news(members, kept, proof):
    held = joint(members, kept, [proof], CONTRACT)
    news = [
        each.seen.version
        for each in members
        if word_of(each.seen, CONTRACT) is OUT and each.membership.base.get(SAID) != OUT.value
    ]

    assert held.lifted_by is None or all(proof.at > at for at in [*news, *([kept.since] if kept else [])])


@given(records, kept, proofs)
def test_what_was_kept_says_the_same_when_it_is_asked_again(members, kept, evidence):
    first = joint(members, kept, evidence, CONTRACT)

    again = joint(members, first.restriction, evidence, CONTRACT)

    assert (again.status, again.lifted_by) == (first.status, first.lifted_by)
