"""Webhooks: looks now and then whether the vendors still call us, and puts right what is not so."""

import logging

from celery import shared_task

from baton.engine import Engine
from baton.flows.webhooks import keep
from tasks.base import EngineTask
from tasks.ticking import is_first

log = logging.getLogger("baton.tasks")


@shared_task(base=EngineTask, name="upkeep.webhooks")
def keep_webhooks(engine: Engine, every: float) -> None:
    if not is_first(engine, "webhooks", every):
        return
    for ensured in keep(engine):
        if ensured.failure is not None:
            log.warning("%s: webhooks of %s: %s", engine.connection, ensured.crm, ensured.failure.reason)
        elif ensured.put:
            log.info("%s: %d webhooks of %s put again", engine.connection, ensured.put, ensured.crm)
