"""Who works in the organisation and where. The integration's own user signs what the API writes."""

from dataclasses import dataclass

Named = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """`country` is where the user sells; blank for those who sell nowhere."""

    id: str
    first_name: str
    last_name: str
    email: str
    profile: str = "Standard"
    role: str = "Sales"
    country: str = ""
    is_active: bool = True

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def named(self) -> Named:
        """How the user stands in a record."""
        return {"name": self.full_name, "id": self.id, "email": self.email}


ADMIN = User(
    id="487600000000021001",
    first_name="Agnes",
    last_name="Adler",
    email="agnes.adler@sales.example",
    profile="Administrator",
    role="CEO",
)
INTEGRATION = User(
    id="487600000000023001",
    first_name="Baton",
    last_name="Integration",
    email="baton@sales.example",
    profile="Administrator",
    role="CEO",
)


def _seller(place: int, first: str, last: str, country: str, *, is_active: bool = True) -> User:
    return User(
        id=f"48760000000002200{place}",
        first_name=first,
        last_name=last,
        email=f"{first}.{last}@sales.example".lower(),
        country=country,
        is_active=is_active,
    )


FOUNDERS = (
    _seller(1, "Bruno", "Becker", "Germany"),
    _seller(2, "Carla", "Costa", "Spain"),
    _seller(3, "Dmitri", "Dahl", "Sweden"),
)
"""Those the sample records were shared out among; the newer ones began with nothing."""

NEWER = (
    _seller(4, "Emma", "Evans", "United Kingdom"),
    _seller(5, "Fabien", "Faure", "France"),
    _seller(6, "Gerda", "Graf", "Austria", is_active=False),
)
USERS = {user.id: user for user in (ADMIN, *FOUNDERS, *NEWER, INTEGRATION)}


def active_user(asked: str) -> User | None:
    """By id or e-mail; None also for one who has left."""
    found = USERS.get(asked) or next((user for user in USERS.values() if user.email == asked.lower()), None)
    return found if found and found.is_active else None
