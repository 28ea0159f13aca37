"""The ways into the account: events go to a door of their own, and on every call what is due is done first."""

from functools import partial

from starlette.applications import Starlette
from starlette.routing import Route

from sandbox.activecampaign.automations.running import go_on_where_due
from sandbox.activecampaign.bulk.work import carry_out_what_is_due
from sandbox.activecampaign.manners import EVENT_PATH
from sandbox.activecampaign.tracking.event_door import take_event
from sandbox.activecampaign.world import World
from sandbox.calls import AsgiApp, Receive, Scope, Send


class Doors:
    def __init__(self, world: World, api: AsgiApp) -> None:
        self._world = world
        self._api = api
        self._events = Starlette(routes=[Route(EVENT_PATH, partial(take_event, world), methods=["POST"])])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        carry_out_what_is_due(self._world)
        go_on_where_due(self._world)
        door = self._events if scope["path"] == EVENT_PATH else self._api
        await door(scope, receive, send)
