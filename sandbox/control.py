"""The control API under /_sandbox/: what tests and people at a demonstration ask of a practice CRM.

Neither rate-limited nor journalled as calls; what people do through it is journalled as their effects.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.calls import AsgiApp
from sandbox.crm import NoSuchRecordError, PracticeCrm, RefusedEditError
from sandbox.faults import UnknownFaultError
from sandbox.ground import Ground
from sandbox.pages.doors import pages_by_hand
from sandbox.records import RecordsDoor
from sandbox.settings import UnknownSettingError
from sandbox.worlds import found_world

Body = dict[str, Any]
ON_EVERY_RECORD = ("create", "edit", "edit-many", "delete")


def control_routes(ground: Ground, crm: PracticeCrm) -> AsgiApp:
    records = RecordsDoor(ground, crm)
    switches = _Switches(ground, crm)
    routes = [
        Route("/_sandbox/health", switches.health),
        Route("/_sandbox/journal", switches.journal),
        Route("/_sandbox/settings", switches.settings),
        Route("/_sandbox/settings", _with_body(switches.change_settings), methods=["POST"]),
        Route("/_sandbox/faults", switches.faults),
        Route("/_sandbox/faults", _with_body(switches.order_faults), methods=["POST"]),
        Route("/_sandbox/faults", switches.clear_faults, methods=["DELETE"]),
        Route("/_sandbox/hooks", switches.hooks),
        Route("/_sandbox/reset", _with_body(switches.reset), methods=["POST"]),
        Route("/_sandbox/load", _with_body(records.load), methods=["POST"]),
        Route("/_sandbox/records/{module}", records.listing),
        Route("/_sandbox/records/{module}/{id}", records.one),
        Route("/_sandbox/people/create", _with_body(records.create), methods=["POST"]),
        Route("/_sandbox/people/edit", _with_body(records.edit), methods=["POST"]),
        Route("/_sandbox/people/delete", _with_body(records.delete), methods=["POST"]),
        Route("/_sandbox/people/edit-many", _with_body(records.edit_many), methods=["POST"]),
        Route("/_sandbox/people", partial(_deeds, crm)),
        *pages_by_hand(ground, crm, records),
        *(Route(f"/_sandbox/people/{name}", _with_body(deed), methods=["POST"]) for name, deed in crm.deeds.items()),
    ]
    refusals = {
        UnknownSettingError: partial(_refuse, 400),
        UnknownFaultError: partial(_refuse, 400),
        RefusedEditError: partial(_refuse, 400),
        KeyError: partial(_refuse, 400),
        NoSuchRecordError: partial(_refuse, 404),
    }
    return Starlette(routes=routes, exception_handlers=refusals)


def _with_body(act: Callable[[Any], Any]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        # A site that a browser on this machine has open may not order anything here.
        if request.headers.get("origin") not in {None, f"{request.url.scheme}://{request.headers.get('host')}"}:
            return JSONResponse({"error": "this was not sent from here"}, status_code=403)
        return JSONResponse(act(await request.json() if await request.body() else {}))

    return endpoint


async def _deeds(crm: PracticeCrm, _request: Request) -> Response:
    """What people can do, each by POST to its name."""
    return JSONResponse({"deeds": sorted([*ON_EVERY_RECORD, *crm.deeds])})


async def _refuse(status: int, _request: Request, error: Exception) -> Response:
    said = f"the body lacks {error}" if type(error) is KeyError else str(error)
    return JSONResponse({"error": said}, status_code=status)


class _Switches:
    """Health, journal, settings, faults and reset."""

    def __init__(self, ground: Ground, crm: PracticeCrm) -> None:
        self._ground = ground
        self._crm = crm
        self._settings_at_start = ground.settings.snapshot()

    async def health(self, _request: Request) -> Response:
        return JSONResponse({"ok": True, "crm": self._crm.name, "records": self._crm.desk.counts()})

    async def journal(self, request: Request) -> Response:
        asked = request.query_params
        journal = self._ground.journal
        entries = journal.read(
            after=int(asked.get("after", 0)), limit=int(asked.get("limit", 1000)), kind=asked.get("kind")
        )
        return JSONResponse({"entries": entries, "last": journal.last})

    async def settings(self, _request: Request) -> Response:
        return JSONResponse(self._ground.settings.snapshot())

    def change_settings(self, body: Body) -> Body:
        self._ground.change_settings(**body)
        return self._ground.settings.snapshot()

    async def faults(self, _request: Request) -> Response:
        return JSONResponse({"faults": self._ground.faults.listing()})

    def order_faults(self, body: Body | list[Body]) -> Body:
        """One order, or a list of them: all or none."""
        if isinstance(body, list):
            return {"ids": [fault.id for fault in self._ground.faults.order_all(body)]}
        return {"id": self._ground.faults.order(body).id}

    async def clear_faults(self, _request: Request) -> Response:
        self._ground.faults.clear()
        return JSONResponse({"ok": True})

    async def hooks(self, _request: Request) -> Response:
        """How many outgoing calls are not through yet; zero after everything handed over has been tried."""
        return JSONResponse({"waiting": self._ground.hooks.waiting()})

    def reset(self, body: Body) -> Body:
        """A new world under the settings the server started with; the journal begins again at 1."""
        self._ground.faults.clear()
        self._ground.hooks.forget()
        self._ground.store.wipe()
        self._ground.change_settings(**self._settings_at_start)
        found_world(self._ground, self._crm, people=int(body.get("people", 200)), seed=int(body.get("seed", 1)))
        return {"ok": True, "records": self._crm.desk.counts()}
