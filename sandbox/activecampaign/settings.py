"""What the account says of itself to its administrators."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign.answers import say
from sandbox.activecampaign.world import World

PLAN_LIMIT = 250_000


async def get_account(world: World, _request: Request) -> Response:
    """The limit is a number, the count beside it is not."""
    total = str(len(world.contacts))
    return say({"account": {"subscriber_limit": PLAN_LIMIT, "subscriber_total": total, "plan": "practice"}})


ROUTES = (("GET", "/settings/account", get_account),)
