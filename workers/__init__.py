"""The processes of the fleet: the Celery app, its queues, its wiring and what happens after a fork."""
