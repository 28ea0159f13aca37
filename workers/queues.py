"""The queues, and which task goes into which. The README's table is checked against this page.

Each lane is a queue of its own: a worker that serves both takes the live one first, because the Redis transport is
told to ask its queues in the order of their names (`sync` before `sync.bulk`).
"""

from dataclasses import dataclass

from kombu import Queue


@dataclass(frozen=True, slots=True)
class WorkQueue:
    name: str
    purpose: str
    pool: str

    @property
    def dead(self) -> str:
        return f"{self.name}.dead"


WORK_QUEUES = (
    WorkQueue("pull", "reads what changed, page by page; reads named records again", "threads"),
    WorkQueue("pull.bulk", "reads for backfills, resyncs and the census, a page at a time", "threads"),
    WorkQueue("sync", "decides people somebody has just edited", "prefork"),
    WorkQueue("sync.bulk", "decides people of a first sync or backfill", "prefork"),
    WorkQueue("write", "sends writes to Zoho in batches, and looks up those in doubt", "threads"),
    WorkQueue("write.bulk", "the same for a first sync or backfill", "threads"),
    WorkQueue("write.activecampaign", "sends writes to ActiveCampaign, which takes one a call", "threads"),
    WorkQueue("write.activecampaign.bulk", "the same for a first sync or backfill", "threads"),
    WorkQueue("automation", "handoffs, notices and clocks", "threads"),
    WorkQueue("upkeep", "sweeps: finds work whose nudge was lost", "threads"),
)

QUEUES = tuple(Queue(queue.name, routing_key=queue.name) for queue in WORK_QUEUES)

ROUTES = {
    "pull.*": {"queue": "pull"},
    "fetch.*": {"queue": "pull"},
    "backfill.*": {"queue": "pull.bulk"},
    "sync.*": {"queue": "sync"},
    "write.*": {"queue": "write"},
    "handoff.*": {"queue": "automation"},
    "sla.*": {"queue": "automation"},
    "upkeep.*": {"queue": "upkeep"},
}
