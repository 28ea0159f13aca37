"""Who takes part: the contract's filters per side, and the pilot outside which nothing is ever written.

Whoever is left out keeps memberships and base as they are: what is edited meanwhile travels when they come back.
"""

from collections.abc import Sequence

from baton.domain.contract import Contract, Filter, Pilot
from baton.domain.person import Candidate
from baton.domain.records import Crm
from baton.domain.values.cleaning import cleaned

OUTSIDE = "outside the pilot: nothing is written"
_ACTIVE = "1"


def kept_out(members: Sequence[Candidate], contract: Contract) -> str | None:
    """Why nothing may be written about this person, in a sentence; None when they take part."""
    primaries = {crm: next((m for m in members if m.seen.ref.crm is crm), None) for crm in Crm}
    for crm, member in primaries.items():
        reason = None if member is None else _filtered(member, contract.filters.get(crm))
        if reason is not None:
            return f"filtered in {crm}: {reason}"
    return None if _is_in_pilot(members, contract.pilot) else OUTSIDE


def _filtered(member: Candidate, filter_: Filter | None) -> str | None:
    if filter_ is None:
        return None
    for condition in filter_.only_if:
        if condition.concerns(member.seen) and not condition.holds(member.seen):
            return f"only if {condition}"
    held = (each for each in filter_.unless if each.concerns(member.seen) and each.holds(member.seen))
    return next((f"unless {condition}" for condition in held), None)


def _is_in_pilot(members: Sequence[Candidate], pilot: Pilot | None) -> bool:
    return pilot is None or any(_names(pilot, member) for member in members)


def _names(pilot: Pilot, member: Candidate) -> bool:
    row, address = member.seen.row, (member.email or "").casefold()
    if (
        str(member.seen.ref) in pilot.people
        or address in pilot.people
        or f"@{address.rpartition('@')[2]}" in pilot.people
    ):
        return True
    tags, lists = row.get("tags"), row.get("lists")
    has_tag = isinstance(tags, list) and pilot.tag is not None and pilot.tag in {cleaned(tag) for tag in tags}
    is_listed = isinstance(lists, dict) and pilot.list_id is not None and str(lists.get(pilot.list_id)) == _ACTIVE
    return has_tag or is_listed
