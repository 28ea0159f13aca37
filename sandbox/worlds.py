"""Whether a practice CRM already has a world in its store, and founding one when it has not."""

from sandbox.crm import PracticeCrm
from sandbox.ground import Ground


def has_world(ground: Ground) -> bool:
    return len(ground.store.shelf("_world")) > 0


def found_world(ground: Ground, crm: PracticeCrm, *, people: int, seed: int) -> None:
    """Definitions and sample people in an empty store; the world then remembers what it was made from."""
    crm.desk.populate(people, seed)
    ground.store.shelf("_world").put("founded", {"people": people, "seed": seed})
    crm.desk.reopen()
