"""How one contact stands on one score."""

from sandbox.activecampaign.engagement import move_stamp
from sandbox.activecampaign.world import World


def set_value(world: World, contact: str, score: str, value: int) -> None:
    now, known = world.now(), world.scores_of[contact].get(score)
    if known is None:
        id_ = world.next_id(world.score_values)
        row = {"id": id_, "contact": contact, "score": score, "value": value, "cdate": now, "mdate": now}
        world.link(world.score_values, world.scores_of, "score", row)
    else:
        world.score_values.rows[known].update(value=value, mdate=now)
        world.score_values.touch(known)
    move_stamp(world, contact)


def value_of(world: World, contact: str, score: str) -> int:
    known = world.scores_of[contact].get(score)
    return 0 if known is None else int(world.score_values.rows[known]["value"])
