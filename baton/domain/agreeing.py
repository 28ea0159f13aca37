"""Two known records of one person brought to agree: what each is told, and what only a person can settle."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from baton.domain.consent import Status
from baton.domain.contract import FieldRule, FieldType
from baton.domain.drift import PUT_OFF
from baton.domain.imprint import forms
from baton.domain.lone_names import beside
from baton.domain.matching import Match
from baton.domain.membering import memberships, standings
from baton.domain.merge import ALREADY_THE_SAME, BOTH_BLANK, Outcome, Side, merge
from baton.domain.own_writes import fields_set, made_version
from baton.domain.person import Base, Candidate, Conflict, Person, Plan, Ruling, Spoken, Standing, Write
from baton.domain.pingpong import is_swinging
from baton.domain.records import CONTACT, Crm, RecordRef, Value
from baton.domain.rulebook import Rulebook
from baton.domain.values.fitting import Fitted
from baton.domain.values.places import held, with_values

Pair = Mapping[Crm, Candidate]
SWINGS = "frozen: the value came back for the third time in a day; a person says which one stays"
_NAMES = (FieldType.FIRST_NAME, FieldType.LAST_NAME)
_ONE_SPELLING = (FieldType.PICKLIST, FieldType.LIFECYCLE, FieldType.CONSENT)


def agree(person: Person, found: Match, pair: Pair, book: Rulebook, *, consent: Status) -> Plan:
    """`consent` is what holds for the person over all records; ActiveCampaign's own word is but one of them."""
    sides = _sides(pair, book, consent)
    rules = book.contract.rules_for(pair[Crm.ACTIVECAMPAIGN].seen.ref.module, pair[Crm.ZOHO].seen.ref.module)
    merged = merge(rules, sides, _fitter(pair, person.email, book))
    put_off = _put_off(rules, pair, book)
    outcomes = tuple(_unless_put_off(_unless_it_swings(outcome, person), put_off) for outcome in merged)
    writes = (*_freed(found, pair[Crm.ACTIVECAMPAIGN], book), *_writes(outcomes, rules, sides, pair, book))
    return Plan(
        memberships=memberships(found),
        bases=_halves([o for o in outcomes if o.write is None and not o.is_conflict and not _waits(o)], pair),
        writes=writes,
        rulings=tuple(_ruling(outcome, pair) for outcome in outcomes if _is_telling(outcome)),
        standings=standings(found, Standing.WRITING if writes else Standing.IN_STEP, _why_waiting(outcomes)),
        conflicts=tuple(_conflict(outcome, sides, pair) for outcome in outcomes if outcome.is_conflict),
    )


def _unless_it_swings(outcome: Outcome, person: Person) -> Outcome:
    if outcome.write is None:
        return outcome
    swings = is_swinging(outcome.name, outcome.write, outcome.before, outcome.value, person.swings)
    if outcome.name not in person.frozen and not swings:
        return outcome
    return Outcome(outcome.name, SWINGS, is_conflict=True)


def _put_off(rules: Sequence[FieldRule], pair: Pair, book: Rulebook) -> dict[str, str]:
    shown = [candidate.seen for candidate in pair.values()]
    reasons = {rule.name: book.put_off(rule, shown) for rule in rules}
    return {name: why for name, why in reasons.items() if why is not None}


def _unless_put_off(outcome: Outcome, put_off: Mapping[str, str]) -> Outcome:
    """Nothing is agreed on and no base moves, so that what was said is heard once it is mended."""
    if outcome.name not in put_off or outcome.is_conflict:
        return outcome
    return Outcome(outcome.name, put_off[outcome.name], before=outcome.before, value=outcome.before)


def _why_waiting(outcomes: Sequence[Outcome]) -> str:
    return next((outcome.rule for outcome in outcomes if _waits(outcome)), "")


def _waits(outcome: Outcome) -> bool:
    return outcome.rule.startswith(PUT_OFF)


def with_vendor_spelling(person: Person, book: Rulebook) -> Person:
    """A row that is our own last write shows it in the vendor's spelling: what differs there is not speech.

    The base takes that spelling over, or the next edit of another field would make it look like one. Only Zoho says
    who edited last, so only there can a row be known as ours.
    """
    return replace(person, candidates=tuple(_respelt(candidate, book) for candidate in person.candidates))


def _respelt(candidate: Candidate, book: Rulebook) -> Candidate:
    membership = candidate.membership
    # Stamps have whole seconds: a person may have edited in the second of our write, and then it bears their name.
    if membership is None or candidate.seen.editor != book.zoho_user:
        return candidate
    # What our write did not set it cannot have respelt: there it is what a person chose, and not heard yet.
    ours = fields_set(membership.written, candidate.seen.version) - _of_one_spelling(book)
    if not ours:
        return candidate
    ours -= {rule.name for rule in book.contract.rules if book.put_off(rule, [candidate.seen])}
    shown = forms(candidate.seen, book.contract, book.spelling)
    base = {name: shown.get(name, agreed) if name in ours else agreed for name, agreed in membership.base.items()}
    return replace(candidate, membership=replace(membership, base=base))


def _of_one_spelling(book: Rulebook) -> frozenset[str]:
    """A choice that differs from ours is what a person chose before our write, and that is speech."""
    return frozenset(rule.name for rule in book.contract.rules if rule.type in _ONE_SPELLING)


def _sides(pair: Pair, book: Rulebook, consent: Status) -> dict[Crm, Side]:
    shown = {crm: forms(candidate.seen, book.contract, book.spelling) for crm, candidate in pair.items()}
    contact = pair[Crm.ACTIVECAMPAIGN]
    word = {rule.name: consent.value for rule in book.contract.rules_of(FieldType.CONSENT, CONTACT)}
    shown[Crm.ACTIVECAMPAIGN] |= word
    understood = {
        Crm.ACTIVECAMPAIGN: beside(shown[Crm.ZOHO], contact, shown[Crm.ACTIVECAMPAIGN], book.contract),
        Crm.ZOHO: shown[Crm.ZOHO],
    }
    return {crm: Side(understood[crm], _base(each), _edited(each, book)) for crm, each in pair.items()}


def _edited(candidate: Candidate, book: Rulebook) -> datetime | None:
    """The record's stamp, unless our own write made it: that says nothing of when a person edited."""
    written = candidate.membership.written if candidate.membership else None
    is_ours = candidate.seen.editor is not None and candidate.seen.editor == book.zoho_user
    return None if is_ours or made_version(written, candidate.seen.version) else candidate.seen.version


def _base(candidate: Candidate) -> Base:
    return candidate.membership.base if candidate.membership else {}


def _fitter(pair: Pair, email: str | None, book: Rulebook) -> Callable[[FieldRule, Value, Crm], Fitted]:
    def fitted(rule: FieldRule, value: Value, target: Crm) -> Fitted:
        return book.fit(rule, value, pair[target].seen.ref.module, email)

    return fitted


def _writes(
    outcomes: Sequence[Outcome], rules: Sequence[FieldRule], sides: Mapping[Crm, Side], pair: Pair, book: Rulebook
) -> Iterator[Write]:
    places = {rule.name: rule.places for rule in rules}
    for crm in (Crm.ZOHO, Crm.ACTIVECAMPAIGN):
        ref, wanted = pair[crm].seen.ref, [outcome for outcome in outcomes if outcome.write is crm]
        values: dict[str, Value] = {places[o.name][ref.module]: o.value for o in wanted}
        values |= _names_in_the_way(rules, values, sides, pair[crm], book)
        if values or crm is Crm.ZOHO:
            values |= _link(pair[crm], pair[crm.other], book)
        if values:
            yield Write(
                ref.module, ref, values, _agreed(wanted, _shown_after(values, sides, pair[crm], book), pair, crm)
            )


def _names_in_the_way(
    rules: Sequence[FieldRule],
    values: Mapping[str, Value],
    sides: Mapping[Crm, Side],
    record: Candidate,
    book: Rulebook,
) -> dict[str, Value]:
    """A name that was read out of the other's field is written into its own before that field is overwritten."""
    module = record.seen.ref.module
    names = {rule.name: rule.places[module] for rule in rules if rule.type in _NAMES}
    if values.keys().isdisjoint(names.values()):
        return {}
    before, after = sides[module.crm].forms, _shown_after(values, sides, record, book)
    read = {place: before[name] for name, place in names.items() if before[name] != after[name]}
    return {place: name for place, name in read.items() if name is not None and place not in values}


def _shown_after(
    values: Mapping[str, Value], sides: Mapping[Crm, Side], record: Candidate, book: Rulebook
) -> Mapping[str, Value]:
    """The forms that the record shows once these values are written."""
    written = replace(record.seen, row=with_values(record.seen.row, values))
    after = forms(written, book.contract, book.spelling)
    if written.ref.crm is Crm.ZOHO:
        return after
    return beside(sides[Crm.ZOHO].forms, replace(record, seen=written), after, book.contract)


def _agreed(
    wanted: Sequence[Outcome], after: Mapping[str, Value], pair: Pair, target: Crm
) -> dict[RecordRef | None, Base]:
    """Once it is written: what was said on one side, and on the other the form in which the record then shows it."""
    halves: dict[RecordRef | None, Base] = dict(_halves(wanted, pair).items())
    ref = pair[target].seen.ref
    if ref in halves:
        halves[ref] = {name: after.get(name, agreed) for name, agreed in halves[ref].items()}
    return halves


def _link(record: Candidate, other: Candidate, book: Rulebook) -> dict[str, Value]:
    """The other side's id, where it is not stored yet.

    In Zoho that is worth a write of its own, for a hundred share a call; in ActiveCampaign it rides along.
    """
    place = book.counterpart_place(record.seen.ref)
    if place is None or held(record.seen.row, place) == other.seen.ref.id:
        return {}
    return {place: other.seen.ref.id}


def _freed(found: Match, contact: Candidate, book: Rulebook) -> Iterator[Write]:
    """An alias that carries the contact's id gives it back first: the field is unique, and the primary needs it."""
    place = book.contract.activecampaign_id
    if found.record is None or held(found.record.seen.row, place) == contact.seen.ref.id:
        return
    for alias in found.aliases:
        ref = alias.seen.ref
        if ref.crm is Crm.ZOHO and held(alias.seen.row, place) == contact.seen.ref.id:
            yield Write(ref.module, ref, {place: None}, {ref: {}})


def _halves(outcomes: Sequence[Outcome], pair: Pair) -> dict[RecordRef, Base]:
    halves = {pair[crm].seen.ref: {o.name: o.agreed[crm] for o in outcomes} for crm in pair}
    return {ref: half for ref, half in halves.items() if half}


def _conflict(outcome: Outcome, sides: Mapping[Crm, Side], pair: Pair) -> Conflict:
    field = outcome.name
    said = {
        crm: Spoken(side.base.get(field), side.forms.get(field), pair[crm].seen.editor, pair[crm].seen.version)
        for crm, side in sides.items()
    }
    return Conflict(field, said, is_swinging=outcome.rule == SWINGS)


def _ruling(outcome: Outcome, pair: Pair) -> Ruling:
    target = pair[outcome.write or Crm.ZOHO].seen.ref.module
    return Ruling(outcome.name, outcome.rule, target, outcome.before, outcome.value)


def _is_telling(outcome: Outcome) -> bool:
    """First agreements say nothing that a ledger should keep."""
    return outcome.rule not in (BOTH_BLANK, ALREADY_THE_SAME)
