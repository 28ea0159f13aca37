"""Keep what the vendors say of their fields and of us, so that a decision need not ask; and notice what drifts."""

from datetime import timedelta

from baton.domain.drift import MUST_BE_MENDED, accepted, changed_fields, missing_users, still_agreed
from baton.domain.records import Crm
from baton.engine import Engine
from baton.flows.handoff import refresh_users
from baton.ports.drift import KeptDrift

SURE_FOR = timedelta(minutes=1)
"""How long it is believed that a field which shows nothing is there and was cleared."""


def refresh_schemas(engine: Engine) -> None:
    engine.connections.keep_zoho_user(engine.gateways[Crm.ZOHO].whoami().user_id)
    for module in engine.contract.modules:
        engine.schemas.keep(module, engine.gateways[module.crm].schema(module), now=engine.now())
    notice_drift(engine)


def notice_drift(engine: Engine) -> None:
    """Opens what has changed since it was last accepted, closes what is mended; each is told once."""
    contract, agreed, now = engine.contract, engine.schemas.agreed(), engine.schemas.read()
    plays, clocks = engine.automation.plays, engine.automation.clock_rules
    users = refresh_users(engine) if plays or clocks else ()
    found = (*changed_fields(contract, agreed, now), *missing_users(plays, clocks, users))
    engine.drifts.settle(found, tuple(engine.automation.channels), now=engine.now())
    engine.schemas.agree(still_agreed(contract, agreed, now))


def can_be_accepted(kept: KeptDrift) -> bool:
    return kept.drift.kind not in MUST_BE_MENDED


def accept_drift(kept: KeptDrift, who: str, engine: Engine) -> bool:
    """The contract lives with the change from now on; whether it was still open."""
    drift, agreed, now = kept.drift, engine.schemas.agreed(), engine.schemas.read()
    if drift.module is None or not can_be_accepted(kept):
        return False
    before, after = agreed.get(drift.module, {}).get(drift.place), now.get(drift.module, {}).get(drift.place)
    if before is None or after is None:
        return False
    engine.schemas.agree({drift.module: {**agreed[drift.module], drift.place: accepted(drift, before, after)}})
    return engine.drifts.accept(kept, who, tuple(engine.automation.channels), now=engine.now())
