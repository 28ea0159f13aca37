"""Sync: take persons, decide each on values, commit the plans together."""

import traceback
from collections.abc import Sequence
from dataclasses import replace

from baton.domain.contract import FieldType
from baton.domain.deciding import decide
from baton.domain.failures import Failure, Unforeseen, verdict
from baton.domain.person import Person, Plan
from baton.domain.records import Crm, Module, RecordRef
from baton.domain.rulebook import Rulebook
from baton.domain.values.places import held, id_in
from baton.engine import Engine
from baton.flows.handoff import refresh_users
from baton.flows.schemas import SURE_FOR, refresh_schemas
from baton.ports import Taken


def sync(refs: Sequence[RecordRef], engine: Engine) -> Sequence[Module]:
    """Decides the persons of these records; returns the modules where writes now wait.

    Safe to run twice: a record that is not due, or whose person is taken, is simply not there.
    """
    book = _complete_rulebook(engine)
    taken = engine.people.take(refs, now=engine.now())
    book = _with_owners_of(taken.people, book, engine)
    plans = _plans(taken, book, engine)
    if _clear_something(plans) and engine.schemas.are_older_than(engine.now() - SURE_FOR):
        # A field that an administrator deleted looks cleared in every record; that is found out before it spreads.
        refresh_schemas(engine)
        plans = _plans(taken, replace(book, schemas=engine.schemas.read(), drifts=engine.drifts.open()), engine)
    if not plans:
        return ()
    try:
        return engine.people.commit(taken, plans, now=engine.now())
    except Failure:
        raise
    except Exception:  # noqa: BLE001 - one record the store refuses must not sink its neighbours; each is tried alone
        return tuple(dict.fromkeys(module for plan in plans for module in _commit_alone(plan, taken, engine)))


def _plans(taken: Taken, book: Rulebook, engine: Engine) -> list[tuple[Person, Plan]]:
    return [(person, plan) for person in taken.people if (plan := _plan(person, book, taken, engine)) is not None]


def _clear_something(plans: Sequence[tuple[Person, Plan]]) -> bool:
    return any(value is None for _, plan in plans for write in plan.writes for value in write.values.values())


def _complete_rulebook(engine: Engine) -> Rulebook:
    """Without the vendors' own word on their fields a decision would send what is refused, so it is asked for first."""
    book = engine.rulebook
    if all(module in book.schemas for module in engine.contract.modules):
        return book
    refresh_schemas(engine)
    return engine.rulebook


def _with_owners_of(people: Sequence[Person], book: Rulebook, engine: Engine) -> Rulebook:
    """A user who joined lately is asked for, or the owner would be withheld as unknown."""
    places = [rule.places for rule in engine.contract.rules if rule.type is FieldType.OWNER]
    owners = {
        id_in(held(candidate.seen.row, place[candidate.seen.ref.module]))
        for person in people
        for candidate in person.candidates
        for place in places
        if candidate.seen.ref.crm is Crm.ZOHO and candidate.seen.ref.module in place
    }
    if owners - {None, book.zoho_user} <= book.users.keys():
        return book
    return replace(book, users={user.id: user.name for user in refresh_users(engine)})


def _plan(person: Person, book: Rulebook, taken: Taken, engine: Engine) -> Plan | None:
    try:
        return decide(person, book)
    except Exception as error:  # noqa: BLE001 - a bug about one person is buried with that person, not with the bundle
        _settle(person, error, taken, engine)
        return None


def _commit_alone(planned: tuple[Person, Plan], taken: Taken, engine: Engine) -> Sequence[Module]:
    try:
        return engine.people.commit(taken, [planned], now=engine.now())
    except Exception as error:  # noqa: BLE001 - as above
        _settle(planned[0], error, taken, engine)
        return ()


def _settle(person: Person, error: Exception, taken: Taken, engine: Engine) -> None:
    failure = error if isinstance(error, Failure) else Unforeseen(type(error).__name__)
    ruling = verdict(failure, engine.people.attempts(person), engine.jitter())
    where = "".join(traceback.format_tb(error.__traceback__))
    engine.people.settle(taken, person, ruling, failure, now=engine.now(), traceback=where)
