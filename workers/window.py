"""A Celery application that only looks: it has the broker and nothing else, so Flower holds no vendor's secret."""

from celery import Celery

from config.settings import load_settings
from workers.queues import QUEUES
from workers.redis_servers import transport
from workers.transport import VISIBILITY
from workers.wiring import redis_url

settings = load_settings()
app = Celery("baton-window", broker=redis_url(settings))
app.conf.update(
    task_queues=QUEUES,
    broker_transport_options=transport(redis_url(settings), settings.redis_master),
    visibility_timeout=VISIBILITY,
    broker_connection_retry_on_startup=True,
    accept_content=["json"],
    timezone="UTC",
)
