"""The form in which a side shows a field: cleaned enough that two ways of writing one thing are one form.

A value that cannot be read as its type (a phone, a date, an e-mail) is shown as the text it is, not as a blank:
a blank would say that a person had cleared the field.
"""

from collections.abc import Callable, Mapping

from baton.domain.consent import status_of
from baton.domain.contract import Contract, FieldRule, FieldType
from baton.domain.identity import normalised
from baton.domain.records import Crm, Module, Row, Value
from baton.domain.values.answers import answer
from baton.domain.values.choices import choices
from baton.domain.values.cleaning import cleaned, folded
from baton.domain.values.dates import day
from baton.domain.values.moments import moment
from baton.domain.values.names import name, pair
from baton.domain.values.numbers import money, number
from baton.domain.values.places import held, id_in
from baton.domain.values.spelling import Spelling

_NO_CHOICE = "-None-"
_NAMES = {FieldType.FIRST_NAME: "firstName", FieldType.LAST_NAME: "lastName"}
"""Where ActiveCampaign keeps the half of a name that the contract does not mention."""


def shown(rule: FieldRule, module: Module, row: Row, contract: Contract, spelling: Spelling) -> Value:
    read = _READ_ALONE.get(rule.type)
    if read is not None:
        return read(held(row, rule.places[module]))
    match rule.type:
        case FieldType.EMAIL:
            return _email(held(row, rule.places[module]), spelling)
        case FieldType.PHONE:
            return _phone(rule, module, row, contract, spelling)
        case FieldType.CONSENT:
            return _consent(rule, module, row, contract)
        case FieldType.BOOLEAN:
            return answer(held(row, rule.places[module]), rule.vocabulary)
    return _name(rule, module, row, contract)


def _owner(raw: object) -> str | None:
    """Zoho shows its user's id, ActiveCampaign the name that was written there."""
    return id_in(raw) if isinstance(raw, dict) else cleaned(raw)


def _choice(raw: object) -> str | None:
    text = cleaned(raw)
    return None if text == _NO_CHOICE else text


_READ_ALONE: Mapping[FieldType, Callable[[object], Value]] = {
    FieldType.TEXT: cleaned,
    FieldType.DATE: day,
    FieldType.DATETIME: moment,
    FieldType.NUMBER: number,
    FieldType.MONEY: money,
    FieldType.MULTI_CHOICE: choices,
    FieldType.OWNER: _owner,
    FieldType.PICKLIST: _choice,
    FieldType.LIFECYCLE: _choice,
}


def _email(raw: object, spelling: Spelling) -> str | None:
    return normalised(raw, spelling) or folded(raw)


def _phone(rule: FieldRule, module: Module, row: Row, contract: Contract, spelling: Spelling) -> str | None:
    text = folded(held(row, rule.places[module]))
    return text and (spelling.phone(text, _region(module, row, contract, spelling)) or text)


def _region(module: Module, row: Row, contract: Contract, spelling: Spelling) -> str | None:
    place = contract.country_places.get(module)
    country = None if place is None else folded(held(row, place))
    return (country and spelling.region(country)) or contract.default_region


def _consent(rule: FieldRule, module: Module, row: Row, contract: Contract) -> str | None:
    if module.crm is Crm.ZOHO:
        return _choice(held(row, rule.places[module]))
    lists = row.get("lists")
    return status_of(lists if isinstance(lists, dict) else {}, contract.consent_lists).value


def _name(rule: FieldRule, module: Module, row: Row, contract: Contract) -> str | None:
    if module.crm is Crm.ZOHO:
        raw = held(row, rule.places[module])
        # What the contract itself writes into a blank is a form there, even if it is a word like "Unknown":
        # shown as a blank it would look as if somebody had cleared it.
        return name(raw) or _written_for_a_blank(rule, raw)
    first, last = (held(row, _half(type_, module, contract)) for type_ in _NAMES)
    return pair(first, last)[rule.type is FieldType.LAST_NAME]


def _written_for_a_blank(rule: FieldRule, raw: object) -> str | None:
    return None if rule.when_blank is None or folded(raw) != folded(rule.when_blank) else folded(raw)


def _half(type_: FieldType, module: Module, contract: Contract) -> str:
    for rule in contract.rules:
        if rule.type is type_ and module in rule.places:
            return rule.places[module]
    return _NAMES[type_]
