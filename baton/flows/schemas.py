"""Keep what the vendors say about their fields and about us, so that a decision need not ask."""

from baton.domain.records import Crm
from baton.engine import Engine


def refresh_schemas(engine: Engine) -> None:
    engine.connections.keep_zoho_user(engine.gateways[Crm.ZOHO].whoami().user_id)
    for module in engine.contract.modules:
        engine.schemas.keep(module, engine.gateways[module.crm].schema(module), now=engine.now())
