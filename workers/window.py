"""A Celery application that only looks: it has the broker and nothing else, so Flower holds no vendor's secret."""

from celery import Celery

from config.settings import load_settings
from workers.queues import QUEUES
from workers.transport import TRANSPORT, VISIBILITY
from workers.wiring import redis_url

app = Celery("baton-window", broker=redis_url(load_settings()))
app.conf.update(
    task_queues=QUEUES,
    broker_transport_options=TRANSPORT,
    visibility_timeout=VISIBILITY,
    broker_connection_retry_on_startup=True,
    accept_content=["json"],
    timezone="UTC",
)
