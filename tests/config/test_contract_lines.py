"""What an engineer is told about one line of a contract that cannot be used: key, what is wrong and what to do."""

import pytest

from config.policy.reading import read_policy

LINES = {
    "an unknown key at the top": (
        "versoin: 1",
        'versoin: is no key here. Did you mean "version"?',
    ),
    "an unknown key with nothing near": (
        "  phone: {type: phone, activecampaign: phone, zoho: Phone, x: 1}",
        (
            "fields.phone.x: is no key here. Known: type, activecampaign, zoho, direction, owner, policy, first_match, "
            "mode, vocabulary, fallback, when_blank, order, may_go_back, put_back, required."
        ),
    ),
    "a required field that is never blank": (
        "  budget: {type: number, activecampaign: fields.BUDGET, zoho: Budget, required: true, when_blank: '0'}",
        (
            "fields.budget.required: nothing can be missing where there always is a value. "
            "Take when_blank or required out."
        ),
    ),
    "an unknown type": (
        "  phone: {type: fone, activecampaign: phone, zoho: Phone}",
        'fields.phone.type: "fone" is not known here. Did you mean "phone"?',
    ),
    "an unknown direction": (
        "  phone: {type: phone, activecampaign: phone, zoho: Phone, direction: activecampaign > zoho}",
        'fields.phone.direction: "activecampaign > zoho" is not known here. Did you mean "activecampaign -> zoho"?',
    ),
    "an unknown write mode": (
        "  phone: {type: phone, activecampaign: phone, zoho: Phone, mode: fill_blanks}",
        'fields.phone.mode: "fill_blanks" is not known here. Did you mean "fill_blank"?',
    ),
    "a place that ActiveCampaign has not": (
        "  phone: {type: phone, activecampaign: Phone, zoho: Phone}",
        'fields.phone.activecampaign: "Phone" is no place in ActiveCampaign. Did you mean "phone"?',
    ),
    "a custom field in lower case": (
        "  budget: {type: number, activecampaign: fields.budget, zoho: Budget}",
        'fields.budget.activecampaign: "fields.budget" is no place in ActiveCampaign. Did you mean "fields.BUDGET"?',
    ),
    "a place in Zoho that is no API name": (
        "  budget: {type: number, activecampaign: fields.BUDGET, zoho: The Budget}",
        (
            "fields.budget.zoho: is not written as it should be. A Zoho API name like Lead_Source, or one per "
            "module: {Leads: Company, Contacts: Title}."
        ),
    ),
    "a module that Zoho has not": (
        "  budget: {type: number, activecampaign: fields.BUDGET, zoho: {Leeds: Budget}}",
        'fields.budget.zoho.Leeds: is no key here. Did you mean "Leads"?',
    ),
    "a field without a type": (
        "  budget: {activecampaign: fields.BUDGET, zoho: Budget}",
        "fields.budget.type: is missing. What kind of value it is: text, email, phone, picklist, …",
    ),
    "a name that is none": (
        "  Budget: {type: number, activecampaign: fields.BUDGET, zoho: Budget}",
        'fields.Budget: "Budget" is no name for a field. Use lower-case letters, digits and underscores.',
    ),
    "a number where a word is wanted": (
        "  size: {type: picklist, activecampaign: fields.SIZE, zoho: Size, vocabulary: {small: 10}}",
        "fields.size.vocabulary.small: should be text. Put it in quotes.",
    ),
    "a word where yes or no is wanted": (
        "  phone: {type: phone, activecampaign: phone, zoho: Phone, put_back: often}",
        "fields.phone.put_back: should be true or false. Whether an edit of the copy in Zoho is undone.",
    ),
    "a field that is a word": (
        "  phone: phone",
        (
            "fields.phone: should be keys and values. One line of the contract: where a value lives on both sides, "
            "and who may change it."
        ),
    ),
    "a direction wider than the contract's": (
        "  phone: {type: phone, activecampaign: phone, zoho: Phone, direction: both}",
        (
            'fields.phone.direction: "both" is wider than the contract\'s own direction, "activecampaign → zoho". A '
            "field's direction can only narrow it: take this key out."
        ),
    ),
    "a place in ActiveCampaign used twice": (
        "  surname: {type: text, activecampaign: lastName, zoho: Surname}",
        (
            "fields.surname.activecampaign: ActiveCampaign's lastName is used by the field last_name already. One "
            "place belongs to one field: take one of the two out."
        ),
    ),
    "a place in Zoho used twice": (
        "  surname: {type: text, activecampaign: fields.SURNAME, zoho: {Leads: Last_Name}}",
        (
            "fields.surname.zoho.Leads: Leads.Last_Name is used by the field last_name already. One place belongs to "
            "one field: take one of the two out."
        ),
    ),
    "the field of the ActiveCampaign id": (
        "  budget: {type: text, activecampaign: fields.BUDGET, zoho: {Leads: ActiveCampaign_ID}}",
        (
            "fields.budget.zoho.Leads: ActiveCampaign_ID holds the ActiveCampaign id and nothing else. Choose "
            "another field."
        ),
    ),
    "a field that Zoho keeps": (
        "  name: {type: text, activecampaign: fields.NAME, zoho: {Contacts: Full_Name}}",
        "fields.name.zoho.Contacts: Full_Name is kept by Zoho itself. Choose a field that may be written.",
    ),
    "no module at all": (
        "  budget: {type: number, activecampaign: fields.BUDGET, zoho: {}}",
        "fields.budget.zoho: names no module. Write: {Leads: Company}, or one name.",
    ),
    "two last names": (
        "  maiden: {type: last_name, activecampaign: fields.MAIDEN, zoho: Maiden}",
        (
            "fields.maiden.type: a person has one field of type last_name, and last_name is it. Make this one "
            "another type or take it out."
        ),
    ),
    "consent read from a field": (
        "  consent: {type: consent, activecampaign: fields.CONSENT, zoho: Marketing_Consent}",
        (
            "fields.consent.type: the place consent and the type consent belong together. Write: type: consent, "
            "activecampaign: consent"
        ),
    ),
    "a vocabulary for a number": (
        "  budget: {type: number, activecampaign: fields.BUDGET, zoho: Budget, vocabulary: {a: b}}",
        (
            "fields.budget.vocabulary: means nothing for a field of type number. It is for: picklist, lifecycle, "
            "multi_choice, boolean."
        ),
    ),
    "an order for a picklist": (
        "  size: {type: picklist, activecampaign: fields.SIZE, zoho: Size, order: [S, L]}",
        (
            "fields.size.order: means something for a picklist only with the policy most_restrictive. "
            "Write: policy: most_restrictive, or take it out."
        ),
    ),
    "a lifecycle without an order": (
        "  stage: {type: lifecycle, activecampaign: fields.STAGE, zoho: Stage}",
        "fields.stage.order: is missing. A lifecycle needs Zoho's words from first to last: [Subscriber, MQL].",
    ),
    "a word outside the order": (
        "  stage: {type: lifecycle, activecampaign: fields.STAGE, zoho: Stage, order: [A, B], vocabulary: {x: a}}",
        'fields.stage.vocabulary.x: "a" is not a word of the order. Did you mean "A"?',
    ),
    "a fallback outside the order": (
        "  stage: {type: lifecycle, activecampaign: fields.STAGE, zoho: Stage, order: [MQL, SQL], fallback: Won}",
        'fields.stage.fallback: "Won" is not a word of the order. Known: MQL, SQL.',
    ),
    "an order that says a word twice": (
        "  stage: {type: lifecycle, activecampaign: fields.STAGE, zoho: Stage, order: [MQL, SQL, MQL]}",
        'fields.stage.order.2: "MQL" stands in the order twice. Keep one.',
    ),
    "put back what Zoho owns": (
        "  phone: {type: phone, activecampaign: phone, zoho: Phone, put_back: true, owner: zoho}",
        (
            "fields.phone.put_back: an edit in Zoho is undone only where ActiveCampaign owns the field and it is "
            "always written. Take put_back, or owner and mode, out."
        ),
    ),
    "a field written twice": (
        "  email: {type: text, activecampaign: orgname, zoho: Company}",
        "fields.email: stands here a second time; the first is on line 4. Keep one.",
    ),
    "an alias": (
        "  size: {type: picklist, activecampaign: &a fields.SIZE, zoho: Size, fallback: *a}",
        "fields.size.fallback: uses an alias (*). Write the value out; anchors and aliases are not read here.",
    ),
    "a tag of YAML": (
        "  size: {type: !kind picklist, activecampaign: fields.SIZE, zoho: Size}",
        "fields.size.type: has a tag (!). Write the value plainly.",
    ),
}


@pytest.mark.parametrize(("line", "message"), LINES.values(), ids=LINES)
def test_a_line_that_cannot_be_used_is_told_with_its_place_and_advice(told, sound_contract, line, message):
    problems = told(contract=sound_contract + line)

    assert f"contract.yaml:6: {message}" in problems


def test_everything_wrong_is_told_at_once_and_in_the_order_of_the_lines(told):
    contract = """
        version: 1
        people: {placement: Lead}
        fields:
          email: {type: email, activecampaign: email, zoho: {Leads: Email}}
          phone: {type: fone, activecampaign: phone, zoho: Phone}
          stage: {type: lifecycle, activecampaign: fields.STAGE, zoho: Stage}
          stage: {type: text, activecampaign: orgname, zoho: Company}
    """

    problems = told(contract=contract)

    assert [problem.split(": ")[:2] for problem in problems] == [
        ["contract.yaml:2", "people.placement"],
        ["contract.yaml:4", "fields.email.zoho"],
        ["contract.yaml:5", "fields.phone.type"],
        ["contract.yaml:6", "fields.stage.order"],
        ["contract.yaml:7", "fields.stage"],
    ]


def test_several_words_may_become_one_where_the_value_never_travels_back(write, sound_contract):
    words = "{tiny: S, small: S}"
    line = f"  size: {{type: picklist, activecampaign: fields.SIZE, zoho: Size, vocabulary: {words}}}\n"

    policy = read_policy(write(contract=sound_contract + line))

    assert policy.contract.rules[-1].vocabulary == {"tiny": "S", "small": "S"}


@pytest.mark.parametrize("arrow", ["activecampaign → zoho", "activecampaign -> zoho", "activecampaign->zoho"])
def test_a_direction_may_be_written_with_either_arrow(write, sound_contract, arrow):
    policy = read_policy(write(contract=sound_contract + f"direction: {arrow}\n"))

    assert {rule.direction.value for rule in policy.contract.rules} == {"activecampaign → zoho"}
