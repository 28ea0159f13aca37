"""Who gets a handoff: the rules in their order, and a reason for every step, for "nobody" too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Salesperson:
    """A user of Zoho. `is_active`: may be given records."""

    id: str
    name: str
    email: str
    is_active: bool = True

    @property
    def keys(self) -> frozenset[str]:
        """By what a rule may name this user."""
        return frozenset({self.id, self.name.casefold(), self.email.casefold()})


@dataclass(frozen=True, slots=True)
class Route:
    """Who gets the people of these countries, given as ISO 3166 codes."""

    countries: frozenset[str]
    to: str


@dataclass(frozen=True, slots=True)
class Routing:
    """keep_owner: a salesperson who owns the record already stays. `otherwise`: for whom no route is meant."""

    routes: tuple[Route, ...] = ()
    otherwise: str | None = None
    keep_owner: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """What routing knows of one person.

    country  as the record says it.
    owner    the user who owns the Zoho record now.
    ours     the integration's own user: whatever it owns has no owner yet.
    """

    country: str | None
    owner: str | None
    ours: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was looked at, and what came of it; told by `baton handoffs show`. No personal value."""

    looked_at: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Routed:
    """`owner` is None when nobody is eligible; `is_kept`: they own the record already, so nothing is to be written."""

    owner: Salesperson | None
    steps: tuple[Step, ...] = field(default=())
    is_kept: bool = False


def route(asked: Asked, routing: Routing, users: Sequence[Salesperson], region: Callable[[str], str | None]) -> Routed:
    """The owner now if it may stay, else the first route of the country, else the one for the rest."""
    steps: list[Step] = []
    kept = _kept(asked, routing, users, steps)
    if kept is not None:
        return Routed(kept, tuple(steps), is_kept=True)
    for name in _named(asked, routing, region, steps):
        found = _eligible(name, asked, users, steps)
        if found is not None:
            return Routed(found, tuple(steps), is_kept=found.id == asked.owner)
    steps.append(Step("everybody", "nobody is eligible"))
    return Routed(None, tuple(steps))


def _kept(asked: Asked, routing: Routing, users: Sequence[Salesperson], steps: list[Step]) -> Salesperson | None:
    if asked.owner is None:
        return None
    owner = next((user for user in users if user.id == asked.owner), None)
    name = f"owner now: {owner.name if owner else asked.owner}"
    if not routing.keep_owner:
        steps.append(Step(name, "the play does not keep owners"))
    elif asked.owner == asked.ours:
        steps.append(Step(name, "is the integration's own user"))
    elif owner is None or not owner.is_active:
        steps.append(Step(name, "is no active user of Zoho"))
    else:
        steps.append(Step(name, "stays"))
        return owner
    return None


def _named(asked: Asked, routing: Routing, region: Callable[[str], str | None], steps: list[Step]) -> list[str]:
    """The users that the rules name for this country, in order."""
    code = asked.country and region(asked.country)
    if not code:
        steps.append(Step("country", "is not known" if asked.country else "is blank"))
    meant = [one for one in routing.routes if code and code in one.countries]
    if code:
        steps.append(Step(f"country {code}", f"{len(meant)} of {len(routing.routes)} routes are meant"))
    names = [one.to for one in meant]
    return [*names, routing.otherwise] if routing.otherwise else names


def _eligible(name: str, asked: Asked, users: Sequence[Salesperson], steps: list[Step]) -> Salesperson | None:
    found = [user for user in users if name in user.keys or name.casefold() in user.keys]
    outcome = _verdict(found, asked)
    steps.append(Step(f"route to {name}", outcome or f"chosen: {found[0].name}"))
    return None if outcome else found[0]


def _verdict(found: Sequence[Salesperson], asked: Asked) -> str | None:
    """Why it cannot be this one; None: it can."""
    if not found:
        return "is no user of Zoho"
    if len(found) > 1:
        return f"is the name of {len(found)} users"
    if not found[0].is_active:
        return "is not active"
    if found[0].id == asked.ours:
        return "is the integration's own user"
    return None
