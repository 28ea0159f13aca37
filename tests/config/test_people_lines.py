"""What an engineer is told about who takes part, what an opt-out is, and who wins the first match."""

import pytest

from baton.domain.conditions import Condition
from baton.domain.contract import Consent, Filter, Pilot, Placing, Policy
from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm
from config.policy.reading import read_policy

CONTRACT = """
version: 1
direction: both
first_match: zoho
people:
  placement: Leads
  placement_rules: [{only_if: [{field: tags, any_of: [Customer]}], to: Contacts}]
  filters:
    activecampaign: {only_if: [{field: lists, any_of: ["3"]}], unless: [{field: fields.KIND, any_of: [blank]}]}
    zoho: {unless: [{field: {Leads: Lead_Status}, any_of: [Junk]}]}
  pilot: {tag: Pilot, list: 3, people: [Anna@X.example, "@x.example", "zoho:Leads:7"]}
consent: {opt_out: Email_Opt_Out, left_by: {Leads: Unsubscribed_Mode}, evidence_forms: [3, "8"]}
fields:
  email: {type: email, activecampaign: email, zoho: Email}
  last_name: {type: last_name, activecampaign: lastName, zoho: Last_Name, first_match: newest}
  word: {type: consent, direction: activecampaign → zoho, activecampaign: consent, zoho: Word, put_back: true}
""".lstrip("\n")


def test_what_is_written_of_people_and_consent_becomes_the_contracts_values(write):
    contract = read_policy(write(contract=CONTRACT)).contract

    assert contract.placings == (Placing((Condition({CONTACT: "tags"}, frozenset({"Customer"})),), CONTACTS),)
    assert contract.filters == {
        Crm.ACTIVECAMPAIGN: Filter(
            (Condition({CONTACT: "lists"}, frozenset({"3"})),),
            (Condition({CONTACT: "fields.KIND"}, frozenset({"blank"})),),
        ),
        Crm.ZOHO: Filter(unless=(Condition({LEADS: "Lead_Status"}, frozenset({"Junk"})),)),
    }
    assert contract.pilot == Pilot("Pilot", "3", frozenset({"anna@x.example", "@x.example", "zoho:Leads:7"}))
    assert contract.consent == Consent(
        {LEADS: "Email_Opt_Out", CONTACTS: "Email_Opt_Out"}, {LEADS: "Unsubscribed_Mode"}, frozenset({"3", "8"})
    )
    assert [rule.first_match for rule in contract.rules] == [Crm.ZOHO, Policy.NEWEST, None]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            '{tag: Pilot, list: 3, people: [Anna@X.example, "@x.example", "zoho:Leads:7"]}',
            "{people: []}",
            "contract.yaml:10: people.pilot: names nobody: give a tag, a list or people, or take it out.",
        ),
        (
            "field: tags",
            "field: tag",
            (
                'contract.yaml:6: people.placement_rules.0.only_if.0.field: "tag" is nothing that a contact can be '
                'asked for. Did you mean "tags"?'
            ),
        ),
        (
            "any_of: [Junk]",
            "any_of: []",
            "contract.yaml:9: people.filters.zoho.unless.0.any_of: should name at least one.",
        ),
        (
            "opt_out: Email_Opt_Out",
            "opt_out: Word",
            (
                "contract.yaml:11: consent.opt_out: Word is a field of the contract already. An opt-out has rules of "
                "its own: take the field out."
            ),
        ),
        ("evidence_forms: [3", "evidence_forms: [web", "contract.yaml:11: consent.evidence_forms.0: is not written"),
        (
            "first_match: zoho",
            "first_match: most_restrictive",
            'contract.yaml:3: first_match: "most_restrictive" is not',
        ),
        ("to: Contacts", "to: Deals", 'contract.yaml:6: people.placement_rules.0.to: "Deals" is not known here.'),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(told, before, after, message):
    problems = told(contract=CONTRACT.replace(before, after, 1))

    assert [problem for problem in problems if problem.startswith(message)], problems
