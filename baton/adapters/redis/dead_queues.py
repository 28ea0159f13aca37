"""Beside each work queue a list of dead-letter ids in Redis, for eyes that look there. The rows are the truth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redis import Redis

CAP = 1_000


@dataclass(frozen=True, slots=True)
class RedisDeadQueues:
    redis: Redis
    names: tuple[str, ...]

    def rebuild(self, ids: Mapping[str, Sequence[int]]) -> None:
        """Newest first, capped; a queue without dead letters has no list."""
        with self.redis.pipeline(transaction=True) as pipe:
            for name in self.names:
                pipe.delete(f"{name}.dead")
                if ids.get(name):
                    pipe.rpush(f"{name}.dead", *ids[name][:CAP])
            pipe.execute()
