"""Which records stand for this person: keys in rank order, a veto, and review instead of a guess.

What a person has ruled comes first; then the first key both records have decides. A stored id outranks an address; a
record that carries the id of somebody else is nobody's candidate, whatever its address says.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from baton.domain.contract import Contract
from baton.domain.imprint import counterpart_of, is_converted
from baton.domain.person import Candidate, Person, Role
from baton.domain.records import Crm, RecordRef


@dataclass(frozen=True, slots=True)
class Match:
    """Who is who. With a `review` a person must choose; with a `tombstone` a record was deleted. Neither writes,
    nor does what somebody has ruled to be `apart`.

    A `record` without a `contact` is a person whom only Zoho knows.
    """

    contact: Candidate | None
    record: Candidate | None = None
    aliases: tuple[Candidate, ...] = ()
    review: str | None = None
    tombstone: str | None = None
    apart: str | None = None


def match(person: Person, contract: Contract) -> Match:
    ours = [c for c in person.candidates if c.belongs_to is None and not c.is_gone]
    contacts = tuple(sorted((c for c in ours if c.seen.ref.crm is Crm.ACTIVECAMPAIGN), key=_age))
    records = [c for c in ours if c.seen.ref.crm is Crm.ZOHO and not is_converted(c.seen.row)]
    if not contacts:
        return _known_to_zoho_alone(person, records, contract)
    contact = next((c for c in contacts if _is_primary(c)), contacts[0])
    rest = tuple(c for c in contacts if c is not contact)
    parted = {record for other, record in person.apart if other == contact.seen.ref}
    zoho = [c for c in person.candidates if c.seen.ref.crm is Crm.ZOHO and c.seen.ref not in parted]
    elsewhere = [c for c in zoho if c.belongs_to is not None and not c.is_gone]
    records = [c for c in records if c.seen.ref not in parted]
    found = _match_zoho(contact, records, elsewhere, person, contract)
    if found.record is None and found.review is None:
        return Match(contact, aliases=rest, tombstone=_tombstone(contact, zoho, contract), apart=_apart(parted))
    return replace(found, aliases=rest + found.aliases)


def _known_to_zoho_alone(person: Person, records: Sequence[Candidate], contract: Contract) -> Match:
    if not records:
        return Match(contact=None)
    choice = _choose([c for c in records if _is_primary(c)] or records, contract, "address")
    if isinstance(choice, str):
        return Match(contact=None, aliases=tuple(records), review=choice)
    others = tuple(c for c in records if c is not choice)
    return Match(None, choice, others, tombstone=_contact_is_gone(person, choice, contract))


def _contact_is_gone(person: Person, record: Candidate, contract: Contract) -> str | None:
    """A contact that was ours and was deleted is not made again by a machine, nor one that is not known yet."""
    contacts = [c for c in person.candidates if c.seen.ref.crm is Crm.ACTIVECAMPAIGN]
    gone = [c for c in contacts if c.is_gone and c.membership]
    if gone:
        return f"{_named(gone)} was deleted in ActiveCampaign and is not made again"
    elsewhere = [c for c in contacts if c.belongs_to is not None and not c.is_gone and c.email == record.email]
    if elsewhere and record.email is not None:
        return f"the contact with this address stands for another person: {_named(elsewhere)}"
    id_ = counterpart_of(record.seen, contract)
    return None if id_ is None else f"carries the id of ActiveCampaign contact {id_}, which is not known here"


def _match_zoho(
    contact: Candidate,
    records: Sequence[Candidate],
    elsewhere: Sequence[Candidate],
    person: Person,
    contract: Contract,
) -> Match:
    keys = _ranked(contact, records, person, contract)
    foreign = [*elsewhere, *(c for c in records if not any(c in found for found in keys.values()))]
    for key, found in keys.items():
        if found:
            choice = _choose(found, contract, key)
            if isinstance(choice, str):
                return Match(contact, review=choice)
            others = tuple(c for found in keys.values() for c in found if c is not choice)
            review = None if key == "ruling" else _two_addresses(contact, choice, others)
            return Match(contact, choice, others, review=review)
    taken = [c for c in foreign if _has_address_of(contact, c) or _carries_id_of(contact, c, contract)]
    return Match(contact, review=_taken(taken) if taken else None)


def _ranked(
    contact: Candidate, records: Sequence[Candidate], person: Person, contract: Contract
) -> dict[str, list[Candidate]]:
    """The candidates by the first key they share with the contact, best key first."""
    ranks: dict[str, list[Candidate]] = {"ruling": [], "link": [], "stored id": [], "address": []}
    for candidate in records:
        is_free = counterpart_of(candidate.seen, contract) is None
        if (contact.seen.ref, candidate.seen.ref) in person.same:
            ranks["ruling"].append(candidate)
        elif _is_primary(candidate):
            ranks["link"].append(candidate)
        elif _carries_id_of(contact, candidate, contract):
            ranks["stored id"].append(candidate)
        elif is_free and (candidate.membership or _has_address_of(contact, candidate)):
            ranks["address"].append(candidate)
    return ranks


def _choose(found: Sequence[Candidate], contract: Contract, key: str) -> Candidate | str:
    """The primary record, or the reason why only a person can tell."""
    for module in contract.zoho_modules:
        there = [c for c in found if c.seen.ref.module == module]
        if len(there) == 1:
            return there[0]
        if there:
            return f"{len(there)} {module.name} share this {key}: {_named(there)}"
    return f"{_named(found)} cannot stand for a person"


def _two_addresses(contact: Candidate, choice: Candidate, others: Sequence[Candidate]) -> str | None:
    """The contact moved to an address under which Zoho has another record: which of the two it is, a person tells."""
    if _has_address_of(contact, choice):
        return None
    new = [c for c in others if _has_address_of(contact, c) and c.membership is None]
    return f"{choice.seen.ref} has the old address and {_named(new)} the new one" if new else None


def _tombstone(contact: Candidate, zoho: Sequence[Candidate], contract: Contract) -> str | None:
    """A record that was ours and was deleted at the vendor is not made again by a machine, nor one that lives on."""
    gone = [c for c in zoho if c.is_gone and c.membership]
    if gone:
        return f"{_named(gone)} was deleted in Zoho and is not made again"
    ours = [c for c in zoho if c.belongs_to is None and (c.membership or _carries_id_of(contact, c, contract))]
    converted = [c for c in ours if is_converted(c.seen.row)]
    return f"{_named(converted)} was converted, and the contact made of it is not known yet" if converted else None


def _apart(parted: Collection[RecordRef]) -> str | None:
    """A machine makes no second record of somebody whom a person has parted from the first."""
    if not parted:
        return None
    return f"a person has ruled that it is not {', '.join(sorted(map(str, parted)))}; link it to its own record"


def _named(candidates: Sequence[Candidate]) -> str:
    return ", ".join(sorted(str(c.seen.ref) for c in candidates))


def _taken(taken: Sequence[Candidate]) -> str:
    return f"the record with this address or id stands for another ActiveCampaign contact: {_named(taken)}"


def _has_address_of(contact: Candidate, candidate: Candidate) -> bool:
    return contact.email is not None and candidate.email == contact.email


def _carries_id_of(contact: Candidate, candidate: Candidate, contract: Contract) -> bool:
    return counterpart_of(candidate.seen, contract) == contact.seen.ref.id


def _is_primary(candidate: Candidate) -> bool:
    return candidate.membership is not None and candidate.membership.role is Role.PRIMARY


def _age(candidate: Candidate) -> tuple[int, str]:
    # ActiveCampaign's ids grow and are never reused, so the smallest is the oldest contact.
    id_ = candidate.seen.ref.id
    return (len(id_), id_)
