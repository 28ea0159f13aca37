"""Write: send what waits for one module in as few calls as the vendor allows, and settle every record by itself."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from baton.domain.batching import BATCH, linger
from baton.domain.failures import (
    Duplicate,
    Failure,
    PauseConnection,
    Rejected,
    Unforeseen,
    Waiting,
    verdict,
)
from baton.domain.imprint import written_over
from baton.domain.records import Module, RecordRef, Seen, Stream, StreamKind
from baton.engine import Engine
from baton.flows.fetch import fetch_named
from baton.flows.pull import pull
from baton.ports import Answer, Change, Confirmation, NewRecord, Operation, OutboxRow

NOT_CAUGHT_UP = timedelta(milliseconds=500)

_Send = Callable[[Sequence[OutboxRow]], Sequence[Answer]]


@dataclass(slots=True)
class Flushed:
    """What one flush left: whom to decide now, and whether and when to come back."""

    due: list[RecordRef] = field(default_factory=list)
    wait: timedelta | None = None
    is_worth_another: bool = False


def flush(module: Module, engine: Engine) -> Flushed:
    """One batch of creates and one of updates."""
    flushed = Flushed()
    crowd = engine.outbox.crowd(module, now=engine.now())
    flushed.wait = (
        linger(crowd.waiting, crowd.oldest, engine.people.backlog(now=engine.now())) if crowd.waiting else None
    )
    if crowd.waiting == 0 or flushed.wait is not None:
        return flushed
    creates = engine.outbox.claim(module, Operation.CREATE, limit=BATCH, now=engine.now())
    if creates:
        _send(_still_new(creates, flushed, engine), _creating(module, engine), flushed, engine)
    updates = engine.outbox.claim(module, Operation.UPDATE, limit=BATCH, now=engine.now())
    _send(updates, _updating(module, engine), flushed, engine)
    flushed.is_worth_another = flushed.wait is None and engine.outbox.waits(module, now=engine.now())
    return flushed


def _creating(module: Module, engine: Engine) -> _Send:
    gateway = engine.gateways[module.crm]
    return lambda rows: gateway.create(module, [NewRecord(row.values, row.contact.id) for row in rows])


def _updating(module: Module, engine: Engine) -> _Send:
    gateway = engine.gateways[module.crm]
    return lambda rows: gateway.update(module, [Change(_known(row), row.values) for row in rows])


def _still_new(rows: tuple[OutboxRow, ...], flushed: Flushed, engine: Engine) -> tuple[OutboxRow, ...]:
    """Somebody may have made the record a moment ago: the mirror is brought up to the minute, and asked again."""
    if not _is_caught_up(engine):
        later = engine.now() + NOT_CAUGHT_UP
        engine.outbox.release(rows, not_before=later, why="waits until Zoho was read once more", now=engine.now())
        flushed.wait = NOT_CAUGHT_UP
        return ()
    overtaken = engine.outbox.overtaken(rows)
    if overtaken:
        why = "a record of this person has appeared meanwhile"
        flushed.due += engine.outbox.withdraw(overtaken, why, now=engine.now())
    return tuple(row for row in rows if row not in overtaken)


def _is_caught_up(engine: Engine) -> bool:
    for module in engine.contract.zoho_modules:
        if not engine.intake.fresh(module, now=engine.now()) and not _catch_up(module, engine):
            return False
    return True


def _catch_up(module: Module, engine: Engine) -> bool:
    try:
        pulled = pull(Stream(module, StreamKind.CHANGES), engine)
    except Waiting:
        return False
    return pulled is not None and pulled.goes_on is None and engine.intake.fresh(module, now=engine.now())


def _send(rows: Sequence[OutboxRow], send: _Send, flushed: Flushed, engine: Engine) -> None:
    if not rows:
        return
    try:
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


def _settle_all(
    rows: Sequence[OutboxRow], failure: Failure, where: str | None, flushed: Flushed, engine: Engine
) -> None:
    for row in rows:
        ruling = verdict(failure, row.attempts, engine.jitter())
        if isinstance(ruling, PauseConnection):
            engine.connections.pause(ruling.reason, now=engine.now())
        flushed.due += engine.outbox.settle(row, ruling, failure, now=engine.now(), traceback=where)
    if isinstance(failure, Duplicate) and failure.existing is not None:
        flushed.due += fetch_named([failure.existing], engine)


def _confirmation(row: OutboxRow, answer: Answer, engine: Engine) -> Confirmation:
    ref = answer.ref or _known(row)
    before = row.target.row if row.target else {"id": ref.id}
    version = answer.version or (row.target.version if row.target else engine.now())
    after = Seen(ref, written_over(before, row.values), version)
    return Confirmation(row, engine.imprinted(after), answer.request_id)


def _known(row: OutboxRow) -> RecordRef:
    if row.ref is None:
        raise ValueError(f"outbox row {row.id} updates no record")
    return row.ref
