"""The places of a person's records, and how each of them stands after a decision."""

from baton.domain.matching import Match
from baton.domain.person import Candidate, Membership, Person, Plan, Role, Standing
from baton.domain.records import RecordRef


def memberships(found: Match) -> tuple[Membership, ...]:
    primary = [c for c in (found.contact, found.record) if c is not None]
    joined = [(c, Role.PRIMARY) for c in primary] + [(c, Role.ALIAS) for c in found.aliases]
    return tuple(
        Membership(c.seen.ref, role, c.membership.base if c.membership else {}, _written(c)) for c, role in joined
    )


def standings(found: Match, standing: Standing, reason: str) -> dict[RecordRef, tuple[Standing, str]]:
    primary = [c.seen.ref for c in (found.contact, found.record) if c is not None]
    aliases = dict.fromkeys(
        (c.seen.ref for c in found.aliases), (Standing.ALIAS, f"alias; the primary is {primary[-1]}")
    )
    return dict.fromkeys(primary, (standing, reason)) | aliases


def stand(person: Person, standing: Standing, reason: str) -> Plan:
    """Nothing is written; every record of this person says why."""
    ours = [c.seen.ref for c in person.candidates if c.belongs_to is None and not c.is_gone]
    return Plan(standings=dict.fromkeys(ours, (standing, reason)))


def _written(candidate: Candidate) -> str | None:
    return candidate.membership.written if candidate.membership else None
