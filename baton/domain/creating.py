"""A record for a person whom the other side does not know yet. Each value is fitted; what is withheld says why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from baton.domain.consent import Status
from baton.domain.contract import FieldRule, FieldType
from baton.domain.drift import PUT_OFF
from baton.domain.imprint import forms
from baton.domain.matching import Match
from baton.domain.membering import memberships, stand, standings
from baton.domain.person import Candidate, Person, Plan, Ruling, Standing, Write
from baton.domain.records import CONTACT, Crm, Module, RecordRef, Seen, Value
from baton.domain.rulebook import Rulebook
from baton.domain.values.fitting import Fitted
from baton.domain.values.places import with_values


def create_in_zoho(person: Person, found: Match, contact: Candidate, book: Rulebook, *, consent: Status) -> Plan:
    module = book.contract.placement_of(contact.seen)
    rules = _rules_into(Crm.ZOHO, contact.seen.ref.module, module, book)
    link: dict[str, Value] = {book.contract.activecampaign_id: contact.seen.ref.id}
    return _create(person, found, contact, module, rules, link, book, consent=consent)


def create_in_activecampaign(
    person: Person, found: Match, record: Candidate, book: Rulebook, *, consent: Status
) -> Plan:
    rules = _rules_into(Crm.ACTIVECAMPAIGN, CONTACT, record.seen.ref.module, book)
    place = book.contract.zoho_id
    link: dict[str, Value] = {place: record.seen.ref.id} if place else {}
    return _create(person, found, record, CONTACT, rules, link, book, consent=consent)


def _rules_into(target: Crm, left: Module, right: Module, book: Rulebook) -> tuple[FieldRule, ...]:
    """The address travels whatever its direction: without one nobody would know who it is."""
    shared = book.contract.rules_for(left, right)
    return tuple(rule for rule in shared if rule.direction.allows(target) or rule.type is FieldType.EMAIL)


def _create(
    person: Person,
    found: Match,
    source: Candidate,
    module: Module,
    rules: Sequence[FieldRule],
    link: dict[str, Value],
    book: Rulebook,
    *,
    consent: Status,
) -> Plan:
    said = forms(source.seen, book.contract, book.spelling)
    said |= {
        rule.name: consent.value
        for rule in rules
        if rule.type is FieldType.CONSENT and source.seen.ref.crm is not Crm.ZOHO
    }
    fitted = {rule.name: _fit(rule, said[rule.name], source.seen, module, person.email, book) for rule in rules}
    reason = _missing(rules, fitted, source.seen.ref.crm, module, book)
    if reason is not None:
        return stand(person, Standing.REFUSED, reason)
    values = {r.places[module]: fitted[r.name].value for r in rules if fitted[r.name].value is not None} | link
    # What the new record will show of it, which is not always as it was written.
    after = forms(
        Seen(RecordRef(module, ""), with_values({}, values), source.seen.version), book.contract, book.spelling
    )
    # What is put off was agreed on by nobody: it travels as at a first match, once it is mended.
    agreed = [name for name, fit in fitted.items() if not (fit.withheld or "").startswith(PUT_OFF)]
    halves = {source.seen.ref: {name: said[name] for name in agreed}, None: {name: after[name] for name in agreed}}
    where = "Zoho" if module.crm is Crm.ZOHO else "ActiveCampaign"
    return Plan(
        memberships=memberships(found),
        writes=(Write(module, None, values, _keyed(halves)),),
        rulings=tuple(
            Ruling(name, fit.withheld or f"new in {where}", module, after=fit.value) for name, fit in fitted.items()
        ),
        standings=standings(found, Standing.WRITING, f"to be created in {_named(module)}"),
    )


def _keyed(halves: dict[RecordRef | None, dict[str, Value]]) -> dict[RecordRef | None, dict[str, Value]]:
    return {ref: half for ref, half in halves.items() if half}


def _named(module: Module) -> str:
    return module.name if module.crm is Crm.ZOHO else "ActiveCampaign"


def _fit(rule: FieldRule, value: Value, source: Seen, module: Module, email: str | None, book: Rulebook) -> Fitted:
    """A value that must be withheld leaves a mandatory field without one; the contract's word for a blank stands in."""
    why = book.put_off(rule, [source, Seen(RecordRef(module, ""), {}, source.version)])
    fitted = Fitted(None, why) if why is not None else book.fit(rule, value, module, email)
    if fitted.withheld is None or not book.is_mandatory(rule, module):
        return fitted
    return replace(fitted, value=book.fit(rule, None, module, email).value)


def _missing(
    rules: Sequence[FieldRule], fitted: Mapping[str, Fitted], source: Crm, module: Module, book: Rulebook
) -> str | None:
    """Why the record cannot be made: the vendor insists on a field, or the contract does."""
    blank = [rule for rule in rules if fitted[rule.name].value is None]
    theirs = [rule.places[module] for rule in blank if book.is_mandatory(rule, module)]
    if theirs:
        return f"{module.name} takes no record without {', '.join(theirs)}"
    ours = [f"{rule.name} ({fitted[rule.name].withheld or f'{source} has none'})" for rule in blank if rule.required]
    return f"the contract requires {', '.join(ours)}" if ours else None
