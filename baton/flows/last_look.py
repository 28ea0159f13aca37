"""The last look before a write goes out: is the record still new, and has nobody edited it since it was decided?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from baton.domain.calls import calls_of_writes
from baton.domain.contract import Direction
from baton.domain.failures import Waiting
from baton.domain.person import Lane
from baton.domain.records import CONTACT, Crm, Module, RecordRef, Seen, Stream, StreamKind
from baton.engine import Engine
from baton.flows.fetch import fetch_held
from baton.flows.pull import pull
from baton.ports import OutboxRow

ASKED_FOR = 20
"""The most new people whose addresses are asked for by themselves."""
NOT_CAUGHT_UP = timedelta(milliseconds=500)
FIRST_PASS = timedelta(seconds=5)
"""How soon contacts are thought of again that cannot be made before ActiveCampaign was read once."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Which rows may be sent, whom to decide now instead, and when to come back with those that were put off."""

    rows: tuple[OutboxRow, ...]
    due: tuple[RecordRef, ...] = ()
    wait: timedelta | None = None


def still_new(rows: tuple[OutboxRow, ...], module: Module, engine: Engine) -> Looked:
    """Somebody may have made the record a moment ago: the mirror is brought up to the minute, and asked again."""
    if not rows or module not in engine.contract.modules:
        return Looked(rows)
    if _are_few(rows, engine):
        due = _ask_for(rows, engine)
    else:
        wait = _before_contacts(engine) if module == CONTACT else _before_records(engine)
        if wait is not None:
            why = f"waits until {'ActiveCampaign' if module == CONTACT else 'Zoho'} was read once more"
            engine.outbox.release(rows, not_before=engine.now() + wait, why=why, now=engine.now())
            return Looked((), wait=wait)
        due = ()
    overtaken = engine.outbox.overtaken(rows)
    why = "a record of this person has appeared meanwhile"
    if overtaken:
        due += engine.outbox.withdraw(overtaken, why, now=engine.now())
    return Looked(tuple(row for row in rows if row not in overtaken), due)


def _before_contacts(engine: Engine) -> timedelta | None:
    """ActiveCampaign itself refuses a second contact with an address, so it is enough to have read it once."""
    return None if engine.intake.was_read(CONTACT) else FIRST_PASS


def _before_records(engine: Engine) -> timedelta | None:
    for module in engine.contract.zoho_modules:
        if not engine.intake.fresh(module, now=engine.now()) and not _catch_up(module, engine):
            return NOT_CAUGHT_UP
    return None


def _are_few(rows: Sequence[OutboxRow], engine: Engine) -> bool:
    """Zoho takes a second record with an address, so of a few who came by themselves the address is asked for.

    A form that tells both CRMs of a person makes the two records in one second. Who is known by more than the address
    is in the mirror once all was read.
    """
    return (
        rows[0].module.crm is Crm.ZOHO
        and len(rows) <= ASKED_FOR
        and all(row.lane is not Lane.BULK for row in rows)
        and all(engine.intake.was_read(module) for module in engine.contract.zoho_modules)
    )


def _ask_for(rows: Sequence[OutboxRow], engine: Engine) -> tuple[RecordRef, ...]:
    due: tuple[RecordRef, ...] = ()
    for module in engine.contract.zoho_modules:
        place = engine.contract.email_places[rows[0].module]
        addresses = sorted({str(address) for row in rows if (address := row.values.get(place))})
        if addresses:
            due += fetch_held(module, engine.contract.email_places[module], addresses, engine)
    return due


def _catch_up(module: Module, engine: Engine) -> bool:
    try:
        pulled = pull(Stream(module, StreamKind.CHANGES), engine)
    except Waiting:
        return False
    return pulled is not None and pulled.goes_on is None and engine.intake.fresh(module, now=engine.now())


def still_unedited(rows: tuple[OutboxRow, ...], module: Module, engine: Engine) -> Looked:
    """Fields that go both ways may have been edited there since the last read; such a record is decided again.

    All of them are read in one call. What remains is the moment between that read and the write.
    """
    guarded = [row for row in rows if _writes_what_they_edit(row, module, engine)]
    refs = [row.ref for row in guarded if row.ref is not None]
    if not refs:
        return Looked(rows)
    with calls_of_writes([row.id for row in guarded]):
        reading = engine.gateways[module.crm].read(refs)
    shown = {seen.ref: seen for seen in reading.rows}
    edited = [row for row in guarded if row.ref is None or _was_edited(row, shown.get(row.ref), engine)]
    if not edited:
        return Looked(rows)
    imprinted = [engine.imprinted(seen) for seen in reading.rows]
    due = engine.intake.store_reading(imprinted, reading.missing, began=reading.began, now=engine.now())
    due += engine.outbox.withdraw(edited, "the record was edited before this was sent", now=engine.now())
    return Looked(tuple(row for row in rows if row not in edited), due)


def _writes_what_they_edit(row: OutboxRow, module: Module, engine: Engine) -> bool:
    if row.handoff is not None:
        return False
    return any(
        rule.direction is Direction.BOTH and rule.places.get(module) in row.values for rule in engine.contract.rules
    )


def _was_edited(row: OutboxRow, seen: Seen | None, engine: Engine) -> bool:
    """A vendor that moves the stamp without a change costs nothing: the mapped fields are what is compared.

    Stamps have whole seconds, so an edit may bear the one that we know; only an older row is none.
    """
    if seen is None or row.target is None:
        return True
    # Only Zoho says who edited last, and only our own write may be shown in another spelling than it was sent.
    is_ours = seen.version == row.target.version and seen.editor == row.target.editor == engine.connections.zoho_user()
    if seen.version < row.target.version or (is_ours and seen.ref.crm is Crm.ZOHO):
        return False
    before, now = engine.imprinted(row.target), engine.imprinted(seen)
    return before.imprint.fingerprint != now.imprint.fingerprint
