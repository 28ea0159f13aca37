"""A contact with a first name alone, beside a record that knows the last name too.

Read by itself such a name is the last name, for Zoho takes nobody without one. Beside a record with a last name of its
own that reading would overwrite it, so there the name stays what it says it is, and the last name is simply not known.
"""

from collections.abc import Mapping

from baton.domain.contract import Contract, FieldRule, FieldType
from baton.domain.person import Base, Candidate
from baton.domain.records import CONTACT, Value
from baton.domain.values.cleaning import folded
from baton.domain.values.places import held
from baton.domain.values.sameness import same

Forms = Mapping[str, Value]


def beside(record: Forms, contact: Candidate, forms: Forms, contract: Contract) -> Forms:
    """The contact's forms as they are to be understood beside the record's."""
    first, last = (_rule(type_, contract) for type_ in (FieldType.FIRST_NAME, FieldType.LAST_NAME))
    if first is None or last is None or not _is_alone(contact, first, last):
        return forms
    base = contact.membership.base if contact.membership else {}
    if _stands_for_the_last(base, record.get(last.name), forms, first, last):
        return forms
    return {**forms, first.name: forms[last.name], last.name: None}


def _is_alone(contact: Candidate, first: FieldRule, last: FieldRule) -> bool:
    given, family = (folded(held(contact.seen.row, rule.places[CONTACT])) for rule in (first, last))
    return given is not None and family is None and " " not in given


def _stands_for_the_last(base: Base, theirs: Value, forms: Forms, first: FieldRule, last: FieldRule) -> bool:
    """It was agreed on as the last name, or the record says nothing else."""
    if last.name in base:
        return base[last.name] is not None and base.get(first.name) is None
    return theirs is None or same(last, theirs, forms[last.name])


def _rule(type_: FieldType, contract: Contract) -> FieldRule | None:
    return next((rule for rule in contract.rules if rule.type is type_ and CONTACT in rule.places), None)
