"""How messages travel: what kombu is told about Redis, each with its reason."""

VISIBILITY = 300
"""Seconds until a message of a dead worker comes back.

Nothing of ours runs longer than a few calls' deadlines, and nothing waits in the broker longer than seconds. Messages
are only nudges, so one that comes back too early costs one query. The shortest value of all apps on a Redis wins, so
every app of ours takes this one.
"""

TRANSPORT = {
    "visibility_timeout": VISIBILITY,
    # Workers serve live before bulk: queues are asked in the order of their names.
    "queue_order_strategy": "sorted",
    # Without it a publish on a dead connection waits for ever.
    "socket_timeout": 15,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    # A line that is open on our side only is noticed and dropped within 51 s; without it BRPOP would wait for ever.
    "health_check_interval": 25,
    # How soon a live worker looks for messages of a dead one; the default is about every 100 s.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
