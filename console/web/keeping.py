"""Keeps hints: in the database while it answers, on disk while it does not; and brings them back."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from baton.domain.hooks import Hint
from baton.domain.records import Crm
from baton.engine import Engine
from baton.flows.receive import receive
from console.web.nudging import Nudger
from console.web.spool import Spool, Spooled

log = logging.getLogger("baton.web")

STORED = "stored"
SPOOLED = "spooled"
# A vendor waits for the answer; a database that takes longer is as good as away.
PATIENCE = timedelta(seconds=3)
AT_ONCE = 500


class Keeping:
    """Shared by all requests. `is_away`: the database did not answer last time, so nobody waits for it again."""

    def __init__(
        self, engines: Mapping[str, Engine], spool: Spool, nudger: Nudger, *, patience: timedelta = PATIENCE
    ) -> None:
        self.engines = engines
        self.spool = spool
        self.is_away = False
        self._nudger = nudger
        self._patience = patience.total_seconds()
        self._database = ThreadPoolExecutor(8, thread_name_prefix="database")
        # One thread: the disk takes one line after the other anyway.
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="spool")

    async def keep(self, engine: Engine, crm: Crm, hints: Sequence[Hint]) -> str:
        """Comes back when the hints are safe; says where. Raises NotTaken when they are nowhere."""
        if not self.is_away and await self._is_stored(engine, crm, hints):
            return STORED
        spooled = Spooled(engine.connection, crm, tuple(hints))
        await asyncio.get_running_loop().run_in_executor(self._disk, self.spool.add, spooled)
        return SPOOLED

    async def _is_stored(self, engine: Engine, crm: Crm, hints: Sequence[Hint]) -> bool:
        work = asyncio.get_running_loop().run_in_executor(self._database, self._store, engine, crm, hints)
        try:
            await asyncio.wait_for(work, self._patience)
        except Exception as error:  # noqa: BLE001 - whatever happened to the database, the hints must be kept
            self._miss(error)
            return False
        return True

    def _store(self, engine: Engine, crm: Crm, hints: Sequence[Hint]) -> None:
        modules = receive(hints, engine, crm=crm)
        self._nudger.ask(engine, modules)

    def _miss(self, error: Exception) -> None:
        if not self.is_away:
            log.warning("the database is away (%s); hints are spooled", type(error).__name__)
        self.is_away = True

    def look(self) -> None:
        """Asks the database how it is; what was spooled comes back as soon as it answers."""
        try:
            next(iter(self.engines.values())).doors.installations.read()
        except Exception as error:  # noqa: BLE001 - the next look must come, whatever happened in this one
            self._miss(error)
            return
        self.is_away = False
        self._drain()

    def _drain(self) -> None:
        try:
            drained = self.spool.drain(self._bring_back)
        except Exception as error:  # noqa: BLE001 - what was not taken stays on disk for the next look
            log.warning("spooled hints could not be brought back yet: %s", type(error).__name__)
            return
        if drained:
            log.info("the database answers; %d spooled deliveries came back", drained)

    def _bring_back(self, deliveries: Sequence[Spooled]) -> None:
        waiting: dict[tuple[str, Crm], dict[str, Hint]] = {}
        for one in deliveries:
            waiting.setdefault((one.connection, one.crm), {}).update({str(hint.ref): hint for hint in one.hints})
        for (connection, crm), hints in waiting.items():
            engine = self.engines.get(connection)
            if engine is None:
                log.warning("spooled hints of %s were dropped: there is no such connection any more", connection)
                continue
            unique = list(hints.values())
            for start in range(0, len(unique), AT_ONCE):
                self._store(engine, crm, unique[start : start + AT_ONCE])

    def close(self) -> None:
        self._database.shutdown(wait=False, cancel_futures=True)
        self._disk.shutdown(wait=True)
        self.spool.close()
