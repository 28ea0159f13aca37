"""What the flows may expect of any gateway, asked of both over loopback."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from baton.adapters.activecampaign.gateway import ActiveCampaignGateway
from baton.adapters.zoho.gateway import ZohoGateway
from baton.adapters.zoho.signing_in import Credentials
from baton.domain.failures import Busy, Failure, Gone, Throttled, Uncertain, Unreachable
from baton.domain.records import CONTACT, CONTACTS, LEADS, Module, RecordRef, Stream, StreamKind
from baton.ports import Change, Gateway, NewRecord

SOON = timedelta(seconds=2)
EDIT = {CONTACT: {"firstName": "Edited"}, LEADS: {"First_Name": "Edited"}, CONTACTS: {"First_Name": "Edited"}}
EMAIL = {CONTACT: "email", LEADS: "Email", CONTACTS: "Email"}
NEW = {
    CONTACT: lambda name, email: NewRecord({"email": email, "lastName": name}, email),
    LEADS: lambda name, email: NewRecord({"Email": email, "Last_Name": name, "Company": "Engines"}, f"key-{name}"),
    CONTACTS: lambda name, email: NewRecord({"Email": email, "Last_Name": name}, f"key-{name}"),
}


@dataclass(frozen=True)
class Case:
    """A gateway, and one of its modules."""

    gateway: Gateway
    module: Module
    practice: object

    @property
    def changes(self):
        return Stream(self.module, StreamKind.CHANGES)

    def new(self, name):
        return NEW[self.module](name, f"{name}@example.com")

    def page(self, since=None):
        return self.gateway.read_page(self.changes, since=since, position=None)


@pytest.fixture(params=[CONTACT, LEADS, CONTACTS], ids=str)
def module(request):
    return request.param


@pytest.fixture
def case(module, practise, real_wire, memory_tokens):
    practice = practise(module.crm.value)
    gateway = OPEN[module.crm.value](practice.url, real_wire, memory_tokens)
    yield Case(gateway, module, practice)
    gateway.close()


def _activecampaign(url, wire, memory_tokens):
    return ActiveCampaignGateway(base_url=url, token="practice-activecampaign-token", wire=wire)


def _zoho(url, wire, memory_tokens):
    held = Credentials(
        client_id="1000.PRACTICE", client_secret="practice-zoho-secret", refresh_token="1000.practice.refresh"
    )
    fields = dict.fromkeys((LEADS, CONTACTS), ("Email", "First_Name", "Last_Name", "ActiveCampaign_ID"))
    return ZohoGateway(accounts_url=url, credentials=held, tokens=memory_tokens(), fields=fields, wire=wire)


OPEN = {"activecampaign": _activecampaign, "zoho": _zoho}


def test_a_pass_begins_by_the_vendors_clock_and_not_after_it_was_asked(case):
    page = case.page()

    assert -SOON < page.began - datetime.now(UTC) <= timedelta(0)
    assert all(seen.version <= datetime.now(UTC) + SOON for seen in page.rows)


def test_what_was_created_is_in_the_window_and_is_read_by_id_as_it_was_answered(case):
    before = datetime.now(UTC) - SOON
    [answer] = case.gateway.create(case.module, [case.new("hopper")])

    [read] = case.gateway.read([answer.ref]).rows
    changed = case.page(since=before).rows

    assert read.version == answer.version
    assert [seen.ref for seen in changed] == [answer.ref]
    assert changed[0].row == read.row


def test_an_edit_moves_the_version_and_keeps_the_id(case):
    [made] = case.gateway.create(case.module, [case.new("hopper")])

    [edited] = case.gateway.update(case.module, [Change(made.ref, EDIT[case.module])])

    assert edited.ref == made.ref
    assert edited.version >= made.version


def test_answers_come_in_order(case):
    names = [f"n{number}" for number in range(12)]
    made = case.gateway.create(case.module, [case.new(name) for name in names])

    found = {seen.ref: seen.row[EMAIL[case.module]] for seen in case.gateway.read([one.ref for one in made]).rows}

    assert [found[answer.ref] for answer in made] == [f"{name}@example.com" for name in names]


def test_a_record_is_found_by_its_email(case):
    [made] = case.gateway.create(case.module, [case.new("hopper")])

    reading = case.gateway.find(case.module, field=EMAIL[case.module], values=["hopper@example.com", "no@example.com"])

    assert [seen.ref for seen in reading.rows] == [made.ref]


def test_what_a_person_deleted_is_missing_and_cannot_be_written(case):
    [made] = case.gateway.create(case.module, [case.new("hopper")])
    case.practice.post("/people/delete", module=case.module.name, id=made.ref.id)

    [answer] = case.gateway.update(case.module, [Change(made.ref, EDIT[case.module])])

    assert case.gateway.read([made.ref]).missing == (made.ref,)
    assert isinstance(answer.failure, Gone)


def test_the_canaries_sing(case):
    known = case.page().rows[0]

    assert case.gateway.filters_work(known)


def test_the_schema_knows_the_email_and_who_we_are_is_known(case):
    assert EMAIL[case.module] in case.gateway.schema(case.module)
    assert case.gateway.whoami().is_active


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("status", Unreachable),
        ("reset", Unreachable),
        ("cut_body", Unreachable),
        ("login_page", Unreachable),
        ("too_many", Throttled),
    ],
)
def test_whatever_happens_to_a_read_it_is_a_failure_with_a_name(case, kind, expected):
    case.practice.fault(kind, "* /", status=500, times=99)

    with pytest.raises(Failure) as raised:
        case.gateway.read([RecordRef(case.module, "1")])

    assert isinstance(raised.value, (expected, Busy))


@pytest.mark.parametrize("kind", ["status", "reset", "cut_body", "login_page", "timeout_after_effect"])
def test_whatever_happens_to_a_write_that_was_sent_it_is_uncertain(module, practise, hasty_wire, memory_tokens, kind):
    practice = practise(module.crm.value)
    gateway = OPEN[module.crm.value](practice.url, hasty_wire, memory_tokens)
    case = Case(gateway, module, practice)
    [made] = gateway.create(module, [case.new("hopper")])
    practice.fault(kind, "PUT /", status=500, hold_seconds=3)

    with pytest.raises(Uncertain):
        gateway.update(module, [Change(made.ref, EDIT[module])])

    gateway.close()


def test_a_survey_shows_every_record_in_the_order_of_the_ids_with_its_stamp(case):
    made = [answer.ref for answer in case.gateway.create(case.module, [case.new("hopper"), case.new("lovelace")])]

    survey = case.gateway.survey(case.module, position=None)

    ids = [int(ref.id) for ref in survey.stamps]
    versions = {seen.ref: seen.version for seen in case.gateway.read(made).rows}
    assert ids == sorted(ids)
    assert survey.position is None
    assert {ref: survey.stamps[ref] for ref in made} == versions


def test_a_survey_goes_on_behind_the_last_id(case):
    first, second = [
        answer.ref for answer in case.gateway.create(case.module, [case.new("hopper"), case.new("lovelace")])
    ]

    survey = case.gateway.survey(case.module, position=first.id)

    assert list(survey.stamps) == [second]
    assert list(case.gateway.survey(case.module, position=second.id).stamps) == []


def test_the_size_of_a_module_is_told(case):
    before = case.gateway.size(case.module).records

    case.gateway.create(case.module, [case.new("hopper")])

    assert case.gateway.size(case.module).records == before + 1


def test_a_window_with_an_end_leaves_out_what_came_later(case):
    case.gateway.create(case.module, [case.new("hopper")])

    page = case.gateway.read_page(case.changes, since=None, position=None, until=datetime.now(UTC) - timedelta(hours=1))

    emails = {seen.row[EMAIL[case.module]] for seen in page.rows}
    assert "hopper@example.com" not in emails
