"""What a deal's links lead to: the contact, account, pipeline and stage themselves."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import contact_shapes
from sandbox.activecampaign.accounts import shapes as account_shapes
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.deals import pipeline_shapes
from sandbox.activecampaign.deals.endpoints import deal_or_refuse
from sandbox.activecampaign.world import World
from sandbox.store import Row

RELATED = ("contact", "account", "customerAccount", "group", "stage")
SHOWN_AS = {"group": "dealGroup", "stage": "dealStage", "customerAccount": "account"}


async def of_a_deal(world: World, request: Request) -> Response:
    row, name = deal_or_refuse(world, request), request.url.path.rpartition("/")[2]
    return say({SHOWN_AS.get(name, name): _shown(world, row, name, base_of(request))})


def _shown(world: World, row: Row, name: str, base: str) -> dict[str, Any] | None:
    if name == "contact":
        contact = world.contacts.get(row["contact"])
        return contact_shapes.read(world, contact, base) if contact else None
    if name == "group":
        pipeline = world.deal_groups.get(row["group"])
        return pipeline_shapes.pipeline(pipeline, base) if pipeline else None
    if name == "stage":
        stage = world.deal_stages.get(row["stage"])
        return pipeline_shapes.stage(stage, base) if stage else None
    account = world.accounts.get(row["account"])
    return account_shapes.account(account, base) if account else None
