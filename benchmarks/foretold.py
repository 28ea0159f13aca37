"""Plan and apply at size: seconds and calls, and the practice CRMs' journals held against what the plan said."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from baton.domain.backfill import Scope
from baton.domain.deciding import decide
from baton.domain.foresight import Change
from baton.domain.person import Person
from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm, Module
from baton.domain.tasking import TASKS
from baton.domain.values.places import TAKEN_OFF
from baton.engine import Engine
from baton.flows.planning import AT_ONCE, apply, save
from baton.flows.pull import pull
from baton.flows.schemas import refresh_schemas
from baton.flows.write import flush
from benchmarks.first_sync import UNLIMITED
from benchmarks.fleet import CONNECTION, Fleet, NotSoError, fleet
from workers import wiring

WRITTEN = (CONTACT, LEADS, CONTACTS, TASKS)
LINK_IDS = ["ActiveCampaign_ID"]
"""Told to Zoho once ActiveCampaign has made a contact, so in no plan."""
A_LIST = "a list"
"""The journal names the list that somebody was taken off, the plan its id."""
LONGEST = 900.0

T = TypeVar("T")

Told = Counter[tuple[str, str, str, str]]
"""How often a value was written: module, the record's id (the person's address when it is new), field, value."""


@dataclass(frozen=True, slots=True)
class Foretold:
    people: int
    loading: float
    deciding: float
    planning: float
    calls_asked: int
    changes: int
    applying: float
    edited: int
    skipped: int
    writing: float
    values: int
    differences: Sequence[str]


def foretold(state: Path, *, people: int, edits: int = 100) -> Foretold:
    """One process does it all, step after step, so that each step has its own seconds."""
    with fleet(state, people=people, processes=(), environment=UNLIMITED, switches={"limits": False}) as made:
        engine = wiring.engine_for(CONNECTION)
        refresh_schemas(engine)
        _read(engine, Crm.ZOHO, Crm.ACTIVECAMPAIGN)
        return _measured(made, engine, edits)


def _measured(made: Fleet, engine: Engine, edits: int) -> Foretold:
    crms = (made.activecampaign, made.zoho)
    before = [crm.last() for crm in crms]
    everybody, loading = _timed(lambda: _everybody(engine))
    book = engine.rulebook
    _, deciding = _timed(lambda: [decide(person, book) for person in everybody])
    (number, foresight, changes), planning = _timed(lambda: save(engine, "everybody", "benchmark"))
    asked = sum(len(crm.calls(after)) for crm, after in zip(crms, before, strict=True))
    edited = _edit(made, changes, edits)
    _read(engine, Crm.ACTIVECAMPAIGN)
    before = [crm.last() for crm in crms]
    _, applying = _timed(lambda: apply(engine, number, lambda _: None))
    _, writing = _timed(lambda: _write_all(made, engine))
    done = _done(made, before)
    skipped = {each.email or str(each.person) for each in engine.saved_plans.skipped(number)}
    said = _said(change for change in changes if change.email not in edited)
    differences = [*_differences(said, done), *(f"skipped or not: {who}" for who in sorted(skipped ^ edited))]
    return Foretold(
        people=foresight.people,
        loading=loading,
        deciding=deciding,
        planning=planning,
        calls_asked=asked,
        changes=len(changes),
        applying=applying,
        edited=len(edited),
        skipped=len(skipped),
        writing=writing,
        values=done.total(),
        differences=differences,
    )


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.monotonic()
    done = work()
    return done, time.monotonic() - began


def _read(engine: Engine, *crms: Crm) -> None:
    for stream in (stream for crm in crms for stream in engine.streams if stream.module.crm is crm):
        pulled = pull(stream, engine)
        while pulled is not None and pulled.goes_on:
            pulled = pull(stream, engine, going_on=pulled.goes_on)


def _everybody(engine: Engine) -> Sequence[Person]:
    told: list[Person] = []
    scope = Scope(engine.contract.modules)
    while more := engine.saved_plans.people(scope, after=told[-1].id if told else 0, limit=AT_ONCE, now=engine.now()):
        told.extend(more)
    return told


def _edit(made: Fleet, changes: Iterable[Change], edits: int) -> set[str]:
    """People planned to become Leads, and known to ActiveCampaign once, are given another telephone number there."""
    rows = made.activecampaign.records("contact")
    known = Counter(str(row["email"]).strip().lower() for row in rows)
    new = {each.email for each in changes if each.module.crm is Crm.ZOHO and each.ref is None and each.email}
    edited = set(sorted(email for email in new if known[email] == 1)[:edits])
    ids = [row["id"] for row in rows if str(row["email"]).strip().lower() in edited]
    made.activecampaign.post("people/edit-many", module=CONTACT.name, ids=ids, values={"phone": "+4930123{n}"})
    return edited


def _write_all(made: Fleet, engine: Engine) -> None:
    began = time.monotonic()
    while made.status().outbox.total:
        _read(engine, Crm.ZOHO)
        for module in WRITTEN:
            _flush(module, engine)
        if time.monotonic() - began > LONGEST:
            raise NotSoError(f"writes still wait after {LONGEST:.0f} s: {made.status().outbox}")


def _flush(module: Module, engine: Engine) -> None:
    while flush(module, engine).is_worth_another:
        pass


def _said(changes: Iterable[Change]) -> Told:
    """What the mirror shows already is no difference to the vendor, and a new record has nothing that is blank."""
    told: Told = Counter()
    for each in changes:
        is_left = each.ref is not None and each.place.startswith(TAKEN_OFF)
        if is_left and each.ref is not None:
            told[str(each.module), each.ref.id, A_LIST, "2"] += 1
        elif not (each.after == each.before or (each.ref is None and each.after in (None, ""))):
            who = each.ref.id if each.ref else _ascii(str(each.email))
            told[str(each.module), who, each.place.removeprefix("fields."), _plain(each.after)] += 1
    return told


def _done(made: Fleet, before: Sequence[int]) -> Told:
    told: Told = Counter()
    for crm, practice, after in zip(Crm, (made.activecampaign, made.zoho), before, strict=True):
        for entry in practice.effects(after):
            if entry["actor"] == "api" and list(entry["changed"]) != LINK_IDS:
                module = str(Module(crm, entry["module"]))
                who = _ascii(entry["email"]) if entry["op"] == "create" else entry["id"]
                told.update((module, who, _place(place), _plain(value)) for place, value in entry["values"].items())
    return told


def _place(changed: str) -> str:
    return A_LIST if changed.startswith("list:") else changed


def _plain(value: object) -> str:
    """One way of writing a value: the vendors tell numbers as numbers or as words."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _ascii(address: str) -> str:
    """One spelling for an address, whichever way its domain was written."""
    local, at, domain = address.strip().lower().rpartition("@")
    return f"{local}{at}{domain.encode('idna').decode()}" if at else domain


def _differences(said: Told, done: Told) -> Sequence[str]:
    missing = (f"said and not done: {' '.join(what)}" for what in sorted((said - done).elements()))
    more = (f"done and not said: {' '.join(what)}" for what in sorted((done - said).elements()))
    return [*missing, *more]
