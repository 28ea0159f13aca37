"""The door's own upkeep, in a thread: asks after the database, brings spooled hints back, writes the counts down."""

import logging
from datetime import timedelta
from threading import Event, Thread

from console.web.keeping import Keeping
from console.web.tally import Tally

log = logging.getLogger("baton.web")

EVERY = timedelta(seconds=2)
GOOD = frozenset({"stored", "spooled"})


class Rounds:
    def __init__(self, keeping: Keeping, tally: Tally, *, every: timedelta) -> None:
        self._keeping = keeping
        self._tally = tally
        self._every = every.total_seconds()
        self._is_over = Event()
        self._thread = Thread(target=self._run, name="rounds", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._is_over.set()
        self._thread.join(timeout=5)
        if not self._keeping.is_away:
            self._write_down()

    def _run(self) -> None:
        while not self._is_over.is_set():
            self._keeping.look()
            if not self._keeping.is_away:
                self._write_down()
            self._is_over.wait(self._every)

    def _write_down(self) -> None:
        counts = self._tally.taken()
        for (connection, crm, outcome), count in counts.items():
            if outcome not in GOOD:
                log.info("refused %d from %s for %s: %s", count, crm, connection, outcome)
        if not counts:
            return
        engine = next(iter(self._keeping.engines.values()))
        try:
            engine.doors.counts.add(counts, now=engine.now())
        except Exception as error:  # noqa: BLE001 - counts wait for the next round, whatever happened in this one
            log.warning("deliveries could not be counted: %s", type(error).__name__)
            self._tally.give_back(counts)
