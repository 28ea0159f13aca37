"""One person in, one plan out: match, merge, and say why. The only caller of both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from baton.domain.contract import Contract, FieldRule, FieldType, Schemas
from baton.domain.identity import refusal
from baton.domain.imprint import counterpart_of, forms, is_converted
from baton.domain.matching import Match, match
from baton.domain.merge import Outcome, Side, merge
from baton.domain.person import Base, Candidate, Membership, Person, Plan, Role, Ruling, Standing, Write
from baton.domain.records import Crm, Module, RecordRef, Value
from baton.domain.values.fitting import Fitted, fit
from baton.domain.values.spelling import Spelling

LEFT_OUT = "takes no part: it carries the id of another contact, or shares no key with this person"
_ONE_SPELLING = (FieldType.PICKLIST, FieldType.LIFECYCLE, FieldType.CONSENT)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All that a decision consults beside the person. `zoho_user` is the user whose token writes to Zoho."""

    contract: Contract
    schemas: Schemas
    spelling: Spelling
    zoho_user: str | None = None

    def fit(self, rule: FieldRule, value: Value, module: Module, email: str | None) -> Fitted:
        return fit(rule, value, module, self.schemas.get(module, {}), email)

    def is_mandatory(self, rule: FieldRule, module: Module) -> bool:
        field = self.schemas.get(module, {}).get(rule.places[module])
        return field is not None and field.is_mandatory


def decide(person: Person, book: Rulebook) -> Plan:
    plan = _decide(person, book)
    # A record that takes no part has a reason too, or nobody could tell it from one that was forgotten.
    left_out = {ref: _left_out(ref, person) for ref in person.refs if ref not in plan.standings}
    return replace(plan, standings={**left_out, **plan.standings}) if left_out else plan


def _left_out(ref: RecordRef, person: Person) -> tuple[Standing, str]:
    candidate = next((c for c in person.candidates if c.seen.ref == ref), None)
    if candidate is not None and candidate.is_gone:
        return Standing.GONE, "was deleted"
    if candidate is not None and is_converted(candidate.seen.row):
        return Standing.GONE, "converted lead"
    return Standing.ALONE, LEFT_OUT


def _decide(person: Person, book: Rulebook) -> Plan:
    found = match(_with_vendor_spelling(person, book), book.contract)
    if found.contact is None:
        return _without_contact(person, found)
    refused = refusal(found.contact.seen.row.get("email"), book.contract, book.spelling)
    if refused is not None:
        return _stand(person, Standing.REFUSED, refused)
    if found.review is not None:
        return _stand(person, Standing.REVIEW, found.review)
    if found.tombstone is not None:
        return _stand(person, Standing.GONE, found.tombstone)
    if found.record is None:
        return _create(person, found, book)
    return _merge(person, found, found.contact, found.record, book)


def _without_contact(person: Person, found: Match) -> Plan:
    reason = "no ActiveCampaign contact stands for this person, and people do not travel from Zoho"
    ours = [c.seen.ref for c in person.candidates if c.belongs_to is None]
    alone = {c.seen.ref: (Standing.ALONE, reason) for c in found.aliases}
    return Plan(standings={ref: alone.get(ref) or _left_out(ref, person) for ref in ours})


def _stand(person: Person, standing: Standing, reason: str) -> Plan:
    """Nothing is written; every record of this person says why."""
    ours = [c.seen.ref for c in person.candidates if c.belongs_to is None and not c.is_gone]
    return Plan(standings=dict.fromkeys(ours, (standing, reason)))


def _create(person: Person, found: Match, book: Rulebook) -> Plan:
    contact, module = _present(found.contact), book.contract.placement
    said = forms(contact.seen, book.contract, book.spelling)
    rules = [r for r in book.contract.rules_for(contact.seen.ref.module, module) if r.direction.allows(Crm.ZOHO)]
    fitted = {rule.name: _fit_to_create(rule, said[rule.name], module, person.email, book) for rule in rules}
    missing = [rule.places[module] for rule in rules if _is_missing(rule, fitted[rule.name], module, book)]
    if missing:
        return _stand(person, Standing.REFUSED, f"{module.name} takes no record without {', '.join(missing)}")
    written = {name: fit.value for name, fit in fitted.items()}
    places = {rule.name: rule.places[module] for rule in rules}
    values: dict[str, Value] = {places[name]: value for name, value in written.items() if value is not None}
    values[book.contract.activecampaign_id] = contact.seen.ref.id
    halves = {name: said[name] for name in written}
    return Plan(
        memberships=_memberships(found),
        writes=(Write(module, None, values, {contact.seen.ref: halves, None: written}),),
        rulings=tuple(
            Ruling(name, fit.withheld or "new in Zoho", module, after=fit.value) for name, fit in fitted.items()
        ),
        standings=_standings(found, Standing.WRITING, f"to be created in {module.name}"),
    )


def _fit_to_create(rule: FieldRule, value: Value, module: Module, email: str | None, book: Rulebook) -> Fitted:
    """A value that must be withheld leaves a mandatory field without one; the contract's word for a blank stands in."""
    fitted = book.fit(rule, value, module, email)
    if fitted.withheld is None or not book.is_mandatory(rule, module):
        return fitted
    return replace(fitted, value=book.fit(rule, None, module, email).value)


def _is_missing(rule: FieldRule, fitted: Fitted, module: Module, book: Rulebook) -> bool:
    return fitted.value is None and book.is_mandatory(rule, module)


def _merge(person: Person, found: Match, contact: Candidate, record: Candidate, book: Rulebook) -> Plan:
    sides = {Crm.ACTIVECAMPAIGN: _side(contact, book), Crm.ZOHO: _side(record, book)}
    pair = {Crm.ACTIVECAMPAIGN: contact.seen.ref, Crm.ZOHO: record.seen.ref}
    rules = book.contract.rules_for(contact.seen.ref.module, record.seen.ref.module)
    outcomes = merge(rules, sides, _fitter(pair, person.email, book))
    write = _write(outcomes, rules, pair, contact, record, book.contract)
    return Plan(
        memberships=_memberships(found),
        bases=_bases([o for o in outcomes if o.write is None], pair),
        writes=(write,) if write else (),
        rulings=tuple(_ruling(outcome, pair) for outcome in outcomes if _is_telling(outcome)),
        standings=_standings(found, Standing.WRITING if write else Standing.IN_STEP, ""),
    )


def _fitter(pair: Mapping[Crm, RecordRef], email: str | None, book: Rulebook) -> Callable[..., Fitted]:
    def fitted(rule: FieldRule, value: Value, target: Crm) -> Fitted:
        return book.fit(rule, value, pair[target].module, email)

    return fitted


def _with_vendor_spelling(person: Person, book: Rulebook) -> Person:
    """A row that is our own last write shows it in the vendor's spelling: what differs there is not speech.

    The base takes that spelling over, or the next edit of another field would make it look like one.
    """
    return replace(person, candidates=tuple(_respelt(candidate, book) for candidate in person.candidates))


def _respelt(candidate: Candidate, book: Rulebook) -> Candidate:
    membership = candidate.membership
    is_ours = membership is not None and membership.written == candidate.seen.version.isoformat()
    # Stamps have whole seconds: a person may have edited in the second of our write, and then it bears their name.
    if membership is None or not is_ours or candidate.seen.editor != book.zoho_user:
        return candidate
    shown = forms(candidate.seen, book.contract, book.spelling)
    # A choice has one spelling: one that differs is what a person chose before our write, and that is speech.
    words = {rule.name for rule in book.contract.rules if rule.type in _ONE_SPELLING}
    base = {name: agreed if name in words else shown.get(name, agreed) for name, agreed in membership.base.items()}
    return replace(candidate, membership=replace(membership, base=base))


def _side(candidate: Candidate, book: Rulebook) -> Side:
    base = candidate.membership.base if candidate.membership else {}
    return Side(forms(candidate.seen, book.contract, book.spelling), base)


def _write(
    outcomes: tuple[Outcome, ...],
    rules: tuple[FieldRule, ...],
    pair: Mapping[Crm, RecordRef],
    contact: Candidate,
    record: Candidate,
    contract: Contract,
) -> Write | None:
    places = {rule.name: rule.places for rule in rules}
    ref, wanted = record.seen.ref, [o for o in outcomes if o.write is Crm.ZOHO]
    values: dict[str, Value] = {places[o.name][ref.module]: o.value for o in wanted}
    if counterpart_of(record.seen, contract) != contact.seen.ref.id:
        values[contract.activecampaign_id] = contact.seen.ref.id
    if not values:
        return None
    return Write(ref.module, ref, values, dict(_bases(wanted, pair).items()))


def _bases(outcomes: list[Outcome], pair: Mapping[Crm, RecordRef]) -> dict[RecordRef, Base]:
    halves = {ref: {o.name: o.agreed[crm] for o in outcomes} for crm, ref in pair.items()}
    return {ref: half for ref, half in halves.items() if half}


def _memberships(found: Match) -> tuple[Membership, ...]:
    primary = [c for c in (found.contact, found.record) if c is not None]
    joined = [(c, Role.PRIMARY) for c in primary] + [(c, Role.ALIAS) for c in found.aliases]
    return tuple(
        Membership(c.seen.ref, role, c.membership.base if c.membership else {}, _written(c)) for c, role in joined
    )


def _written(candidate: Candidate) -> str | None:
    return candidate.membership.written if candidate.membership else None


def _standings(found: Match, standing: Standing, reason: str) -> dict[RecordRef, tuple[Standing, str]]:
    standings = {c.seen.ref: (standing, reason) for c in (found.contact, found.record) if c is not None}
    primary = str((found.record or _present(found.contact)).seen.ref)
    return standings | {c.seen.ref: (Standing.ALIAS, f"alias; the primary is {primary}") for c in found.aliases}


def _ruling(outcome: Outcome, pair: Mapping[Crm, RecordRef]) -> Ruling:
    target = pair[outcome.write or Crm.ZOHO].module
    return Ruling(outcome.name, outcome.rule, target, outcome.before, outcome.value)


def _is_telling(outcome: Outcome) -> bool:
    """First agreements say nothing that a ledger should keep."""
    return outcome.rule not in ("both blank", "already the same")


def _present(candidate: Candidate | None) -> Candidate:
    if candidate is None:
        raise ValueError("a plan without an ActiveCampaign contact writes nothing")
    return candidate
