"""The processes of Baton itself: one row each, as `make up` starts them and docker-compose should."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGQUIT, SIGTERM

from console.embedded.child import Command, Steps

CHECKOUT = Path(__file__).parent.parent.parent


class Stage(IntEnum):
    """Who ends before whom: nothing may lose what it stands on while it still works."""

    BEAT = 1
    WORKERS = 2
    WEB = 3
    FLOWER = 4
    CRMS = 5
    REDIS = 6
    DATABASE = 7


# Warm: finish what you hold. Then cold: give it back to the queue.
WARM_THEN_COLD: Steps = (
    (SIGTERM, timedelta(seconds=20)),
    (SIGQUIT, timedelta(seconds=5)),
    (SIGKILL, timedelta(seconds=5)),
)
AT_ONCE: Steps = ((SIGTERM, timedelta(seconds=5)), (SIGINT, timedelta(seconds=3)), (SIGKILL, timedelta(seconds=5)))


@dataclass(frozen=True, slots=True)
class Process:
    """`ready`: words in its log that show it works. `note`: what it is for."""

    name: str
    stage: Stage
    arguments: str
    ready: str
    stop: Steps
    note: str

    def command(self, environment: Mapping[str, str], state: Path, application: str = "workers.app") -> Command:
        filled = (argument.format(state=state) for argument in self.arguments.split())
        argv = (sys.executable, "-m", "celery", "-A", application, *filled)
        # A line that waits in a buffer is a line that a crash takes with it.
        unbuffered = {**environment, "PYTHONUNBUFFERED": "1"}
        return Command(self.name, argv, env=unbuffered, folder=CHECKOUT, stop=self.stop)


# sync is bound by its CPU, so it has processes; everything else waits for somebody, so it has threads.
# Workers need no news of each other: without it they come up a second sooner and say less.
ALONE = "--without-mingle --without-gossip --loglevel INFO"
SYNC = f"worker -n sync@%h -P prefork -c 2 -Q sync,sync.bulk {ALONE}"
WAITING = f"worker -n waiting@%h -P threads -c 8 -Q pull,pull.bulk,write,write.bulk,upkeep {ALONE}"
# Handoffs and clocks have a worker of their own: a backlog of reads must not stand before somebody who awaits a call.
AUTOMATION = f"worker -n automation@%h -P threads -c 2 -Q automation {ALONE}"
# ActiveCampaign takes one record a call and waits two thirds of a second: it must not hold the threads of the others.
ONE_BY_ONE = f"worker -n activecampaign@%h -P threads -c 4 -Q write.activecampaign,write.activecampaign.bulk {ALONE}"
BEAT = "beat --pidfile= --loglevel INFO"

PROCESSES = (
    Process("worker-sync", Stage.WORKERS, SYNC, ready=" ready.", stop=WARM_THEN_COLD, note="decides; 2 processes"),
    Process(
        "worker-waiting",
        Stage.WORKERS,
        WAITING,
        ready=" ready.",
        stop=WARM_THEN_COLD,
        note="reads and writes; 8 threads",
    ),
    Process(
        "worker-activecampaign",
        Stage.WORKERS,
        ONE_BY_ONE,
        ready=" ready.",
        stop=WARM_THEN_COLD,
        note="writes to ActiveCampaign; 4 threads",
    ),
    Process(
        "worker-automation",
        Stage.WORKERS,
        AUTOMATION,
        ready=" ready.",
        stop=WARM_THEN_COLD,
        note="hands over and watches clocks; 2 threads",
    ),
    Process("beat", Stage.BEAT, BEAT, ready=" is starting.", stop=AT_ONCE, note="starts what is due"),
)
