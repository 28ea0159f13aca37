"""Where sample people work: made-up companies, one of them large, with the domain their addresses end in."""

from dataclasses import dataclass
from random import Random

from sandbox.people.places import Place
from sandbox.people.spelling import slug

# fmt: off
STEMS = (
    "Halden", "Birkholm", "Corvella", "Dunmere", "Estrella", "Fennick", "Galloway", "Hestermann", "Ivoryline",
    "Juniper", "Kestrel", "Lumenta", "Marlowe", "Nordhavn", "Ostermond", "Pellwood", "Quarrier", "Rosental",
    "Silvana", "Tarnhill", "Umbria", "Vantello", "Westgarth", "Yarrowby", "Zephyrine",
)
TRADES = (
    "Logistics", "Foods", "Robotics", "Optics", "Textiles", "Energy", "Software", "Clinics", "Tools", "Bikes",
    "Seeds", "Printing",
)
# fmt: on
LARGE_SHARE = 0.08
NONE_SHARE = 0.12
PRIVATE_DOMAINS = ("example.com", "example.org", "example.net")


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    domain: str


LARGE = Company("Halden Robotics GmbH", "halden-robotics.example")


def employer(place: Place, dice: Random) -> Company:
    """A company, the large one now and then, or none at all with a private address."""
    luck = dice.random()
    if luck < LARGE_SHARE:
        return LARGE
    if luck < LARGE_SHARE + NONE_SHARE:
        return Company("", dice.choice(PRIVATE_DOMAINS))
    name = f"{dice.choice(STEMS)} {dice.choice(TRADES)}"
    return Company(f"{name} {place.company_form}", f"{slug(name)}.example")
