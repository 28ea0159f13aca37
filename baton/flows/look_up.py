"""Look up: what became of a write whose outcome is unknown, before anything else is done about it.

Each kind of write has its own trace: a new Zoho record its key, a new contact its address, a task its handoff's marker
among the tasks of its record, and an update the values it was to leave.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from baton.domain.calls import calls_of_writes
from baton.domain.failures import TRIES, Bury, Gone, Uncertain, Verdict, Wait, backoff
from baton.domain.records import CONTACT, Module, RecordRef, Seen, Value
from baton.domain.tasking import TASKS, ours_among, parent_of
from baton.domain.values.choices import choices
from baton.domain.values.places import held
from baton.engine import Engine
from baton.ports import Confirmation, OutboxRow

AT_ONCE = 50
NO_TRACE = Uncertain("the vendor shows no trace of the write; it is sent again")
TAKEN = Gone("a contact with this address is there already; it is linked instead")

Found = Mapping[int, Seen | None]


@dataclass(slots=True)
class LookedUp:
    """Whom to decide now, and whether handoffs may go on."""

    due: list[RecordRef] = field(default_factory=list)
    has_handoffs: bool = False


def look_up(module: Module, engine: Engine) -> LookedUp:
    """Settles rows in doubt."""
    rows = engine.outbox.claim_uncertain(module, limit=AT_ONCE, now=engine.now())
    looked = LookedUp(has_handoffs=any(row.handoff is not None for row in rows))
    creates = [row for row in rows if row.ref is None]
    updates = [row for row in rows if row.ref is not None]
    with calls_of_writes([row.id for row in rows]):
        looked.due += _conclude(creates, _created(module, creates, engine), engine)
        looked.due += _conclude(updates, _updated(module, updates, engine), engine)
    return looked


def _created(module: Module, rows: Sequence[OutboxRow], engine: Engine) -> Found:
    if not rows:
        return {}
    if module == TASKS:
        return {row.id: _task(row, engine) for row in rows}
    return _contacts(rows, engine) if module == CONTACT else _records(module, rows, engine)


def _records(module: Module, rows: Sequence[OutboxRow], engine: Engine) -> Found:
    place = engine.contract.activecampaign_id
    found = engine.gateways[module.crm].find(module, field=place, values=[row.contact.id for row in rows])
    by_key = {str(seen.row.get(place)): seen for seen in found.rows}
    return {row.id: by_key.get(row.contact.id) for row in rows}


def _contacts(rows: Sequence[OutboxRow], engine: Engine) -> Found:
    """A contact that does not show what we sent was made by somebody else: it is kept in the mirror and linked."""
    addresses = {row.id: str(row.values.get("email") or "") for row in rows}
    found = engine.gateways[CONTACT.crm].find(CONTACT, field="email", values=list(addresses.values()))
    by_address = {str(seen.row.get("email")).casefold(): seen for seen in found.rows}
    there = {row.id: by_address.get(addresses[row.id].casefold()) for row in rows}
    foreign = [seen for row in rows if (seen := there[row.id]) is not None and not _shows(seen, row.values)]
    imprinted = [engine.imprinted(seen) for seen in foreign]
    engine.intake.store_reading(imprinted, (), began=found.began, now=engine.now())
    return there


def _task(row: OutboxRow, engine: Engine) -> Seen | None:
    parent = parent_of(row.values)
    if parent is None or row.handoff is None:
        return None
    return ours_among(engine.gateways[parent.crm].tasks_of(parent).rows, row.handoff)


def _updated(module: Module, rows: Sequence[OutboxRow], engine: Engine) -> Found:
    if not rows:
        return {}
    reading = engine.gateways[module.crm].read([row.ref for row in rows if row.ref is not None])
    by_ref = {seen.ref: seen for seen in reading.rows}
    shown = {row.id: by_ref.get(row.ref) for row in rows if row.ref is not None}
    arrived = {id_: seen for id_, seen in shown.items() if seen is not None and _shows(seen, _values(rows, id_))}
    return {row.id: arrived.get(row.id) for row in rows}


def _conclude(rows: Sequence[OutboxRow], found: Found, engine: Engine) -> tuple[RecordRef, ...]:
    due: list[RecordRef] = []
    there = [(row, seen) for row in rows if (seen := found[row.id]) is not None]
    ours = [(row, seen) for row, seen in there if row.module != CONTACT or _shows(seen, row.values)]
    due += engine.outbox.confirm([Confirmation(row, engine.imprinted(seen)) for row, seen in ours], now=engine.now())
    for row, _ in [pair for pair in there if pair not in ours]:
        due += engine.outbox.withdraw([row], TAKEN.reason, now=engine.now())
    for row in rows:
        if found[row.id] is None:
            due += engine.outbox.settle(row, _again(row, engine), NO_TRACE, now=engine.now())
    return tuple(due)


def _again(row: OutboxRow, engine: Engine) -> Verdict:
    if row.attempts >= TRIES:
        return Bury(NO_TRACE.reason)
    return Wait(backoff(row.attempts, engine.jitter()), costs_a_try=True)


def _values(rows: Sequence[OutboxRow], id_: int) -> Mapping[str, Value]:
    return next(row.values for row in rows if row.id == id_)


def _shows(seen: Seen, values: Mapping[str, Value]) -> bool:
    return all(_plain(held(seen.row, place)) == _plain(value) for place, value in values.items())


def _plain(value: object) -> object:
    """Vendors give 5 back as 5.0 or "5", an address in another case, and a blank as nothing; none is a difference."""
    if value in (None, ""):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, list) or (isinstance(value, str) and (";" in value or value.startswith("||"))):
        return choices(value)
    if not isinstance(value, str):
        return value
    try:
        return float(value)
    except ValueError:
        return value.strip().casefold()
