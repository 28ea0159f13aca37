"""Whether the fields and words exist that conditions ask for: who takes part, placement, triggers, gates, touches."""

from collections.abc import Iterator, Mapping, Sequence

from baton.domain.conditions import BLANK, SEVERAL, Condition
from baton.domain.contract import OF_DEAL, Contract, Schema
from baton.domain.plays import Play
from baton.domain.records import CONTACT, Module
from baton.domain.sla import ClockRule
from baton.flows.doctor.fields import nearest
from baton.flows.doctor.findings import CONTRACT, NAMES, Finding

HANDOFF = "handoff.yaml"
_Where = tuple[str, ...]


def check_conditions(
    contract: Contract, plays: Sequence[Play], clocks: Sequence[ClockRule], schemas: Mapping[Module, Schema]
) -> Iterator[Finding]:
    for condition, where in (*_of_contract(contract), *_of_plays(plays)):
        for module, place in condition.places.items():
            if module in schemas and place not in SEVERAL and not place.startswith(OF_DEAL):
                yield _check(place, module, condition.any_of, schemas[module], where)
    for play in plays:
        place = play.trigger.place
        if CONTACT in schemas and place not in SEVERAL:
            yield _check(place, CONTACT, frozenset(), schemas[CONTACT], (HANDOFF, "plays", play.name, "trigger"))
    for clock in clocks:
        for module, place in clock.touch_fields:
            if module in schemas:
                yield _check(place, module, frozenset(), schemas[module], ("sla.yaml", "clocks", clock.name))


def _of_contract(contract: Contract) -> Iterator[tuple[Condition, _Where]]:
    for crm, filter_ in contract.filters.items():
        for condition in (*filter_.only_if, *filter_.unless):
            yield condition, (CONTRACT, "people", "filters", str(crm))
    for placing in contract.placings:
        for condition in placing.only_if:
            yield condition, (CONTRACT, "people", "placement_rules")


def _of_plays(plays: Sequence[Play]) -> Iterator[tuple[Condition, _Where]]:
    for play in plays:
        for condition in (*play.gates.only_if, *play.gates.unless):
            yield condition, (HANDOFF, "plays", play.name, "gates")


def _check(place: str, module: Module, words: frozenset[str], schema: Schema, where: _Where) -> Finding:
    check = f"{NAMES[module.crm]}: {place} of {module.name} can be asked for by {where[0]}"
    field = schema.get(place)
    if field is None:
        return Finding(check, False, "there is no such field", nearest(place, module, schema), where)
    known = {choice.casefold() for choice in field.choices or ()}
    lacking = sorted(word for word in words if known and word.casefold() not in known and word != BLANK)
    if lacking:
        told = ", ".join(f'"{word}"' for word in lacking)
        advice = f"The condition never holds for it: correct the word in {where[0]}, or add it to the list."
        return Finding(check, False, f"its list has no {told}", advice, where)
    return Finding(check, True, "it is there", where=where)
