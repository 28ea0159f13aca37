"""Who works in the organisation, and the organisation itself. The integration's own user signs what the API writes."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import nothing, say
from sandbox.zoho.refusals import bad_parameter
from sandbox.zoho.stamps import ZONE_NAME

Named = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    id: str
    first_name: str
    last_name: str
    email: str
    profile: str = "Standard"
    role: str = "Sales"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def named(self) -> Named:
        """How the user stands in a record."""
        return {"name": self.full_name, "id": self.id, "email": self.email}


ORG_ID = "487600000000020001"
ADMIN = User(
    id="487600000000021001",
    first_name="Agnes",
    last_name="Adler",
    email="agnes.adler@sales.example",
    profile="Administrator",
    role="CEO",
)
SALES = tuple(
    User(
        id=f"48760000000002200{place}", first_name=first, last_name=last, email=f"{first}.{last}@sales.example".lower()
    )
    for place, (first, last) in enumerate((("Bruno", "Becker"), ("Carla", "Costa"), ("Dmitri", "Dahl")), start=1)
)
INTEGRATION = User(
    id="487600000000023001",
    first_name="Baton",
    last_name="Integration",
    email="baton@sales.example",
    profile="Administrator",
    role="CEO",
)
USERS = {user.id: user for user in (ADMIN, *SALES, INTEGRATION)}
EVERYBODY = frozenset({"AllUsers", "ActiveUsers", "ConfirmedUsers", "ActiveConfirmedUsers"})
NOBODY = frozenset({"DeactiveUsers", "NotConfirmedUsers", "DeletedUsers"})


async def list_users(request: Request) -> Response:
    kind = request.query_params.get("type", "AllUsers")
    found = _of_kind(kind)
    if not found:
        return nothing()
    info = {"per_page": 200, "count": len(found), "page": 1, "more_records": False}
    return say({"users": [_shown(user) for user in found], "info": info})


async def get_user(request: Request) -> Response:
    user = USERS.get(request.path_params["id"])
    return say({"users": [_shown(user)]}) if user else nothing()


async def organisation(_request: Request) -> Response:
    return say(
        {
            "org": [
                {
                    "id": ORG_ID,
                    "zgid": "20048760001",
                    "company_name": "Practice Sales",
                    "primary_email": ADMIN.email,
                    "time_zone": ZONE_NAME,
                    "iso_code": "EUR",
                    "currency": "Euro - EUR",
                    "currency_symbol": "€",
                    "type": "Sandbox",
                    "country_code": "DE",
                    "mc_status": False,
                    "privacy_settings": False,
                    "license_details": {"paid": True, "paid_type": "enterprise", "users_license_purchased": len(USERS)},
                }
            ]
        }
    )


def _of_kind(kind: str) -> list[User]:
    everybody = list(USERS.values())
    if kind in EVERYBODY:
        return everybody
    if kind in NOBODY:
        return []
    if kind == "CurrentUser":
        return [INTEGRATION]
    if kind in {"AdminUsers", "ActiveConfirmedAdmins"}:
        return [user for user in everybody if user.profile == "Administrator"]
    raise bad_parameter("type")


def _shown(user: User) -> dict[str, object]:
    return {
        "id": user.id,
        "zuid": f"200{user.id[-6:]}",
        "first_name": user.first_name,
        "last_name": user.last_name,
        "full_name": user.full_name,
        "email": user.email,
        "status": "active",
        "confirm": True,
        "time_zone": ZONE_NAME,
        "locale": "en_GB",
        "language": "en_US",
        "role": {"name": user.role, "id": f"48760000000002600{1 if user.role == 'CEO' else 2}"},
        "profile": {"name": user.profile, "id": f"48760000000002700{1 if user.profile == 'Administrator' else 2}"},
    }
