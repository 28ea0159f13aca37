"""The Celery application. Each setting that differs from Celery's default has its reason beside it."""

from celery import Celery

import workers.lifecycle  # noqa: F401 - connects the signals of a worker's life
from config.settings import load_settings
from schedules.pulls import pulls
from schedules.sweeps import sweeps
from workers.queues import QUEUES, ROUTES
from workers.wiring import all_connections, redis_url

settings = load_settings()
app = Celery("baton", broker=redis_url(settings))

TRANSPORT = {
    # Nothing of ours runs longer than a few calls' deadlines; a killed worker's messages come back after this.
    # They are only nudges, so a message that comes back too early costs one query.
    "visibility_timeout": 300,
    # Workers serve live before bulk: queues are asked in the order of their names.
    "queue_order_strategy": "sorted",
    # Without it a publish on a dead connection waits for ever.
    "socket_timeout": 15,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 25,
    # How soon a live worker looks for messages of a dead one.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}

app.conf.update(
    imports=["tasks.pull", "tasks.sync", "tasks.write", "tasks.upkeep", "tasks.handoff", "tasks.sla", "tasks.webhooks"],
    task_queues=QUEUES,
    task_routes=ROUTES,
    task_default_queue="upkeep",
    broker_transport_options=TRANSPORT,
    visibility_timeout=TRANSPORT["visibility_timeout"],
    broker_connection_retry_on_startup=True,
    # Bodies are safe to run twice, so a message is given back only when the work is done.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    # State lives in our own tables; a result backend would cost a quarter of the throughput.
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    # A message in a worker's hands is lost with it until a sweep: hold few.
    worker_prefetch_multiplier=1,
    # Flower lives on events.
    worker_send_task_events=True,
    task_send_sent_event=False,
    # A soft shutdown gives running bodies time before they are cut off; also when idle, or countdowns are lost.
    worker_soft_shutdown_timeout=10,
    worker_enable_soft_shutdown_on_idle=True,
    # The usual answer to leaks that have no single cause.
    worker_max_tasks_per_child=5_000,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_hijack_root_logger=False,
    task_serializer="json",
    accept_content=["json"],
    timezone="UTC",
    enable_utc=True,
    beat_max_loop_interval=1,
    beat_schedule={
        name: entry
        for connection in all_connections(settings)
        for name, entry in {
            **pulls(connection.name, connection.cadences),
            **sweeps(connection.name, settings.sync.sweep),
        }.items()
    },
)
