"""One sweep per box, so that nothing lost in Redis is lost."""

from datetime import timedelta
from typing import Any

SWEEPS = {
    "upkeep.sweep_inbox": 1,
    "upkeep.sweep_outbox": 1,
    "upkeep.sweep_dead": 15,
    "upkeep.schemas": 150,
    "upkeep.trickle": 5,
    "upkeep.backfills": 5,
    "upkeep.census": 900,
    "upkeep.webhooks": 150,
    "upkeep.forget_calls": 900,
    "handoff.sweep": 1,
    "sla.sweep": 1,
}
"""Task → how many times the sweep interval lies between two runs."""


def sweeps(connection: str, interval: timedelta) -> dict[str, dict[str, Any]]:
    return {
        f"{task} {connection}": {
            "task": task,
            "schedule": interval * times,
            "args": (connection,),
            "kwargs": {"every": (interval * times).total_seconds()},
            "options": {"queue": _queue(task), "expires": max((interval * times).total_seconds() * 2, 10)},
        }
        for task, times in SWEEPS.items()
    }


def _queue(task: str) -> str:
    return "upkeep" if task.startswith("upkeep.") else "automation"
