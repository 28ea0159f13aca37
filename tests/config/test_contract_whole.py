"""What an engineer is told about a contract that is unsound as a whole."""

import pytest

WHOLE = {
    "without people": (
        "version: 1\nfields: {}",
        "1: people: is missing. What makes a person, and where a new one goes: people: {placement: Leads}",
    ),
    "without a placement": (
        "version: 1\npeople:\n  activecampaign_id: Key\nfields: {}",
        "2: people.placement: is missing. Where a person new to Zoho is created: Leads or Contacts.",
    ),
    "without an e-mail field": (
        "version: 1\npeople: {placement: Leads}\nfields: {}",
        (
            "3: fields: no field has the type email, by which a person is known. Add: email: {type: email, "
            "activecampaign: email, zoho: Email}"
        ),
    ),
    "without a last name": (
        "version: 1\npeople: {placement: Contacts}\nfields: {}",
        (
            "3: fields: no field of type last_name is written to Contacts, which Zoho insists on. Add: last_name: "
            "{type: last_name, activecampaign: lastName, zoho: Last_Name}"
        ),
    ),
    "of another version": (
        "version: 2\npeople: {placement: Leads}\nfields: {}",
        "1: version: is not known here. Known: 1.",
    ),
    "whose e-mail is in one module only": (
        (
            "version: 1\npeople: {placement: Leads}\nfields:\n  email: {type: email, activecampaign: email, zoho: "
            "{Leads: Email}}"
        ),
        (
            "4: fields.email.zoho: the e-mail address identifies a person, and has no place in Contacts. Write: "
            "zoho: Email"
        ),
    ),
    "whose e-mail is only filled in": (
        (
            "version: 1\npeople: {placement: Leads}\nfields:\n  email: {type: email, activecampaign: email, zoho: "
            "Email, mode: fill_blank}"
        ),
        "4: fields.email.mode: the e-mail address identifies a person and must be kept in step. Take this key out.",
    ),
    "where a word of Zoho has no way back": (
        (
            "version: 1\ndirection: both\npeople: {placement: Leads}\nfields:\n  size: {type: picklist, "
            "activecampaign: fields.SIZE, zoho: Size, vocabulary: {tiny: S, small: S}}"
        ),
        (
            '5: fields.size.vocabulary.small: several words become "S", so the way back is not known. Give each word '
            "its own."
        ),
    ),
    "with an address that is none": (
        "version: 1\npeople: {placement: Leads, refused_addresses: [noreply]}\nfields: {}",
        (
            "2: people.refused_addresses.0: is not written as it should be. E-mail addresses of nobody: "
            "name@example.com, name@ (any domain), @example.com (any name)."
        ),
    ),
    "that is a list": (
        "- version",
        "1: should be keys and values. Begin with: version: 1",
    ),
    "that is empty": (
        "",
        "1: should be keys and values. Begin with: version: 1",
    ),
    "with a quote left open": (
        'version: 1\npeople: {placement: "Leads}\n',
        (
            "3: is not YAML: found unexpected end of stream. Look at the indentation and the quotes of this line and "
            "the one before."
        ),
    ),
    "with a tab": (
        "version: 1\npeople:\n\tplacement: Leads\n",
        (
            "3: is not YAML: found character '\\t' that cannot start any token. Look at the indentation and the "
            "quotes of this line and the one before."
        ),
    ),
    "nested without end": (
        f"version: {'[' * 2000}",
        "1: is nested too deeply.",
    ),
    "of two documents": (
        "version: 1\n---\nversion: 1",
        (
            "2: is not YAML: but found another document. "
            "Look at the indentation and the quotes of this line and the one before."
        ),
    ),
    "with characters that nobody can see": (
        "version: \x00",
        "1: is not YAML: it holds characters that YAML forbids. Save it as plain text.",
    ),
    "with a number that is none": (
        "version: 0x\npeople: {placement: Leads}\nfields: {}",
        '1: version: "0x" is not known here. Known: 1.',
    ),
}


@pytest.mark.parametrize(("contract", "message"), WHOLE.values(), ids=WHOLE)
def test_a_contract_that_cannot_be_used_says_why(told, contract, message):
    problems = told(contract=contract)

    assert f"contract.yaml:{message}" in problems
