"""Judges what both CRMs show of a person this moment by the contract alone, not by what Baton remembers having written.

A difference that the contract itself asks for (a mode, a direction, a word without a counterpart) is none; one that a
person or a pause holds is named as such; what is on its way or was not read yet is named apart. The rest is wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from baton.domain.consent import Status, may_be_mailed
from baton.domain.contract import OF_DEAL, FieldRule, FieldType, WriteMode
from baton.domain.imprint import forms, is_converted
from baton.domain.opting import word_of
from baton.domain.person import Base, Standing
from baton.domain.records import CONTACT, Crm, RecordRef, Seen, Value
from baton.domain.rulebook import Rulebook
from baton.domain.values.cleaning import cleaned
from baton.domain.values.places import held
from baton.domain.values.sameness import same
from baton.domain.winning import step

_NAMES = (FieldType.FIRST_NAME, FieldType.LAST_NAME)
_BY_DEFINITION = (Standing.REFUSED, Standing.REVIEW, Standing.ALONE, Standing.GONE, Standing.FILTERED)


class Kind(StrEnum):
    FIELD = "field differs"
    MISSING = "counterpart missing"
    WRONG_ID = "wrong stored id"
    CONSENT = "consent looser"
    DUPLICATE = "duplicate"
    DEAD = "dead letter"
    NOT_READ = "not read yet"
    ON_ITS_WAY = "on its way"
    WAITS = "waits for a person"
    PAUSED = "paused"


WRONG = frozenset({Kind.FIELD, Kind.MISSING, Kind.WRONG_ID, Kind.CONSENT, Kind.DUPLICATE, Kind.DEAD})


@dataclass(frozen=True, slots=True)
class Member:
    """A record of the person as Baton knows it: how it stands, which version was read last, when, and its print."""

    ref: RecordRef
    role: str
    standing: str
    version: datetime
    base: Base = field(default_factory=dict)
    read_began: datetime | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Audited:
    """A person of the sample. `is_busy`: work waits in the inbox or the outbox. `conflicts`: fields under review."""

    person: int
    email: str | None
    members: tuple[Member, ...]
    is_busy: bool = False
    conflicts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement. References and names of fields only: values are told by `baton explain`."""

    kind: Kind
    person: int
    refs: tuple[RecordRef, ...]
    told: str
    field: str | None = None

    @property
    def is_wrong(self) -> bool:
        return self.kind in WRONG


@dataclass(frozen=True, slots=True)
class Live:
    """What the accounts show now: the records by their refs, who holds which address, and each record's print."""

    records: Mapping[RecordRef, Seen]
    prints: Mapping[RecordRef, str] = field(default_factory=dict)
    holders: Mapping[str, tuple[RecordRef, ...]] = field(default_factory=dict)
    elsewhere: Mapping[RecordRef, int] = field(default_factory=dict)


def judge(person: Audited, live: Live, book: Rulebook) -> tuple[Finding, ...]:
    found = tuple(_judged(person, live, book))
    if person.is_busy and found:
        told = f"work is under way; {len(found)} {'difference' if len(found) == 1 else 'differences'} now"
        return (Finding(Kind.ON_ITS_WAY, person.person, tuple(m.ref for m in person.members), told),)
    return found


def _judged(person: Audited, live: Live, book: Rulebook) -> Iterator[Finding]:
    unread = tuple(_unread(person, live))
    yield from unread
    yield from _duplicates(person, live)
    if any(member.standing == Standing.DEAD for member in person.members):
        refs = tuple(member.ref for member in person.members)
        yield Finding(Kind.DEAD, person.person, refs, "a write or a decision ran out of patience (baton dead list)")
        return
    if unread:
        return
    primary = {member.ref.crm: member for member in person.members if member.role == "primary"}
    shown = {crm: live.records[member.ref] for crm, member in primary.items()}
    yield from _consent(person, live, book)
    if len(shown) == len(Crm):
        yield from _ids(person, shown, book)
        yield from _fields(person, primary, shown, book)
    elif not any(member.standing in _BY_DEFINITION for member in person.members):
        yield _alone(person)


def _unread(person: Audited, live: Live) -> Iterator[Finding]:
    for member in person.members:
        seen = live.records.get(member.ref)
        if seen is None:
            yield Finding(Kind.NOT_READ, person.person, (member.ref,), "it is not there any more; not noticed yet")
        elif seen.version > member.version or _may_have_been_missed(member, seen, live.prints.get(member.ref)):
            told = f"edited at {seen.version:%Y-%m-%d %H:%M:%S}, read as of {member.version:%Y-%m-%d %H:%M:%S}"
            yield Finding(Kind.NOT_READ, person.person, (member.ref,), told)


def _may_have_been_missed(member: Member, seen: Seen, print_: str | None) -> bool:
    """Stamps have whole seconds: an edit in the second of the last read, or after it, may bear the stamp we know."""
    if print_ == member.fingerprint or member.read_began is None:
        return False
    return seen.version + timedelta(seconds=1) > member.read_began


def _duplicates(person: Audited, live: Live) -> Iterator[Finding]:
    known = {member.ref for member in person.members}
    if any(member.standing == Standing.REVIEW for member in person.members):
        refs = tuple(sorted(known))
        yield Finding(Kind.WAITS, person.person, refs, "a person says who is who")
        return
    for ref in live.holders.get(person.email or "", ()):
        if ref in known or (ref in live.records and is_converted(live.records[ref].row)):
            continue
        if ref in live.elsewhere:
            told = f"has the same address and stands for person {live.elsewhere[ref]}"
            yield Finding(Kind.DUPLICATE, person.person, (ref,), told)
        else:
            yield Finding(Kind.NOT_READ, person.person, (ref,), "has the same address and was never read")


def _alone(person: Audited) -> Finding:
    refs = tuple(member.ref for member in person.members)
    return Finding(Kind.MISSING, person.person, refs, "no counterpart, and no standing that says why")


def _ids(person: Audited, shown: Mapping[Crm, Seen], book: Rulebook) -> Iterator[Finding]:
    for crm, seen in shown.items():
        place, other = book.counterpart_place(seen.ref), shown[crm.other].ref.id
        stored = cleaned(held(seen.row, place)) if place else other
        # ActiveCampaign learns the ids with other writes and in idle time, so a blank there is on its way.
        if stored != other and not (stored is None and crm is Crm.ACTIVECAMPAIGN):
            told = f"{place} holds {stored or 'nothing'} and should hold {other}"
            yield Finding(Kind.WRONG_ID, person.person, (seen.ref,), told)


def _consent(person: Audited, live: Live, book: Rulebook) -> Iterator[Finding]:
    joined = [member for member in person.members if member.role and member.standing not in _BY_DEFINITION]
    records = [live.records[member.ref] for member in joined]
    words = {seen.ref: word_of(seen, book.contract) for seen in records}
    strictest = max(words.values(), key=lambda word: word.restriction, default=Status.UNKNOWN)
    for seen in records:
        told = _looser(seen, strictest, book)
        if told is not None:
            yield Finding(Kind.CONSENT, person.person, (seen.ref,), told)


def _looser(seen: Seen, strictest: Status, book: Rulebook) -> str | None:
    if seen.ref.module == CONTACT:
        lists = seen.row.get("lists")
        counted = book.contract.consent_lists
        mailed = [
            name
            for name, status in (lists if isinstance(lists, dict) else {}).items()
            if may_be_mailed(status) and (not counted or name in counted)
        ]
        is_loose = strictest is Status.UNSUBSCRIBED and bool(mailed)
        return (
            f"may be mailed over list {', '.join(sorted(mailed))}; the person opted out elsewhere" if is_loose else None
        )
    for rule in book.contract.rules_of(FieldType.CONSENT, seen.ref.module):
        word = cleaned(held(seen.row, rule.places[seen.ref.module])) or Status.UNKNOWN.value
        status = next((status for status in Status if status.value == word), None)
        if status is None or status.restriction < strictest.restriction:
            return f"{rule.places[seen.ref.module]} shows less than {strictest.value}"
    return None


def _fields(
    person: Audited, members: Mapping[Crm, Member], shown: Mapping[Crm, Seen], book: Rulebook
) -> Iterator[Finding]:
    refs = tuple(seen.ref for seen in shown.values())
    said = {crm: forms(seen, book.contract, book.spelling) for crm, seen in shown.items()}
    are_named_alike = _whole_name(said[Crm.ACTIVECAMPAIGN], book) == _whole_name(said[Crm.ZOHO], book)
    for rule in book.contract.rules_for(*(ref.module for ref in refs)):
        values = {crm: said[crm].get(rule.name) for crm in Crm}
        is_elsewhere = rule.type is FieldType.CONSENT or any(p.startswith(OF_DEAL) for p in rule.places.values())
        if is_elsewhere or (rule.type in _NAMES and are_named_alike) or _agree(rule, values, shown, person, book):
            continue
        pause = book.put_off(rule, list(shown.values()))
        if pause is not None:
            yield Finding(Kind.PAUSED, person.person, refs, pause, rule.name)
        elif rule.name in person.conflicts:
            yield Finding(
                Kind.WAITS, person.person, refs, "a person says who is right (baton conflicts list)", rule.name
            )
        elif not _may_differ(rule, values, members, shown, book, person.email):
            yield Finding(
                Kind.FIELD, person.person, refs, f"both sides show something else ({rule.direction})", rule.name
            )


def _whole_name(said: Mapping[str, Value], book: Rulebook) -> list[str]:
    names = (said.get(rule.name) for rule in book.contract.rules if rule.type in _NAMES)
    return sorted(" ".join(str(name) for name in names if name is not None).casefold().split())


def _agree(
    rule: FieldRule, values: Mapping[Crm, Value], shown: Mapping[Crm, Seen], person: Audited, book: Rulebook
) -> bool:
    """Either value, as it would be written on the other side, is what stands there."""
    for source in Crm:
        if rule.direction.allows(source.other):
            meant = book.fit(rule, values[source], shown[source.other].ref.module, person.email)
            if meant.withheld is None and same(rule, meant.value, values[source.other]):
                return True
    return False


def _may_differ(
    rule: FieldRule,
    values: Mapping[Crm, Value],
    members: Mapping[Crm, Member],
    shown: Mapping[Crm, Seen],
    book: Rulebook,
    email: str | None,
) -> bool:
    """Whether the contract itself keeps these two values apart, and they were heard."""
    targets = [crm for crm in Crm if rule.direction.allows(crm)]
    were_heard = all(
        rule.name in members[crm].base and same(rule, members[crm].base[rule.name], values[crm]) for crm in Crm
    )
    if not were_heard:
        return False
    is_one_way = len(targets) == 1 and not rule.put_back
    withheld = any(book.fit(rule, values[t.other], shown[t].ref.module, email).withheld is not None for t in targets)
    return is_one_way or withheld or _keeps_apart(rule, values, targets)


def _keeps_apart(rule: FieldRule, values: Mapping[Crm, Value], targets: Sequence[Crm]) -> bool:
    if rule.mode is WriteMode.CREATE_ONLY:
        return True
    if rule.mode is WriteMode.FILL_BLANK:
        return all(values[target] is not None for target in targets)
    if rule.type is not FieldType.LIFECYCLE or rule.may_go_back:
        return False
    return any((step(rule, values[t]) or -1) > (step(rule, values[t.other]) or -1) for t in targets)
