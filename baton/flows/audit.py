"""Audit: read a sample of people live from both accounts, apart from the mirror, and judge it by the contract."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from baton.domain.audit import Audited, Finding, Live, judge
from baton.domain.calls import calls_in_lane
from baton.domain.person import Lane
from baton.domain.records import Crm, RecordRef, Seen
from baton.engine import Engine

AT_ONCE = 100
ADDRESSES = 50
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at, and everything that did not agree, the wrong ones first."""

    people: int
    records: int
    findings: tuple[Finding, ...]

    @property
    def wrong(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_wrong)


def audit(engine: Engine, *, size: int, seed: int) -> Audit:
    """Nothing is written, at the vendors or here; the calls are made on the bulk lane, behind what is live."""
    with calls_in_lane(Lane.BULK):
        people = engine.audits.sample(size, seed=seed)
        live = _live(people, engine)
    busy = engine.audits.busy([person.person for person in people])
    book = engine.rulebook
    findings = [
        finding
        for person in people
        for finding in judge(replace(person, is_busy=person.is_busy or person.person in busy), live, book)
    ]
    ordered = sorted(findings, key=lambda finding: (not finding.is_wrong, finding.kind, finding.person))
    return Audit(len(people), len(live.records), tuple(ordered))


def _live(people: Sequence[Audited], engine: Engine) -> Live:
    refs = [member.ref for person in people for member in person.members]
    records: dict[RecordRef, Seen] = {}
    for module in engine.contract.modules:
        for some in _batches(sorted(ref for ref in refs if ref.module == module), AT_ONCE):
            records |= {seen.ref: seen for seen in engine.gateways[module.crm].read(some).rows}
    holders = _holders(people, engine)
    strangers = [ref for held in holders.values() for ref in held if ref not in records]
    prints = {ref: engine.imprinted(seen).imprint.fingerprint for ref, seen in records.items()}
    return Live(records, prints, holders, engine.audits.persons_of(strangers))


def _holders(people: Sequence[Audited], engine: Engine) -> dict[str, tuple[RecordRef, ...]]:
    """Who has these addresses in Zoho. In ActiveCampaign an address is unique, so there is nobody to look for."""
    addresses = sorted({person.email for person in people if person.email})
    found: dict[str, tuple[RecordRef, ...]] = {}
    for module, place in engine.contract.email_places.items():
        if module.crm is not Crm.ZOHO:
            continue
        for some in _batches(addresses, ADDRESSES):
            for seen in engine.gateways[Crm.ZOHO].find(module, field=place, values=some).rows:
                email = engine.imprinted(seen).imprint.email or ""
                found[email] = (*found.get(email, ()), seen.ref)
    return found


def _batches(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
