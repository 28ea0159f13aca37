"""One person in, one plan out: match, merge, and say why. The only caller of both."""

from dataclasses import replace

from baton.domain.agreeing import agree, with_vendor_spelling
from baton.domain.consent import Joint
from baton.domain.converting import with_inherited_bases
from baton.domain.creating import create_in_activecampaign, create_in_zoho
from baton.domain.guard import with_risks
from baton.domain.identity import refusal
from baton.domain.imprint import is_converted
from baton.domain.matching import Match, match
from baton.domain.membering import stand
from baton.domain.opting import joint
from baton.domain.person import Candidate, Person, Plan, Role, Standing
from baton.domain.records import CONTACT, Crm, RecordRef
from baton.domain.restricting import with_consent
from baton.domain.rulebook import Rulebook
from baton.domain.taking_part import kept_out
from baton.domain.triggers import events

LEFT_OUT = "takes no part: it carries the id of another contact, or shares no key with this person"
STAYS_IN_ZOHO = "no ActiveCampaign contact stands for this person, and people do not travel from Zoho"
STAYS_IN_ACTIVECAMPAIGN = "no Zoho record stands for this person, and people do not travel from ActiveCampaign"


def decide(person: Person, book: Rulebook) -> Plan:
    known = with_inherited_bases(person, book.contract, book.spelling)
    found = match(with_vendor_spelling(known, book), book.contract)
    members = [c for c in (found.contact, found.record, *found.aliases) if c is not None]
    consent = joint(members, person.restriction, person.evidence, book.contract)
    reason = kept_out(members, book.contract)
    if reason is not None:
        return replace(stand(person, Standing.FILTERED, reason), consent=consent)
    plan = with_consent(_decide(person, found, consent, book), members, consent, book)
    # A record that takes no part has a reason too, or nobody could tell it from one that was forgotten.
    left_out = {ref: _left_out(ref, person) for ref in person.refs if ref not in plan.standings}
    plan = replace(plan, standings={**left_out, **plan.standings}) if left_out else plan
    return with_risks(_with_events(plan, person, book), person, book.contract)


def _with_events(plan: Plan, person: Person, book: Rulebook) -> Plan:
    """What happened to the contact that stands for this person; its base remembers that it was seen.

    Who asks to be called while the records wait for a review is not overheard: the handoff says what it waits for.
    """
    contact = _who_asks(plan, person) if book.plays else None
    if contact is None:
        return plan
    seen, remembered = events(person, contact, book.plays)
    half = {**plan.bases.get(contact.seen.ref, {}), **remembered}
    return replace(plan, events=seen, bases={**plan.bases, contact.seen.ref: half} if half else plan.bases)


def _who_asks(plan: Plan, person: Person) -> Candidate | None:
    members = {membership.ref for membership in plan.memberships if membership.role is Role.PRIMARY}
    contacts = [c for c in person.candidates if c.seen.ref.module == CONTACT and not c.is_gone]
    primary = next((c for c in contacts if c.seen.ref in members), None)
    ours = (c for c in contacts if c.seen.ref in person.refs and c.belongs_to is None)
    return primary or (None if plan.memberships else next(ours, None))


def _left_out(ref: RecordRef, person: Person) -> tuple[Standing, str]:
    candidate = next((c for c in person.candidates if c.seen.ref == ref), None)
    if candidate is not None and candidate.is_gone:
        return Standing.GONE, "was deleted"
    if candidate is not None and is_converted(candidate.seen.row):
        return Standing.GONE, "converted lead"
    return Standing.ALONE, LEFT_OUT


def _decide(person: Person, found: Match, consent: Joint, book: Rulebook) -> Plan:
    if found.contact is None:
        return _without_contact(person, found, consent, book)
    refused = refusal(found.contact.seen.row.get("email"), book.contract, book.spelling)
    if refused is not None:
        return stand(person, Standing.REFUSED, refused)
    if found.review is not None:
        return stand(person, Standing.REVIEW, found.review)
    if found.record is not None:
        pair = {Crm.ACTIVECAMPAIGN: found.contact, Crm.ZOHO: found.record}
        return agree(person, found, pair, book, consent=consent.status)
    return _without_record(person, found, found.contact, consent, book)


def _without_record(person: Person, found: Match, contact: Candidate, consent: Joint, book: Rulebook) -> Plan:
    if found.tombstone is not None:
        return stand(person, Standing.GONE, found.tombstone)
    if found.apart is not None:
        return stand(person, Standing.ALONE, found.apart)
    if not book.contract.direction.allows(Crm.ZOHO):
        return stand(person, Standing.ALONE, STAYS_IN_ACTIVECAMPAIGN)
    return create_in_zoho(person, found, contact, book, consent=consent.status)


def _without_contact(person: Person, found: Match, consent: Joint, book: Rulebook) -> Plan:
    if not book.contract.direction.allows(Crm.ACTIVECAMPAIGN):
        return _alone(person, found)
    if found.review is not None:
        return stand(person, Standing.REVIEW, found.review)
    if found.record is None:
        return _alone(person, found)
    if found.tombstone is not None:
        return stand(person, Standing.ALONE, found.tombstone)
    refused = refusal(found.record.seen.row.get("Email"), book.contract, book.spelling)
    if refused is not None:
        return stand(person, Standing.REFUSED, refused)
    return create_in_activecampaign(person, found, found.record, book, consent=consent.status)


def _alone(person: Person, found: Match) -> Plan:
    there = {c.seen.ref for c in (found.record, *found.aliases) if c is not None}
    alone = dict.fromkeys(there, (Standing.ALONE, STAYS_IN_ZOHO))
    ours = [c.seen.ref for c in person.candidates if c.belongs_to is None]
    return Plan(standings={ref: alone.get(ref) or _left_out(ref, person) for ref in ours})
