"""Writes that are sound one by one and alarming in a crowd: a wave of them is held until a person has looked.

An opt-out is never held: a write that carries one goes out at once, whatever else it carries.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from baton.domain.consent import Status
from baton.domain.contract import Contract, FieldType
from baton.domain.person import Person, Plan, Write
from baton.domain.values.places import TAKEN_OFF, held

WINDOW = timedelta(hours=1)


class Risk(StrEnum):
    """What a write does that should not happen to many at once; of several the first one counts."""

    OPT_IN = "opt_in"
    CLEAR = "clear"
    OWNER = "owner"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class Guard:
    """How many writes of a kind may be decided within an hour; a kind that is not named is not counted."""

    most: Mapping[Risk, int] = field(default_factory=dict)


def with_risks(plan: Plan, person: Person, contract: Contract) -> Plan:
    return replace(plan, writes=tuple(replace(write, risk=_risk(write, person, contract)) for write in plan.writes))


def _risk(write: Write, person: Person, contract: Contract) -> str:
    if _restricts(write, contract):
        return ""
    row = next((c.seen.row for c in person.candidates if c.seen.ref == write.ref), {})
    owners = {rule.places[write.module] for rule in contract.rules_of(FieldType.OWNER, write.module)}
    found = {
        Risk.OPT_IN: any(write.values.get(place) is False for place in contract.consent.places(write.module)),
        Risk.CLEAR: any(
            value in (None, "") and held(row, place) not in (None, "") and place != contract.activecampaign_id
            for place, value in write.values.items()
        ),
        Risk.OWNER: any(held(row, place) not in (None, "") for place in owners & write.values.keys()),
        Risk.CREATE: write.ref is None,
    }
    return next((risk.value for risk, is_so in found.items() if is_so), "")


def _restricts(write: Write, contract: Contract) -> bool:
    """A new record restricts nobody who could be mailed without it."""
    words = {rule.places[write.module] for rule in contract.rules_of(FieldType.CONSENT, write.module)}
    opted = {contract.consent.opt_out.get(write.module)}
    return write.ref is not None and any(
        place.startswith(TAKEN_OFF)
        or (place in opted and value is True)
        or (place in words and value == Status.UNSUBSCRIBED.value)
        for place, value in write.values.items()
    )
