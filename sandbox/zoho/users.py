"""What the organisation tells of its users and of itself."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import nothing, say
from sandbox.zoho.refusals import bad_parameter
from sandbox.zoho.staff import ADMIN, INTEGRATION, USERS, User
from sandbox.zoho.stamps import ZONE_NAME

ORG_ID = "487600000000020001"
ACTIVE = frozenset({"ActiveUsers", "ActiveConfirmedUsers", "AllActiveUsers"})
EVERYBODY = frozenset({"AllUsers", "ConfirmedUsers"})
NOBODY = frozenset({"NotConfirmedUsers", "DeletedUsers", "DeveloperUsers", "ActiveLiteUser"})
MOST_PER_PAGE = 200


async def list_users(request: Request) -> Response:
    kind = request.query_params.get("type", "AllUsers")
    found = _of_kind(kind)
    page, size = _number(request, "page", 1), _number(request, "per_page", MOST_PER_PAGE)
    if size > MOST_PER_PAGE:
        raise bad_parameter("per_page")
    chosen = found[(page - 1) * size : page * size]
    if not chosen:
        return nothing()
    info = {"per_page": size, "count": len(chosen), "page": page, "more_records": len(found) > page * size}
    return say({"users": [_shown(user) for user in chosen], "info": info})


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
                    "type": "sandbox",
                    "country_code": "DE",
                    "mc_status": False,
                    "privacy_settings": False,
                    "license_details": {
                        "paid": True,
                        "paid_type": "enterprise",
                        "users_license_purchased": len(USERS),
                        "portal_users_license_purchased": 0,
                    },
                }
            ]
        }
    )


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isdecimal() or int(text) < 1:
        raise bad_parameter(name)
    return int(text)


def _of_kind(kind: str) -> list[User]:
    everybody = list(USERS.values())
    if kind in EVERYBODY:
        return everybody
    if kind in ACTIVE:
        return [user for user in everybody if user.is_active]
    if kind == "DeactiveUsers":
        return [user for user in everybody if not user.is_active]
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
        "status": "active" if user.is_active else "inactive",
        "confirm": True,
        "country": user.country or None,
        "territories": _territories(user),
        "time_zone": ZONE_NAME,
        "locale": "en_GB",
        "language": "en_US",
        "role": {"name": user.role, "id": f"48760000000002600{1 if user.role == 'CEO' else 2}"},
        "profile": {"name": user.profile, "id": f"48760000000002700{1 if user.profile == 'Administrator' else 2}"},
    }


def _territories(user: User) -> list[dict[str, object]]:
    return [{"name": user.country, "id": f"48760000000002800{user.id[-1]}", "manager": False}] if user.country else []
