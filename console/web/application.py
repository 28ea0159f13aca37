"""The addresses of the door, who may knock, and what is answered.

Nothing here logs an address: the one that ActiveCampaign calls holds the secret.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from baton.domain.hooks import Hint, NotTaken, Refusal, activecampaign_hints, zoho_hints
from baton.domain.records import Crm
from baton.domain.webhooks import is_secret
from baton.engine import Engine
from console.web.bodies import form_in, read_body, zoho_delivery_in
from console.web.keeping import STORED, Keeping
from console.web.nudging import Nudger
from console.web.rounds import EVERY, Rounds
from console.web.tally import UNKNOWN, Tally

# Never 410: ActiveCampaign takes it for good.
STATUS: Mapping[Refusal, int] = {
    Refusal.UNKNOWN_CONNECTION: 404,
    Refusal.BAD_SECRET: 403,
    Refusal.TOO_LARGE: 413,
    Refusal.TOO_SLOW: 408,
    Refusal.CUT_OFF: 400,
    Refusal.NOT_A_FORM: 415,
    Refusal.NOT_JSON: 400,
    Refusal.NO_RECORD: 422,
    Refusal.MALFORMED: 400,
    Refusal.UNKNOWN_MODULE: 422,
    Refusal.SPOOL_FULL: 503,
}


@dataclass(frozen=True, slots=True)
class Door:
    keeping: Keeping
    tally: Tally
    body_limit: int

    async def from_activecampaign(self, request: Request) -> Response:
        return await self._answer(request, Crm.ACTIVECAMPAIGN)

    async def from_zoho(self, request: Request) -> Response:
        return await self._answer(request, Crm.ZOHO)

    async def health(self, _: Request) -> Response:
        trouble = self.keeping.spool.trouble()
        told = {
            "database": "away" if self.keeping.is_away else "answers",
            "spool": trouble or "ready",
            "spooled_bytes": self.keeping.spool.size(),
        }
        return JSONResponse(told, status_code=503 if self.keeping.is_away and trouble else 200)

    async def _answer(self, request: Request, crm: Crm) -> Response:
        name = request.path_params["connection"]
        try:
            engine = self._engine(name)
            hints = await self._hints(request, crm, engine)
            outcome = await self.keeping.keep(engine, crm, hints)
        except NotTaken as refused:
            self.tally.count(name if name in self.keeping.engines else UNKNOWN, crm, refused.why)
            # Hang up: what is left of a body that is not wanted would be taken in to the end.
            return Response(status_code=STATUS[refused.why], headers={"connection": "close"})
        self.tally.count(name, crm, outcome)
        return Response(status_code=200 if outcome == STORED else 202)

    def _engine(self, name: str) -> Engine:
        engine = self.keeping.engines.get(name)
        if engine is None:
            raise NotTaken(Refusal.UNKNOWN_CONNECTION)
        return engine

    async def _hints(self, request: Request, crm: Crm, engine: Engine) -> tuple[Hint, ...]:
        if crm is Crm.ZOHO:
            return await self._zoho_hints(request, engine)
        # Before a byte is read: strangers' bodies are not worth it.
        _refuse_stranger(request.path_params["secret"], crm, engine)
        body = await read_body(request, most=self.body_limit)
        return activecampaign_hints(form_in(request.headers.get("content-type", ""), body))

    async def _zoho_hints(self, request: Request, engine: Engine) -> tuple[Hint, ...]:
        said = zoho_delivery_in(await read_body(request, most=self.body_limit))
        _refuse_stranger(said.token, Crm.ZOHO, engine)
        known = engine.contract.modules
        return zoho_hints(said.module, said.ids, said.operation, said.server_time, known=known)


def application(keeping: Keeping, nudger: Nudger, *, body_limit: int, every: timedelta = EVERY) -> Starlette:
    """`every`: how often the door looks after itself."""
    tally = Tally()
    door, rounds = Door(keeping, tally, body_limit), Rounds(keeping, tally, every=every)

    @asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        nudger.start()
        rounds.start()
        yield
        rounds.stop()
        nudger.stop()
        keeping.close()

    routes = [
        Route("/hooks/{connection}/activecampaign/{secret}", door.from_activecampaign, methods=["POST"]),
        Route("/hooks/{connection}/zoho", door.from_zoho, methods=["POST"]),
        Route("/health", door.health, methods=["GET"]),
    ]
    return Starlette(routes=routes, lifespan=living)


def _refuse_stranger(given: str, crm: Crm, engine: Engine) -> None:
    if not is_secret(given, engine.doors.secrets[crm]):
        raise NotTaken(Refusal.BAD_SECRET)
