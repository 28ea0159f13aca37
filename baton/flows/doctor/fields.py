"""Whether every field of the contract exists where it should, may be written, is long enough and takes its type."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from baton.domain.contract import OF_DEAL, Contract, FieldRule, FieldSchema, FieldType, Schema
from baton.domain.records import CONTACT, Module, Value
from baton.domain.values.kinds import unfit_by_kind
from baton.flows.doctor.findings import CONTRACT, NAMES, Finding

_COMPUTED = "consent"
# What a value of the type may look like at its most demanding, and how long it has to fit at least.
_SAMPLES: Mapping[FieldType, tuple[Value, int]] = {
    FieldType.EMAIL: ("nobody@example.com", 100),
    FieldType.PHONE: ("+15550100", 16),
    FieldType.DATE: ("2024-02-29", 0),
    FieldType.DATETIME: ("2024-02-29T12:00:00+00:00", 0),
    FieldType.NUMBER: (0.5, 0),
    FieldType.MONEY: (0.5, 0),
    FieldType.BOOLEAN: (True, 0),
}
_TEXT: tuple[Value, int] = ("text", 0)
# ActiveCampaign keeps every value as text, so what people typed into these may be no date or number at all.
_SEVERAL = frozenset({"checkbox", "listbox"})
_HOLD_SEVERAL = _SEVERAL | {"multiselectpicklist", "multiselect"}
_WORDS = frozenset({FieldType.PICKLIST, FieldType.LIFECYCLE})


def check_fields(contract: Contract, schemas: Mapping[Module, Schema]) -> Iterator[Finding]:
    for module, schema in schemas.items():
        for rule in contract.rules:
            if module in rule.places and not _is_elsewhere(rule.places[module]):
                yield replace(_check(rule, module, schema), where=_line(rule, module))
        yield from _at(_check_country(contract, module, schema), "people", "country", *_side(module))
        yield from _at(_check_opt_out(contract, module, schema), "consent")
    placement = schemas.get(contract.placement)
    if placement is not None:
        yield from _at(_check_mandatory(contract, placement), "fields")


def _at(findings: Iterator[Finding], *keys: str) -> Iterator[Finding]:
    return (replace(finding, where=(CONTRACT, *keys)) for finding in findings)


def _line(rule: FieldRule, module: Module) -> tuple[str, ...]:
    return (CONTRACT, "fields", rule.name, *_side(module))


def _side(module: Module) -> tuple[str, ...]:
    return ("activecampaign",) if module == CONTACT else ("zoho", module.name)


def _is_elsewhere(place: str) -> bool:
    """Consent is made of the lists, and a deal's fields stand in another module."""
    return place == _COMPUTED or place.startswith(OF_DEAL)


def _check(rule: FieldRule, module: Module, schema: Schema) -> Finding:
    place = rule.places[module]
    check = f"{NAMES[module.crm]}: {place} of {module.name} suits {rule.name}"
    field = schema.get(place)
    if field is None:
        return Finding(check, False, "there is no such field", nearest(place, module, schema))
    if rule.direction.allows(module.crm):
        is_several = rule.type is FieldType.MULTI_CHOICE and field.is_writable
        return _check_several(check, field) if is_several else _check_target(check, rule, module, field)
    return _check_source(check, rule, field)


def _check_target(check: str, rule: FieldRule, module: Module, field: FieldSchema) -> Finding:
    if not field.is_writable:
        return Finding(
            check, False, "it may not be written", "Choose another field, or allow editing it to the user's profile."
        )
    sample, needed = _SAMPLES.get(rule.type, _TEXT)
    wanted = unfit_by_kind(field.type, sample, module)
    if wanted is not None and unfit_by_kind(field.type, 1, module) is None and rule.type is FieldType.NUMBER:
        return Finding(check, None, "it holds whole numbers; others are left out, and said so", "Take a decimal field.")
    if wanted is not None:
        advice = f"Choose a field for {_kind(rule.type)}, or give {rule.name} another type in contract.yaml."
        return Finding(check, False, f"it is a field of kind {field.type}, which holds {wanted}", advice)
    if field.length is not None and field.length < needed:
        advice = f"Make it at least {needed} long; longer values are left out, and said so."
        return Finding(check, False, f"it holds {field.length} characters", advice)
    if field.choices is not None and rule.type is FieldType.TEXT:
        advice = f"Give {rule.name} the type picklist in contract.yaml, and a fallback."
        return Finding(check, None, "it takes the words of a list only", advice)
    return Finding(check, True, _described(field))


def _check_several(check: str, field: FieldSchema) -> Finding:
    if field.type.lower() in _HOLD_SEVERAL:
        return Finding(check, True, _described(field))
    return Finding(
        check, False, f"it is a field of kind {field.type}, which holds one choice", "Choose one for several."
    )


def _check_source(check: str, rule: FieldRule, field: FieldSchema) -> Finding:
    if field.type in _SEVERAL and rule.type in _WORDS:
        advice = "Where several are ticked they make one word that Zoho does not know: use a dropdown."
        return Finding(check, None, "several words may be ticked in it", advice)
    if field.type in {"date", "datetime"} and rule.type is FieldType.NUMBER:
        return Finding(check, False, "it holds dates", f"Give {rule.name} the type date in contract.yaml.")
    if field.type == "number" and rule.type is FieldType.DATE:
        return Finding(check, False, "it holds numbers", f"Give {rule.name} the type number in contract.yaml.")
    return Finding(check, True, _described(field))


def _check_country(contract: Contract, module: Module, schema: Schema) -> Iterator[Finding]:
    place = contract.country_places.get(module)
    if place is not None:
        check = f"{NAMES[module.crm]}: {place} of {module.name} holds the country"
        is_there = place in schema
        advice = (
            ""
            if is_there
            else f"Phone numbers there are read as those of default_region. {nearest(place, module, schema)}"
        )
        yield Finding(
            check, True if is_there else None, "it is there" if is_there else "there is no such field", advice
        )


def _check_opt_out(contract: Contract, module: Module, schema: Schema) -> Iterator[Finding]:
    place = contract.consent.opt_out.get(module)
    if place is not None:
        check = f"{NAMES[module.crm]}: {place} of {module.name} takes an opt-out"
        field = schema.get(place)
        if field is None:
            yield Finding(check, False, "there is no such field", nearest(place, module, schema))
        elif field.type != "boolean" or not field.is_writable:
            yield Finding(check, False, "it is no yes/no field that may be written", "Take Email_Opt_Out.")
        else:
            yield Finding(check, True, _described(field))
    noted = contract.consent.left_by.get(module)
    if noted is not None and noted not in schema:
        check = f"{NAMES[module.crm]}: {noted} of {module.name} notes how somebody left"
        yield Finding(check, False, "there is no such field", nearest(noted, module, schema))


def _check_mandatory(contract: Contract, schema: Schema) -> Iterator[Finding]:
    """A create without one of these is refused whole."""
    module = contract.placement
    filled = {rule.places[module]: rule for rule in contract.rules if module in rule.places}
    for field in schema.values():
        if not field.is_mandatory:
            continue
        check = f"Zoho: {field.name}, which {module.name} insist on, is always filled"
        rule = filled.get(field.name)
        if rule is None:
            advice = "Map it in contract.yaml with when_blank, or make it optional in Zoho's layout."
            yield Finding(check, False, "the contract does not fill it", advice)
        elif rule.when_blank is None and rule.type is not FieldType.EMAIL:
            advice = f"Give {rule.name} a when_blank in contract.yaml."
            yield Finding(check, None, "a person without it is not brought over, and said so", advice)
        else:
            yield Finding(
                check, True, f"with {rule.when_blank}" if rule.when_blank else "a person without it is no person"
            )


def nearest(place: str, module: Module, schema: Schema) -> str:
    near = get_close_matches(place, schema, n=1)
    if near:
        return f"Did you mean {near[0]}?"
    where = "Contacts › Manage fields" if module == CONTACT else f"Setup › Modules and Fields › {module.name}"
    return f"Make it ({where}), or correct the name in contract.yaml."


def _described(field: FieldSchema) -> str:
    return field.type if field.length is None else f"{field.type}, {field.length} long"


def _kind(type_: FieldType) -> str:
    return str(type_).replace("_", " ")
