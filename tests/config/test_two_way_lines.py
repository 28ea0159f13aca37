"""What an engineer is told about a contract whose values travel both ways: what one side alone can say; conflicts."""

import pytest

from baton.domain.contract import Direction, Policy
from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm
from config.policy.reading import read_policy

BOTH_WAYS = """
version: 1
direction: both
people: {placement: Leads, zoho_id: fields.ZOHO_ID}
fields:
  email: {type: email, activecampaign: email, zoho: Email}
  last_name: {type: last_name, activecampaign: lastName, zoho: Last_Name}
""".lstrip("\n")

TO_ZOHO, TO_ACTIVECAMPAIGN = "direction: activecampaign → zoho", "direction: zoho → activecampaign"
OWNER = "zoho_owner: {type: owner, activecampaign: fields.ZOHO_OWNER, zoho: Owner"
DEAL = "deal_stage: {type: text, activecampaign: fields.DEAL_STAGE, zoho: {Contacts: deal.Stage}"
CONSENT = "consent: {type: consent, activecampaign: consent, zoho: Marketing_Consent"
TITLE = "title: {type: text, activecampaign: fields.TITLE, zoho: Title"
NOT_THE_OWNER = (
    "fields.zoho_owner.direction: the owner is read from Zoho and not written by the contract. "
    "Write: direction: zoho → activecampaign"
)
NOT_A_DEAL = (
    "fields.deal_stage.direction: a deal is read from Zoho and not written by the contract. "
    "Write: direction: zoho → activecampaign"
)
NOT_CONSENT = (
    "fields.consent.direction: consent is read from ActiveCampaign's lists and never written there. "
    "Write: direction: activecampaign → zoho"
)
NO_CONFLICT = (
    "fields.title.policy: only a field that travels both ways can come into conflict. Take it out, or write: "
    "direction: both"
)

LINES = {
    "an owner that travels as people do": (f"{OWNER}}}", NOT_THE_OWNER.replace(".direction", "", 1)),
    "an owner that travels both ways": (f"{OWNER}, direction: both}}", NOT_THE_OWNER),
    "an owner that travels to Zoho": (f"{OWNER}, {TO_ZOHO}}}", NOT_THE_OWNER),
    "a deal's field that travels as people do": (f"{DEAL}}}", NOT_A_DEAL.replace(".direction", "", 1)),
    "a deal's field that travels to Zoho": (f"{DEAL}, {TO_ZOHO}}}", NOT_A_DEAL),
    "consent that travels as people do": (f"{CONSENT}}}", NOT_CONSENT.replace(".direction", "", 1)),
    "consent that travels back": (f"{CONSENT}, {TO_ACTIVECAMPAIGN}}}", NOT_CONSENT),
    "a review of what travels to Zoho": (f"{TITLE}, policy: review, {TO_ZOHO}}}", NO_CONFLICT),
    "a review of what travels to ActiveCampaign": (f"{TITLE}, policy: review, {TO_ACTIVECAMPAIGN}}}", NO_CONFLICT),
    "an unknown policy": (
        f"{TITLE}, policy: latest}}",
        'fields.title.policy: "latest" is not known here. Known: owner, newest, most_restrictive, review.',
    ),
    "the more restrictive of two words without their order": (
        f"{TITLE}, policy: most_restrictive}}",
        (
            "fields.title.policy: needs Zoho's words in order, from free to restricted. "
            "Write: order: [May be called, Do not call]"
        ),
    ),
    "a first match that a person should judge of what goes one way": (
        f"{TITLE}, direction: activecampaign → zoho, first_match: review}}",
        (
            "fields.title.first_match: only a field that travels both ways can come into conflict. "
            "Name the side that keeps its value: activecampaign or zoho."
        ),
    ),
    "a winner of the first match for what is put back": (
        f"{TITLE}, put_back: true, first_match: zoho}}",
        "fields.title.first_match: a field that is read-only in one crm has nothing to win there. Take this key out.",
    ),
    "a first match that nobody can win": (
        f"{TITLE}, first_match: oldest}}",
        (
            'fields.title.first_match: "oldest" is not known here. Known: owner, newest, most_restrictive, review, '
            "activecampaign, zoho."
        ),
    ),
    "the field of the Zoho id": (
        "title: {type: text, activecampaign: fields.ZOHO_ID, zoho: Title}",
        "fields.title.activecampaign: fields.ZOHO_ID holds the Zoho id and nothing else. Choose another field.",
    ),
    "words that have no way back": (
        "size: {type: picklist, activecampaign: fields.SIZE, zoho: Size, vocabulary: {a: S, b: S}}",
        'fields.size.vocabulary.a: several words become "S", so the way back is not known. Give each word its own.',
    ),
    "put back what Zoho owns": (
        f"{TITLE}, put_back: true, owner: zoho}}",
        (
            "fields.title.put_back: an edit in Zoho is undone only where ActiveCampaign owns the field and it is "
            "always written. Take put_back, or owner and mode, out."
        ),
    ),
    "a place of nothing that Zoho has": (
        "title: {type: text, activecampaign: fields.TITLE, zoho: {Contacts: account.Name}}",
        (
            "fields.title.zoho.Contacts: is not written as it should be. The field's API name in Contacts; "
            "deal.Stage: of the last deal."
        ),
    ),
}


@pytest.mark.parametrize(("line", "message"), LINES.values(), ids=LINES)
def test_a_line_that_cannot_travel_so_is_told_with_its_place_and_advice(told, line, message):
    problems = told(contract=f"{BOTH_WAYS}  {line}\n")

    assert f"contract.yaml:7: {message}" in problems


WHOLE = {
    "a custom field that is none": (
        BOTH_WAYS.replace("fields.ZOHO_ID", "ZOHO_ID"),
        (
            "3: people.zoho_id: is not written as it should be. The ActiveCampaign field that holds the Zoho id: "
            "fields.ZOHO_ID. Left out: none."
        ),
    ),
    "a personalisation tag in lower case": (
        BOTH_WAYS.replace("fields.ZOHO_ID", "fields.zoho_id"),
        (
            "3: people.zoho_id: is not written as it should be. The ActiveCampaign field that holds the Zoho id: "
            "fields.ZOHO_ID. Left out: none."
        ),
    ),
    "a field that goes where people do not": (
        BOTH_WAYS.replace("direction: both", TO_ACTIVECAMPAIGN).replace("Email}", "Email, direction: both}"),
        (
            '5: fields.email.direction: "both" is wider than the contract\'s own direction, "zoho → activecampaign". '
            "A field's direction can only narrow it: take this key out."
        ),
    ),
    "people who reach Zoho without their last names": (
        BOTH_WAYS.replace("Last_Name}", f"Last_Name, {TO_ACTIVECAMPAIGN}}}"),
        (
            "4: fields: no field of type last_name is written to Leads, which Zoho insists on. Add: last_name: {type: "
            "last_name, activecampaign: lastName, zoho: Last_Name}"
        ),
    ),
}


@pytest.mark.parametrize(("contract", "message"), WHOLE.values(), ids=WHOLE)
def test_a_two_way_contract_that_cannot_be_used_says_why(told, contract, message):
    problems = told(contract=contract)

    assert f"contract.yaml:{message}" in problems


def test_a_sound_contract_says_of_each_field_which_way_it_goes_and_who_decides(write):
    lines = (f"{OWNER}, {TO_ACTIVECAMPAIGN}}}", f"{DEAL}, {TO_ACTIVECAMPAIGN}}}", f"{CONSENT}, {TO_ZOHO}}}")
    text = BOTH_WAYS + "".join(f"  {line}\n" for line in (*lines, f"{TITLE}, policy: review, owner: zoho}}"))

    contract = read_policy(write(contract=text)).contract

    rules = {rule.name: rule for rule in contract.rules}
    assert (contract.direction, contract.zoho_id) == (Direction.BOTH, "fields.ZOHO_ID")
    assert {name: rule.direction for name, rule in rules.items()} == {
        "email": Direction.BOTH,
        "last_name": Direction.BOTH,
        "zoho_owner": Direction.TO_ACTIVECAMPAIGN,
        "deal_stage": Direction.TO_ACTIVECAMPAIGN,
        "consent": Direction.TO_ZOHO,
        "title": Direction.BOTH,
    }
    assert (rules["title"].policy, rules["title"].owner) == (Policy.REVIEW, Crm.ZOHO)
    assert rules["email"].policy is Policy.OWNER
    assert rules["zoho_owner"].places == {CONTACT: "fields.ZOHO_OWNER", LEADS: "Owner", CONTACTS: "Owner"}
    assert contract.deal_fields == ("Stage",)


def test_people_who_only_travel_to_activecampaign_need_no_last_name_for_zoho(write):
    only_back = BOTH_WAYS.replace("direction: both", TO_ACTIVECAMPAIGN).rpartition("  last_name")[0]

    contract = read_policy(write(contract=only_back)).contract

    assert [(rule.name, rule.direction) for rule in contract.rules] == [("email", Direction.TO_ACTIVECAMPAIGN)]


@pytest.mark.parametrize("arrow", ["zoho → activecampaign", "zoho -> activecampaign", "zoho->activecampaign"])
def test_the_way_back_may_be_written_with_either_arrow(write, arrow):
    contract = read_policy(write(contract=BOTH_WAYS.replace("direction: both", f"direction: {arrow}"))).contract

    assert contract.direction is Direction.TO_ACTIVECAMPAIGN
