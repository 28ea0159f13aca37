"""Planning: decide everybody on what the mirror shows, write nothing, and later carry out exactly that."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from baton.domain.backfill import Scope
from baton.domain.contract import Contract
from baton.domain.contract_print import print_of
from baton.domain.deciding import decide
from baton.domain.foresight import Change, Foresight, changes_of
from baton.domain.person import Lane, Person, Plan
from baton.domain.records import Module
from baton.domain.rulebook import Rulebook
from baton.domain.standing import ruled
from baton.engine import Engine
from baton.ports.plans import BUSY, PlannedPerson

AT_ONCE = 200
MOVED = "edited since the plan was made"
OTHER = "the same edit would be decided otherwise now"

Watch = Callable[[Person, Plan, Sequence[Change]], None]


@dataclass(frozen=True, slots=True)
class OtherContractError(Exception):
    """The plan was made for another contract than the one in force."""

    planned: str
    in_force: str


def foresee(engine: Engine, watch: Watch, contract: Contract | None = None, scope: Scope | None = None) -> Foresight:
    """Every person of the scope is decided as a sync would, from the mirror alone; `watch` sees each of them."""
    book = _book(engine, contract)
    foresight = Foresight()
    for person in _everybody(engine, scope or Scope(engine.contract.modules)):
        plan = decide(person, book)
        changes = changes_of(person, plan, book.contract)
        foresight.add(plan, changes)
        watch(person, plan, changes)
    return foresight


def save(
    engine: Engine, named: str, by: str, contract: Contract | None = None, scope: Scope | None = None
) -> tuple[int, Foresight, list[Change]]:
    """The same, kept under a number; what is planned for a person is kept as a digest, with the person's revision.

    `named` tells in words what the plan is about, `by` who asked for it.
    """
    plans = engine.saved_plans
    fingerprint = print_of(contract or engine.contract)
    number = plans.start(contract=fingerprint, scope=named, by=by, now=engine.now())
    waiting: list[PlannedPerson] = []
    told: list[Change] = []

    def watch(person: Person, plan: Plan, changes: Sequence[Change]) -> None:
        told.extend(changes)
        if plan.writes:
            waiting.append(PlannedPerson(person.id, person.email, person.revision, digest(plan)))
        if len(waiting) >= AT_ONCE:
            plans.keep(number, waiting)
            waiting.clear()

    foresight = foresee(engine, watch, contract, scope)
    plans.keep(number, waiting)
    plans.finish(number, {"people": foresight.people, "calls": dict(foresight.calls()), "kinds": dict(foresight.kinds)})
    return number, foresight, told


def apply(engine: Engine, number: int, watch: Callable[[int], None]) -> Sequence[Module]:
    """Carries out what was planned and is still so; `watch` hears how many were looked at. Safe to run again.

    Returns where writes now wait. Raises OtherContractError when another contract is in force than the plan's.
    """
    plans = engine.saved_plans
    kept = plans.shown(number)
    in_force = print_of(engine.contract)
    if kept is not None and kept.contract != in_force:
        raise OtherContractError(kept.contract, in_force)
    book = engine.rulebook
    modules: dict[Module, None] = {}
    while planned := plans.next(number, limit=AT_ONCE):
        modules |= dict.fromkeys(_apply(engine, number, planned, book))
        watch(len(planned))
    return tuple(modules)


def _apply(engine: Engine, number: int, planned: Sequence[PlannedPerson], book: Rulebook) -> Sequence[Module]:
    plans = engine.saved_plans
    taken = plans.take([each.person for each in planned], now=engine.now())
    there = {person.id: replace(person, lane=Lane.BULK) for person in taken.people}
    good: list[tuple[Person, Plan]] = []
    settled: list[PlannedPerson] = []
    for each in planned:
        person = there.get(each.person)
        plan = None if person is None or person.revision != each.revision else decide(person, book)
        if person is not None and plan is not None and digest(plan) == each.digest:
            good.append((person, plan))
            settled.append(each)
        else:
            settled.append(replace(each, reason=_why(person, each)))
    modules = plans.commit(number, taken, good, settled, engine.now())
    plans.let_go(taken)
    return modules


def _why(person: Person | None, planned: PlannedPerson) -> str:
    if person is None:
        return BUSY
    return MOVED if person.revision != planned.revision else OTHER


def digest(plan: Plan) -> str:
    """Equal for two plans that would write the same values to the same records."""
    writes = [[str(write.module), str(write.ref or ""), sorted(write.values.items())] for write in plan.writes]
    return hashlib.blake2b(json.dumps(writes, ensure_ascii=False).encode(), digest_size=16).hexdigest()


def _book(engine: Engine, contract: Contract | None) -> Rulebook:
    if contract is None:
        return engine.rulebook
    winners = {ruling.field: ruling.winner for ruling in engine.standing_rulings.read()}
    return replace(engine.rulebook, contract=ruled(contract, winners))


def _everybody(engine: Engine, scope: Scope) -> Iterator[Person]:
    after = 0
    while people := engine.saved_plans.people(scope, after=after, limit=AT_ONCE, now=engine.now()):
        yield from people
        after = people[-1].id
