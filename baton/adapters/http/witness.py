"""Sees every call of one account being made and tells whoever listens; a listener in trouble never harms the call."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.adapters.http.ask import Ask
from baton.adapters.http.exchange import exchange_of
from baton.adapters.http.reply import Reply
from baton.domain.calls import Call, outcome_of, present_cause
from baton.domain.failures import Failure
from baton.domain.records import Crm
from baton.ports import Clock

log = logging.getLogger("baton.calls")

OnCall = Callable[[Call], None]


def unheard(call: Call) -> None:
    """For whoever does not account for calls."""


@dataclass(slots=True)
class Watched:
    """A call under way; whoever makes it puts the answer here."""

    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    crm: Crm
    clock: Clock
    on_call: OnCall = unheard

    @contextmanager
    def watching(self, ask: Ask) -> Iterator[Watched]:
        """One call, from the first byte to the verdict on its answer."""
        watched, error = Watched(), None
        at, started = self.clock.now(), time.monotonic()
        try:
            yield watched
        except BaseException as raised:
            error = raised
            raise
        finally:
            self._tell(ask, watched.reply, error, at, timedelta(seconds=time.monotonic() - started))

    def _tell(self, ask: Ask, reply: Reply | None, error: BaseException | None, at: datetime, took: timedelta) -> None:
        try:
            self.on_call(self._call(ask, reply, error, at, took))
        except Exception as trouble:  # noqa: BLE001 - the answer has to be settled, noted or not
            log.warning("%s %s was made and not noted: %s", self.crm, ask, type(trouble).__name__)

    def _call(self, ask: Ask, reply: Reply | None, error: BaseException | None, at: datetime, took: timedelta) -> Call:
        is_kept = ask.is_write or error is not None
        return Call(
            crm=self.crm,
            endpoint=str(ask),
            status=None if reply is None else reply.status,
            outcome=outcome_of(error),
            code=error.code if isinstance(error, Failure) else None,
            at=at,
            took=took,
            request_id=None if reply is None else reply.request_id,
            records=_records(ask, reply),
            cost=ask.cost,
            is_kept=is_kept,
            cause=present_cause(),
            exchange=exchange_of(ask, reply) if is_kept and not ask.is_confidential else None,
        )


def _records(ask: Ask, reply: Reply | None) -> int:
    if reply is None or ask.holds is None or ask.is_write:
        return ask.records
    return len(reply.items(ask.holds))
