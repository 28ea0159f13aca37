"""The baseline: how many tasks that do nothing this machine's Celery works off in a second."""

import os
import time
from pathlib import Path

import redis
from celery import Celery

from console.embedded.addresses import REDIS_URL
from console.embedded.child import Child
from console.up.processes import WARM_THEN_COLD, Process, Stage

CONFIGURATION = "prefork -c 2, acks_late, prefetch multiplier 4, results ignored, no events"
QUEUE = "baseline"
LOOK_EVERY = 0.02

app = Celery("baseline", broker=os.environ.get(REDIS_URL))
app.conf.update(task_acks_late=True, worker_prefetch_multiplier=4, task_ignore_result=True, task_default_queue=QUEUE)


@app.task(name="baseline.nothing")
def nothing() -> None:
    """Does nothing."""


def consumed_per_second(state: Path, url: str, *, tasks: int = 5_000) -> float:
    """Messages are in the queue before the worker starts; the clock runs from its first to its last."""
    app.conf.update(broker_url=url)
    with app.producer_or_acquire() as producer:
        for _ in range(tasks):
            nothing.apply_async(producer=producer)
    arguments = "worker -P prefork -c 2 --without-gossip --without-mingle --loglevel WARNING"
    process = Process("baseline", Stage.WORKERS, arguments, "", WARM_THEN_COLD, "")
    command = process.command({REDIS_URL: url}, state, application="benchmarks.baseline")
    child = Child.start(command, state / "logs" / "baseline.log")
    try:
        return _timed(url, tasks)
    finally:
        child.stop()


def _timed(url: str, tasks: int) -> float:
    with redis.Redis.from_url(url) as client:
        while (first := _left(client)) >= tasks:
            time.sleep(LOOK_EVERY)
        began = time.monotonic()
        while _left(client) > 0:
            time.sleep(LOOK_EVERY)
    return first / (time.monotonic() - began)


def _left(client: redis.Redis) -> int:
    return int(client.llen(QUEUE)) + int(client.hlen("unacked"))
