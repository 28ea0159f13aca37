"""Webhooks: set up at the vendors what should call us, keep it so, tell what is there, and take away what is ours.

Trouble here never stops the connection: without webhooks the pulls find every change, only later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from baton.domain.failures import Failure
from baton.domain.records import Crm
from baton.domain.webhooks import Held, Wanted, is_ours, putting, wanted
from baton.engine import Engine
from baton.ports.hooks import DeliveryCount, Installation


@dataclass(frozen=True, slots=True)
class Ensured:
    """What was done at one vendor. `failure` None: it is as it should be."""

    crm: Crm
    put: int = 0
    dropped: int = 0
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One subscription that a vendor holds. `is_well` None: it is not ours to judge."""

    held: Held
    is_ours: bool
    is_well: bool | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one vendor's webhooks stand. `missing`: how many of ours are not there."""

    crm: Crm
    installation: Installation | None
    shown: tuple[Shown, ...]
    missing: int
    counts: tuple[DeliveryCount, ...]
    failure: Failure | None = None


def install(engine: Engine, address: str, crms: Sequence[Crm]) -> tuple[Ensured, ...]:
    for crm in crms:
        engine.doors.installations.want(crm, address, now=engine.now())
    return tuple(_ensure(crm, address, engine) for crm in crms)


def keep(engine: Engine) -> tuple[Ensured, ...]:
    """Puts again what is about to end, has ended, or was taken away. What was never installed is left alone."""
    return tuple(_ensure(crm, one.address, engine) for crm, one in engine.doors.installations.read().items())


def look(engine: Engine) -> tuple[Standing, ...]:
    installed = engine.doors.installations.read()
    counts = engine.doors.counts.read()
    return tuple(_look_at(crm, installed.get(crm), counts, engine) for crm in engine.gateways)


def addresses(engine: Engine, address: str, crms: Sequence[Crm]) -> tuple[str, ...]:
    """What the vendors call, secrets and all: for the eyes of whoever asks."""
    return tuple(dict.fromkeys(wish.url for crm in crms for wish in _wishes(crm, address, engine)))


def remove(engine: Engine, crms: Sequence[Crm]) -> tuple[Ensured, ...]:
    return tuple(_remove(crm, engine) for crm in crms)


def _ensure(crm: Crm, address: str, engine: Engine) -> Ensured:
    installation = engine.doors.installations.read().get(crm)
    fingerprint = installation.fingerprint if installation else None
    try:
        done, ends = _set_up(crm, address, fingerprint, engine)
    except Failure as failure:
        _note(crm, engine, installation, trouble=f"{failure.code}: {failure.reason}")
        return Ensured(crm, failure=failure)
    wish = _wishes(crm, address, engine)[0]
    engine.doors.installations.checked(
        crm, fingerprint=wish.fingerprint, expires_at=ends, trouble=None, now=engine.now()
    )
    return done


def _set_up(crm: Crm, address: str, fingerprint: str | None, engine: Engine) -> tuple[Ensured, datetime | None]:
    account = engine.gateways[crm].subscriptions
    wishes, ours = _wishes(crm, address, engine), _ours(account.held(), engine)
    todo = putting(wishes, ours, now=engine.now(), fingerprint=fingerprint)
    put = {wish.name: account.put(wish, held) for wish, held in todo.put}
    for held in todo.drop:
        account.drop(held)
    now_held = {held.name: held for held in ours} | put
    ends = [now_held[wish.name].expires for wish in wishes if wish.until is not None]
    soonest = min((end for end in ends if end is not None), default=None)
    return Ensured(crm, put=len(put), dropped=len(todo.drop)), soonest


def _remove(crm: Crm, engine: Engine) -> Ensured:
    account = engine.gateways[crm].subscriptions
    # First of all nobody may put them again.
    engine.doors.installations.forget(crm)
    try:
        ours = _ours(account.held(), engine)
        for held in ours:
            account.drop(held)
    except Failure as failure:
        return Ensured(crm, failure=failure)
    return Ensured(crm, dropped=len(ours))


def _look_at(crm: Crm, installation: Installation | None, counts: Sequence[DeliveryCount], engine: Engine) -> Standing:
    standing = Standing(crm, installation, (), 0, tuple(count for count in counts if count.crm == crm))
    try:
        held = engine.gateways[crm].subscriptions.held()
    except Failure as failure:
        return replace(standing, failure=failure)
    wishes = {wish.name: wish for wish in _wishes(crm, installation.address, engine)} if installation else {}
    shown = tuple(_shown(each, wishes, engine) for each in held)
    there = {each.held.name for each in shown if each.is_ours}
    return replace(standing, shown=shown, missing=len(wishes.keys() - there))


def _shown(held: Held, wishes: dict[str, Wanted], engine: Engine) -> Shown:
    if not is_ours(held, engine.connection, engine.contract.modules):
        return Shown(held, is_ours=False, is_well=None)
    wish = wishes.get(held.name)
    is_alive = held.expires is None or held.expires > engine.now()
    is_well = wish is not None and held.url == wish.url and held.is_complete and is_alive
    return Shown(held, is_ours=True, is_well=is_well)


def _ours(held: Sequence[Held], engine: Engine) -> tuple[Held, ...]:
    return tuple(each for each in held if is_ours(each, engine.connection, engine.contract.modules))


def _wishes(crm: Crm, address: str, engine: Engine) -> tuple[Wanted, ...]:
    return wanted(
        crm,
        connection=engine.connection,
        address=address,
        secret=engine.doors.secrets[crm],
        modules=engine.contract.modules,
        now=engine.now(),
    )


def _note(crm: Crm, engine: Engine, installation: Installation | None, *, trouble: str) -> None:
    ends = installation.expires_at if installation else None
    engine.doors.installations.checked(crm, fingerprint=None, expires_at=ends, trouble=trouble, now=engine.now())
