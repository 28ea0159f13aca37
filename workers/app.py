"""The Celery application. Each setting that differs from Celery's default has its reason beside it."""

from celery import Celery

from config.settings import load_settings
from schedules.pulls import pulls
from schedules.sweeps import sweeps
from workers.lifecycle import SOFT_SHUTDOWN
from workers.queues import QUEUES, ROUTES
from workers.redis_servers import transport
from workers.transport import VISIBILITY
from workers.vitals import Vitals
from workers.wiring import all_connections, redis_url

settings = load_settings()
app = Celery("baton", broker=redis_url(settings))

app.steps["consumer"].add(Vitals)

app.conf.update(
    imports=[
        "tasks.pull",
        "tasks.sync",
        "tasks.write",
        "tasks.upkeep",
        "tasks.handoff",
        "tasks.sla",
        "tasks.webhooks",
        "tasks.backfill",
    ],
    task_queues=QUEUES,
    task_routes=ROUTES,
    task_default_queue="upkeep",
    broker_transport_options=transport(redis_url(settings), settings.redis_master),
    # Named twice by Celery; where the two differ, the shorter one wins for everybody on that Redis.
    visibility_timeout=VISIBILITY,
    # A broker that comes up later than its workers is no reason to give up.
    broker_connection_retry_on_startup=True,
    # Bodies are safe to run twice, so a message is given back only when the work is done.
    task_acks_late=True,
    # The child that ran it was killed. Sent again as a retry, because retries are counted and a given-back message is
    # not: a body that kills its process stops after three, and whatever it was about stays a row that sweeps find.
    task_retry_on_worker_lost=True,
    # Only where even the retry cannot be sent.
    task_reject_on_worker_lost=True,
    # The default waits three minutes, and nothing of ours waits in the broker longer than seconds.
    task_annotations={"*": {"max_retries": 3, "default_retry_delay": 2}},
    # For processes only: one that hangs is ended when its message comes back anyway. Threads cannot be ended from
    # outside, so what runs there has a deadline on every call instead.
    task_time_limit=VISIBILITY,
    # State lives in our own tables; a result backend would cost a quarter of the throughput.
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    # A message in a worker's hands is lost with it until a sweep: hold few.
    worker_prefetch_multiplier=1,
    # Countdowns are held in memory beyond the prefetch; a flood of them must end somewhere.
    worker_eta_task_limit=1_000,
    # Flower lives on events. They cost a third of what empty tasks could reach, and ours are never empty.
    worker_send_task_events=True,
    task_send_sent_event=False,
    # A soft shutdown gives running bodies time before they are cut off; also when idle, or countdowns are lost.
    # Whoever ends a worker must be more patient than this; with REMAP_SIGTERM=SIGQUIT one SIGTERM is enough.
    worker_soft_shutdown_timeout=SOFT_SHUTDOWN.total_seconds(),
    worker_enable_soft_shutdown_on_idle=True,
    # The usual answer to leaks that have no single cause. Processes only, so threads are for what allocates little.
    worker_max_tasks_per_child=5_000,
    # Kilobytes. A child begins with 100 MB; two at this limit and their parent still fit into a container of 512 MB.
    worker_max_memory_per_child=200_000,
    # A busy machine forks slowly; the default of 4 s would end children that are on their way.
    worker_proc_alive_timeout=30,
    # Without the broker nothing can be given back, so what runs would run twice anyway; bodies survive being cut off.
    worker_cancel_long_running_tasks_on_connection_loss=True,
    # Our own handler, see `lifecycle`: one line per event on stderr.
    worker_hijack_root_logger=False,
    task_serializer="json",
    accept_content=["json"],
    timezone="UTC",
    enable_utc=True,
    # In memory: which slots are done is known to the database, so there is no file to keep, to lose or to corrupt.
    beat_scheduler="celery.beat:Scheduler",
    # Sweeps are due every two seconds, and a schedule is looked at no less often than this.
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
