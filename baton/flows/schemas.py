"""Keep what each vendor says about its fields, so that a decision knows beforehand what would be refused."""

from baton.engine import Engine


def refresh_schemas(engine: Engine) -> None:
    for module in engine.contract.modules:
        engine.schemas.keep(module, engine.gateways[module.crm].schema(module), now=engine.now())
