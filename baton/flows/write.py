"""Write: send what waits for one module in as few calls as the vendor allows, and settle every record by itself."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from baton.domain.batching import TAKES_BATCHES, batch, linger
from baton.domain.calls import calls_in_lane, calls_of_writes
from baton.domain.failures import (
    Duplicate,
    Failure,
    PauseConnection,
    Rejected,
    Unauthorised,
    Unforeseen,
    Waiting,
    verdict,
)
from baton.domain.imprint import written_over
from baton.domain.person import Lane
from baton.domain.records import CONTACT, Crm, Module, RecordRef, Seen
from baton.engine import Engine
from baton.flows.fetch import fetch_held, fetch_named
from baton.flows.last_look import still_new, still_unedited
from baton.ports import Answer, Change, Confirmation, Crowd, Gateway, NewRecord, Operation, OutboxRow

UNREAD = timedelta(seconds=2)
"""How long writes wait whose records could not be looked at."""

_Send = Callable[[Sequence[OutboxRow]], Sequence[Answer]]


@dataclass(slots=True)
class Flushed:
    """What one flush left: whom to decide now, which handoffs may go on, and whether and when to come back."""

    due: list[RecordRef] = field(default_factory=list)
    has_handoffs: bool = False
    wait: timedelta | None = None
    is_worth_another: bool = False


def flush(module: Module, engine: Engine) -> Flushed:
    """One batch of creates and one of updates."""
    flushed = Flushed()
    crowd = engine.outbox.crowd(module, now=engine.now())
    if crowd.waiting == 0:
        return flushed
    flushed.wait = _linger(crowd, module, engine)
    if flushed.wait is not None:
        return flushed
    for operation in (Operation.CREATE, Operation.UPDATE):
        rows = engine.outbox.claim(module, operation, limit=batch(module.crm), now=engine.now())
        _send_lanes(rows, operation, module, flushed, engine)
    flushed.is_worth_another = flushed.wait is None and engine.outbox.waits(module, now=engine.now())
    return flushed


def _linger(crowd: Crowd, module: Module, engine: Engine) -> timedelta | None:
    """Who takes one record a call gains nothing by waiting for company, and a handoff waits for nobody."""
    if crowd.is_urgent or module.crm not in TAKES_BATCHES:
        return None
    return linger(crowd.waiting, crowd.oldest, engine.people.backlog(now=engine.now()))


def _send_lanes(
    rows: tuple[OutboxRow, ...], operation: Operation, module: Module, flushed: Flushed, engine: Engine
) -> None:
    """A backfill or first match must not set off the organisation's own workflows, so it is sent by itself."""
    if not rows:
        return
    look = still_new if operation is Operation.CREATE else still_unedited
    try:
        with calls_in_lane(_lane_of(rows)):
            looked = look(rows, module, engine)
    except Unauthorised as failure:
        _settle_all(rows, failure, None, flushed, engine)
        return
    except Failure as failure:
        flushed.wait = failure.wait if isinstance(failure, Waiting) else UNREAD
        engine.outbox.release(rows, not_before=engine.now() + flushed.wait, why=failure.reason, now=engine.now())
        return
    flushed.due += looked.due
    flushed.wait = looked.wait or flushed.wait
    gateway = engine.gateways[module.crm]
    for is_quiet in (False, True):
        sent = [row for row in looked.rows if (row.lane is Lane.BULK) is is_quiet]
        _send(sent, _sender(gateway.quietly() if is_quiet else gateway, operation, module), flushed, engine)


def _lane_of(rows: Sequence[OutboxRow]) -> Lane:
    return Lane.BULK if all(row.lane is Lane.BULK for row in rows) else Lane.LIVE


def _sender(gateway: Gateway, operation: Operation, module: Module) -> _Send:
    if operation is Operation.CREATE:
        return lambda rows: gateway.create(module, [NewRecord(row.values, _key(row)) for row in rows])
    return lambda rows: gateway.update(module, [Change(_known(row), row.values) for row in rows])


def _key(row: OutboxRow) -> str | None:
    """By what a new record is found again: tasks have no such field, and contacts have their address."""
    return row.contact.id if row.handoff is None and row.module.crm is Crm.ZOHO else None


def _send(rows: Sequence[OutboxRow], send: _Send, flushed: Flushed, engine: Engine) -> None:
    if not rows:
        return
    try:
        with calls_of_writes([row.id for row in rows]), calls_in_lane(_lane_of(rows)):
            answers = send(rows)
    except Waiting as waiting:
        engine.outbox.release(rows, not_before=engine.now() + waiting.wait, why=waiting.reason, now=engine.now())
        flushed.wait = waiting.wait
    except Rejected as refused:
        _split(rows, refused, send, flushed, engine)
    except Failure as failure:
        _settle_all(rows, failure, None, flushed, engine)
    except Exception as error:  # noqa: BLE001 - the call may have been made; the rows must not stay in `sending` unexplained
        where = "".join(traceback.format_tb(error.__traceback__))
        _settle_all(rows, Unforeseen(type(error).__name__), where, flushed, engine)
    else:
        _settle(rows, answers, flushed, engine)


def _split(rows: Sequence[OutboxRow], refused: Rejected, send: _Send, flushed: Flushed, engine: Engine) -> None:
    """The batch was refused whole: one bad record never sinks its neighbours."""
    if len(rows) == 1:
        _settle_all(rows, refused, None, flushed, engine)
        return
    middle = len(rows) // 2
    _send(rows[:middle], send, flushed, engine)
    _send(rows[middle:], send, flushed, engine)


def _settle(rows: Sequence[OutboxRow], answers: Sequence[Answer], flushed: Flushed, engine: Engine) -> None:
    confirmed: list[Confirmation] = []
    for row, answer in zip(rows, answers, strict=True):
        if answer.failure is not None:
            _settle_all([row], answer.failure, None, flushed, engine)
        else:
            confirmed.append(_confirmation(row, answer, engine))
    flushed.due += engine.outbox.confirm(confirmed, now=engine.now())
    flushed.has_handoffs |= any(row.handoff is not None for row in rows)


def _settle_all(
    rows: Sequence[OutboxRow], failure: Failure, where: str | None, flushed: Flushed, engine: Engine
) -> None:
    for row in rows:
        ruling = verdict(failure, row.attempts, engine.jitter())
        if isinstance(ruling, PauseConnection):
            engine.connections.pause(ruling.reason, now=engine.now())
        flushed.due += engine.outbox.settle(row, ruling, failure, now=engine.now(), traceback=where)
        flushed.has_handoffs |= row.handoff is not None
    if isinstance(failure, Duplicate):
        flushed.due += _the_other(rows, failure, engine)


def _the_other(rows: Sequence[OutboxRow], failure: Duplicate, engine: Engine) -> tuple[RecordRef, ...]:
    """The record that holds the key already is read, so that it is linked. ActiveCampaign does not say which it is."""
    if failure.existing is not None:
        return fetch_named([failure.existing], engine)
    addresses = [str(row.values["email"]) for row in rows if row.module == CONTACT and row.values.get("email")]
    return fetch_held(CONTACT, "email", addresses, engine) if addresses else ()


def _confirmation(row: OutboxRow, answer: Answer, engine: Engine) -> Confirmation:
    ref = answer.ref or _known(row)
    before = row.target.row if row.target else _newborn(ref, engine)
    version = answer.version or (row.target.version if row.target else engine.now())
    after = Seen(ref, written_over(before, row.values), version)
    return Confirmation(row, engine.imprinted(after), answer.request_id)


def _newborn(ref: RecordRef, engine: Engine) -> dict[str, object]:
    """Zoho gives a new record to whoever makes it; knowing that, its echo says nothing new."""
    user = engine.connections.zoho_user()
    return {"id": ref.id, "Owner": {"id": user}} if ref.crm is Crm.ZOHO and user else {"id": ref.id}


def _known(row: OutboxRow) -> RecordRef:
    if row.ref is None:
        raise ValueError(f"outbox row {row.id} updates no record")
    return row.ref
