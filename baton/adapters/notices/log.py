"""Tells the log: references only, for a log is read by many and kept for long."""

import logging
from datetime import datetime

from baton.ports.handoffs import Notice

log = logging.getLogger("baton.notices")
_NEEDS_SOMEBODY = frozenset({"nobody eligible", "failed", "at risk", "breached"})


class LogChannel:
    name = "log"

    def send(self, notice: Notice, *, now: datetime) -> None:
        if notice.handoff is None:
            log.warning("%s: %s", notice.kind, notice.facts.get("reason"))
            return
        level = logging.WARNING if notice.kind in _NEEDS_SOMEBODY else logging.INFO
        record = notice.facts.get("record") or notice.facts.get("contact")
        log.log(level, "handoff %s (%s): %s, %s", notice.handoff, notice.play, notice.kind, record)
