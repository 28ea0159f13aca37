"""What each record is told of consent: an opt-out reaches every one of them, aliases too, and only that.

Nothing here subscribes: the only word for ActiveCampaign is that a person is taken off a list.
"""

from collections.abc import Sequence
from dataclasses import replace

from baton.domain.consent import Joint, Status, may_be_mailed
from baton.domain.contract import FieldType
from baton.domain.opting import SAID, word_of
from baton.domain.person import Base, Candidate, Plan, Ruling, Standing, Write
from baton.domain.records import Crm, Module, Value
from baton.domain.rulebook import Rulebook
from baton.domain.values.places import TAKEN_OFF

PUT_BACK = "an opt-out is lifted by the person's own newer opt-in alone; what was changed is put back"
REACHES = "an opt-out holds on every record of the person"
LIFTED = "the person's own newer opt-in lifts the opt-out"


def with_consent(plan: Plan, members: Sequence[Candidate], consent: Joint, book: Rulebook) -> Plan:
    """The plan, with what consent adds to its writes and what the bases remember of it."""
    told = {member.seen.ref: values for member in members if (values := _values(member, plan, consent, book))}
    writes = [
        _joined(write, told.get(write.ref) if write.ref else _newborn(write.module, consent, book))
        for write in plan.writes
    ]
    there = {write.ref for write in plan.writes}
    writes += [Write(ref.module, ref, values, {ref: _said(values)}) for ref, values in told.items() if ref not in there]
    bases = {**plan.bases}
    # Who stands alone (deleted on the other side, refused, for review) has no base, but can be taken off a list.
    for member in members if plan.memberships else ():
        news = None if member.seen.ref in told else _news(member, consent, book)
        if news is not None:
            bases[member.seen.ref] = {**bases.get(member.seen.ref, {}), SAID: news.value}
    standings = {
        ref: (Standing.WRITING, reason) if ref in told and standing is Standing.IN_STEP else (standing, reason)
        for ref, (standing, reason) in plan.standings.items()
    }
    rulings = tuple(_ruling(member, told[member.seen.ref], consent) for member in members if member.seen.ref in told)
    return replace(
        plan, writes=tuple(writes), bases=bases, standings=standings, rulings=plan.rulings + rulings, consent=consent
    )


def _news(member: Candidate, consent: Joint, book: Rulebook) -> Status | None:
    """What the base should remember: an opt-out, and its end once it was lifted, not when it was merely taken away."""
    word = word_of(member.seen, book.contract)
    is_out, was_out = word is Status.UNSUBSCRIBED, _remembered(member) == Status.UNSUBSCRIBED.value
    is_over = was_out and not is_out and consent.lifted_by is not None
    return word if is_over or (is_out and not was_out) else None


def _values(member: Candidate, plan: Plan, consent: Joint, book: Rulebook) -> dict[str, Value]:
    if member.seen.ref.crm is Crm.ZOHO:
        return _in_zoho(member, plan, consent, book)
    return _in_activecampaign(member, consent, book) if consent.status is Status.UNSUBSCRIBED else {}


def _in_zoho(member: Candidate, plan: Plan, consent: Joint, book: Rulebook) -> dict[str, Value]:
    module, row = member.seen.ref.module, member.seen.row
    place = _writable(book.contract.consent.opt_out.get(module), module, book)
    wanted = consent.status is Status.UNSUBSCRIBED
    told: dict[str, Value] = {}
    if place is not None and (row.get(place) is True) is not wanted and (wanted or consent.lifted_by is not None):
        told[place] = wanted
    is_alias = all(write.ref != member.seen.ref for write in plan.writes) and _is_alias(member, plan)
    word = next((rule.places[module] for rule in book.contract.rules_of(FieldType.CONSENT, module)), None)
    # Of aliases nothing else is written; the primary gets its word by the merge.
    if is_alias and word is not None and _writable(word, module, book) and row.get(word) != consent.status.value:
        told[word] = consent.status.value
    return told


def _in_activecampaign(member: Candidate, consent: Joint, book: Rulebook) -> dict[str, Value]:
    """A contact that lifted its own opt-out is left to a person: there people do opt in."""
    if _remembered(member) == Status.UNSUBSCRIBED.value:
        return {}
    lists = member.seen.row.get("lists")
    counting = book.contract.consent_lists
    return {
        f"{TAKEN_OFF}{list_id}": True
        for list_id, status in sorted((lists if isinstance(lists, dict) else {}).items())
        if may_be_mailed(status) and (not counting or list_id in counting)
    }


def _newborn(module: Module, consent: Joint, book: Rulebook) -> dict[str, Value]:
    place = _writable(book.contract.consent.opt_out.get(module), module, book)
    return {place: True} if place is not None and consent.status is Status.UNSUBSCRIBED else {}


def _joined(write: Write, told: dict[str, Value] | None) -> Write:
    if not told:
        return write
    half: Base = {**write.agreed.get(write.ref, {}), **_said(told)}
    return replace(write, values={**write.values, **told}, agreed={**write.agreed, write.ref: half})


def _said(told: dict[str, Value]) -> Base:
    is_lifted = any(value is False for value in told.values())
    return {SAID: Status.UNKNOWN.value if is_lifted else Status.UNSUBSCRIBED.value}


def _writable(place: str | None, module: Module, book: Rulebook) -> str | None:
    field = None if place is None else book.schemas.get(module, {}).get(place)
    return place if field is not None and field.is_writable else None


def _is_alias(member: Candidate, plan: Plan) -> bool:
    standing, _ = plan.standings.get(member.seen.ref, (None, ""))
    return standing is Standing.ALIAS


def _remembered(member: Candidate) -> Value:
    return member.membership.base.get(SAID) if member.membership else None


def _ruling(member: Candidate, told: dict[str, Value], consent: Joint) -> Ruling:
    if consent.lifted_by is not None:
        why = LIFTED
    else:
        why = PUT_BACK if _remembered(member) == Status.UNSUBSCRIBED.value else REACHES
    return Ruling("opt_out", why, member.seen.ref.module, after=", ".join(told))
