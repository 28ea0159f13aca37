"""Look up: what became of a write whose outcome is unknown, before anything else is done about it."""

from collections.abc import Mapping

from baton.domain.failures import TRIES, Bury, Uncertain, Verdict, Wait, backoff
from baton.domain.records import Module, RecordRef, Seen, Value
from baton.engine import Engine
from baton.ports import Confirmation, OutboxRow

AT_ONCE = 50
NO_TRACE = Uncertain("the vendor shows no trace of the write; it is sent again")


def look_up(module: Module, engine: Engine) -> tuple[RecordRef, ...]:
    """Settles rows in doubt; returns whom to decide now."""
    rows = engine.outbox.claim_uncertain(module, limit=AT_ONCE, now=engine.now())
    creates = [row for row in rows if row.ref is None]
    updates = [row for row in rows if row.ref is not None]
    return (*_creates(module, creates, engine), *_updates(module, updates, engine))


def _creates(module: Module, rows: list[OutboxRow], engine: Engine) -> tuple[RecordRef, ...]:
    if not rows:
        return ()
    field = engine.contract.activecampaign_id
    found = engine.gateways[module.crm].find(module, field=field, values=[row.contact.id for row in rows])
    by_key = {str(seen.row.get(field)): seen for seen in found.rows}
    return _conclude(rows, {row.id: by_key.get(row.contact.id) for row in rows}, engine)


def _updates(module: Module, rows: list[OutboxRow], engine: Engine) -> tuple[RecordRef, ...]:
    if not rows:
        return ()
    reading = engine.gateways[module.crm].read([row.ref for row in rows if row.ref is not None])
    by_ref = {seen.ref: seen for seen in reading.rows}
    shown = {row.id: by_ref.get(row.ref) for row in rows if row.ref is not None}
    arrived = {id_: seen for id_, seen in shown.items() if seen is not None and _shows(seen, _values(rows, id_))}
    return _conclude(rows, {row.id: arrived.get(row.id) for row in rows}, engine)


def _conclude(rows: list[OutboxRow], found: Mapping[int, Seen | None], engine: Engine) -> tuple[RecordRef, ...]:
    due: list[RecordRef] = []
    arrived = [Confirmation(row, engine.imprinted(seen)) for row in rows if (seen := found[row.id]) is not None]
    due += engine.outbox.confirm(arrived, now=engine.now())
    for row in rows:
        if found[row.id] is None:
            due += engine.outbox.settle(row, _again(row, engine), NO_TRACE, now=engine.now())
    return tuple(due)


def _again(row: OutboxRow, engine: Engine) -> Verdict:
    if row.attempts >= TRIES:
        return Bury(NO_TRACE.reason)
    return Wait(backoff(row.attempts, engine.jitter()), costs_a_try=True)


def _values(rows: list[OutboxRow], id_: int) -> Mapping[str, Value]:
    return next(row.values for row in rows if row.id == id_)


def _shows(seen: Seen, values: Mapping[str, Value]) -> bool:
    return all(_plain(seen.row.get(name)) == _plain(value) for name, value in values.items())


def _plain(value: object) -> object:
    """Vendors give 5 back as 5.0 and a blank as nothing; neither is a difference."""
    if value in (None, ""):
        return None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
