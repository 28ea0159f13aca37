"""What must hold between the keys of a contract: one line per place, directions that narrow, words that exist.

The form of each key alone is known by `written_contract`; whether the CRMs have the fields is asked by `doctor`.
"""

from collections.abc import Iterator, Sequence

from baton.domain.contract import OF_DEAL, Direction, FieldType, Policy, WriteMode
from baton.domain.records import Crm
from config.policy.document import Document
from config.policy.vocabulary import word_problems
from config.policy.written_contract import WrittenContract, WrittenField, directed
from config.policy.written_places import zoho_places
from config.problems import Problem

_AT_MOST_ONE = (FieldType.EMAIL, FieldType.FIRST_NAME, FieldType.LAST_NAME, FieldType.LIFECYCLE, FieldType.CONSENT)
_KEPT_BY_ZOHO = frozenset({"id", "Full_Name", "Created_Time", "Created_By", "Modified_Time", "Modified_By"})


def agreement_problems(contract: WrittenContract, document: Document, *, is_whole: bool) -> tuple[Problem, ...]:
    """All that does not agree. What is missing is told only when the contract could be read whole."""
    problems = [
        *_used_twice(contract, document),
        *_too_many(contract, document),
        *_email(contract, document),
    ]
    for name, field in contract.fields.items():
        problems += _field_problems(name, field, contract, document)
    problems += _opt_outs(contract, document)
    if is_whole:
        problems += _absent(contract, document)
    return tuple(problems)


def _used_twice(contract: WrittenContract, document: Document) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, field in contract.fields.items():
        for place, path in _places(name, field):
            other = first.setdefault(place, name)
            if other != name:
                advice = "One place belongs to one field: take one of the two out."
                yield document.problem(path, f"{place} is used by the field {other} already.", advice)


def _places(name: str, field: WrittenField) -> Iterator[tuple[str, Sequence[str]]]:
    yield f"ActiveCampaign's {field.activecampaign}", ("fields", name, "activecampaign")
    for module, place in zoho_places(field.zoho).items():
        yield f"{module}.{place}", ("fields", name, "zoho", module)


def _opt_outs(contract: WrittenContract, document: Document) -> Iterator[Problem]:
    """What keeps an opt-out is written by the rules of consent and by no field's."""
    used = {place for name, field in contract.fields.items() for place, _ in _places(name, field)}
    for key in ("opt_out", "left_by"):
        for module, place in zoho_places(getattr(contract.consent, key)).items():
            if f"{module}.{place}" in used:
                text = f"{place} is a field of the contract already."
                yield document.problem(("consent", key), text, "An opt-out has rules of its own: take the field out.")


def _too_many(contract: WrittenContract, document: Document) -> Iterator[Problem]:
    first: dict[FieldType, str] = {}
    for name, field in contract.fields.items():
        other = first.setdefault(field.type, name)
        if other != name and field.type in _AT_MOST_ONE:
            text = f"a person has one field of type {field.type}, and {other} is it."
            yield document.problem(("fields", name, "type"), text, "Make this one another type or take it out.")


def _email(contract: WrittenContract, document: Document) -> Iterator[Problem]:
    for name, field in contract.fields.items():
        if field.type is not FieldType.EMAIL:
            continue
        absent = [module for module in ("Leads", "Contacts") if module not in zoho_places(field.zoho)]
        if absent:
            text = f"the e-mail address identifies a person, and has no place in {absent[0]}."
            yield document.problem(("fields", name, "zoho"), text, "Write: zoho: Email")
        if field.mode is not WriteMode.ALWAYS:
            text = "the e-mail address identifies a person and must be kept in step."
            yield document.problem(("fields", name, "mode"), text, "Take this key out.")


def _absent(contract: WrittenContract, document: Document) -> Iterator[Problem]:
    types = {field.type: field for field in contract.fields.values()}
    if FieldType.EMAIL not in types:
        advice = "Add: email: {type: email, activecampaign: email, zoho: Email}"
        yield document.problem(("fields",), "no field has the type email, by which a person is known.", advice)
    last_name = types.get(FieldType.LAST_NAME)
    if contract.direction.allows(Crm.ZOHO) and not _is_written_there(last_name, contract):
        advice = "Add: last_name: {type: last_name, activecampaign: lastName, zoho: Last_Name}"
        text = f"no field of type last_name is written to {contract.people.placement}, which Zoho insists on."
        yield document.problem(("fields",), text, advice)


def _is_written_there(last_name: WrittenField | None, contract: WrittenContract) -> bool:
    if last_name is None or contract.people.placement not in zoho_places(last_name.zoho):
        return False
    return directed(last_name, contract).allows(Crm.ZOHO)


def _field_problems(name: str, field: WrittenField, contract: WrittenContract, document: Document) -> Iterator[Problem]:
    here = ("fields", name)
    yield from _field_direction(name, field, contract, document)
    yield from _one_way_only(name, field, contract, document)
    yield from _zoho_side(name, field, contract, document)
    if field.activecampaign == contract.people.zoho_id:
        text = f"{field.activecampaign} holds the Zoho id and nothing else."
        yield document.problem((*here, "activecampaign"), text, "Choose another field.")
    yield from word_problems(name, field, directed(field, contract), document)
    for place, type_ in (("consent", FieldType.CONSENT), ("email", FieldType.EMAIL)):
        if (field.activecampaign == place) != (field.type is type_):
            text = f"the place {place} and the type {type_} belong together."
            yield document.problem((*here, "type"), text, f"Write: type: {type_}, activecampaign: {place}")
    if field.required and (field.type is FieldType.CONSENT or field.when_blank is not None):
        text = "nothing can be missing where there always is a value."
        advice = "Take required out." if field.when_blank is None else "Take when_blank or required out."
        yield document.problem((*here, "required"), text, advice)
    if field.put_back and (field.owner is Crm.ZOHO or field.mode is not WriteMode.ALWAYS):
        text = "an edit in Zoho is undone only where ActiveCampaign owns the field and it is always written."
        yield document.problem((*here, "put_back"), text, "Take put_back, or owner and mode, out.")


def _field_direction(
    name: str, field: WrittenField, contract: WrittenContract, document: Document
) -> Iterator[Problem]:
    wanted = directed(field, contract)
    wider = [crm for crm in Crm if wanted.allows(crm) and not contract.direction.allows(crm)]
    if wider:
        text = f'"{wanted}" is wider than the contract\'s own direction, "{contract.direction}".'
        advice = "A field's direction can only narrow it: take this key out."
        yield document.problem(("fields", name, "direction"), text, advice)


def _one_way_only(name: str, field: WrittenField, contract: WrittenContract, document: Document) -> Iterator[Problem]:
    """What one side alone can say, and conflicts that cannot come about."""
    wanted, here = directed(field, contract), ("fields", name, "direction")
    reads_deal = any(place.startswith(OF_DEAL) for place in zoho_places(field.zoho).values())
    if wanted.allows(Crm.ZOHO) and (field.type is FieldType.OWNER or reads_deal):
        what = "a deal" if reads_deal else "the owner"
        text = f"{what} is read from Zoho and not written by the contract."
        yield document.problem(here, text, f"Write: direction: {Direction.TO_ACTIVECAMPAIGN}")
    if wanted.allows(Crm.ACTIVECAMPAIGN) and field.type is FieldType.CONSENT:
        text = "consent is read from ActiveCampaign's lists and never written there."
        yield document.problem(here, text, f"Write: direction: {Direction.TO_ZOHO}")
    if field.policy is not Policy.OWNER and wanted is not Direction.BOTH:
        text = "only a field that travels both ways can come into conflict."
        yield document.problem(("fields", name, "policy"), text, "Take it out, or write: direction: both")
    if field.first_match == Policy.REVIEW.value and wanted is not Direction.BOTH:
        text = "only a field that travels both ways can come into conflict."
        advice = "Name the side that keeps its value: activecampaign or zoho."
        yield document.problem(("fields", name, "first_match"), text, advice)
    if field.first_match is not None and (field.put_back or field.type in (FieldType.CONSENT, FieldType.OWNER)):
        text = "a field that is read-only in one crm has nothing to win there."
        yield document.problem(("fields", name, "first_match"), text, "Take this key out.")


def _zoho_side(name: str, field: WrittenField, contract: WrittenContract, document: Document) -> Iterator[Problem]:
    places = zoho_places(field.zoho)
    if not places:
        yield document.problem(("fields", name, "zoho"), "names no module.", "Write: {Leads: Company}, or one name.")
    for module, place in places.items():
        path = ("fields", name, "zoho", module)
        if place == contract.people.activecampaign_id:
            yield document.problem(
                path, f"{place} holds the ActiveCampaign id and nothing else.", "Choose another field."
            )
        elif place in _KEPT_BY_ZOHO:
            yield document.problem(path, f"{place} is kept by Zoho itself.", "Choose a field that may be written.")
