"""The addresses of the pages under /_sandbox/ui/: what is read is drawn, what is posted is done and then looked at."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.crm import NoSuchRecordError, RefusedEditError
from sandbox.ground import Ground
from sandbox.pages import drawing, guards
from sandbox.pages.drawing import ROOT, Frame
from sandbox.pages.screens import Body, Button, Input, Module, Screens, Typed, Wanted
from sandbox.pages.typed import read_typed

Deeds = Mapping[str, Callable[[Body], Any]]
Endpoint = Callable[[Request], Awaitable[Response]]
STYLE = Path(__file__).with_name("style.css")
HAND = "practice_hand"
MOST_HISTORY = 50


def guarded(endpoint: Endpoint) -> Endpoint:
    """The endpoint behind the guards, its answers with the headers that keep other sites out."""

    async def answer(request: Request) -> Response:
        said = guards.objection(request)
        try:
            response = PlainTextResponse(said, 403) if said else await endpoint(request)
        except NoSuchRecordError as missing:
            response = PlainTextResponse(str(missing), 404)
        response.headers.update(guards.HEADERS)
        return response

    return answer


class Site:
    """`deeds` are those of the control API, and take the same bodies."""

    def __init__(self, ground: Ground, screens: Screens, deeds: Deeds) -> None:
        self._journal = ground.journal
        self._screens = screens
        self._deeds = deeds

    def routes(self) -> list[Route]:
        return [
            Route(ROOT, guarded(self.start)),
            Route(f"{ROOT}/", guarded(self.start)),
            Route(f"{ROOT}/style.css", guarded(_style)),
            Route(f"{ROOT}/hand", guarded(self.take_hand), methods=["POST"]),
            Route(f"{ROOT}/{{module}}", guarded(self.show_list)),
            Route(f"{ROOT}/{{module}}/new", guarded(self.show_new)),
            Route(f"{ROOT}/{{module}}/new", guarded(self.create), methods=["POST"]),
            Route(f"{ROOT}/{{module}}/{{id}}", guarded(self.show)),
            Route(f"{ROOT}/{{module}}/{{id}}/edit", guarded(self.edit), methods=["POST"]),
            Route(f"{ROOT}/{{module}}/{{id}}/do/{{key}}", guarded(self.do), methods=["POST"]),
        ]

    async def start(self, _request: Request) -> Response:
        return RedirectResponse(f"{ROOT}/{self._screens.modules()[0].name}", 303)

    async def take_hand(self, request: Request) -> Response:
        typed = await read_typed(request)
        back = typed.get("back", ROOT)
        answer = _see_other(back if back.startswith(f"{ROOT}/") else ROOT)
        answer.set_cookie(HAND, typed.get("hand", ""), path=ROOT, httponly=True, samesite="strict")
        return answer

    async def show_list(self, request: Request) -> Response:
        asked, module = request.query_params, self._module(request)
        start = int(asked["start"]) if asked.get("start", "").isdecimal() else 0
        wanted = Wanted(words=asked.get("q", "").strip(), start=start, is_bin="bin" in asked and module.has_bin)
        found = self._screens.find(module.name, wanted)
        return _html(drawing.list_page(self._frame(request), module, wanted, found))

    async def show_new(self, request: Request) -> Response:
        return self._draw_new(request, self._screens.blank(self._module(request).name))

    async def create(self, request: Request) -> Response:
        module, typed = self._module(request), await read_typed(request)
        try:
            body = {"module": module.name, "values": self._screens.values(module.name, None, typed)}
            row = self._do("create", body, request)
        except RefusedEditError as refused:
            inputs = _as_typed(self._screens.blank(module.name), typed)
            return self._draw_new(request, inputs, str(refused))
        return _see_other(f"{ROOT}/{module.name}/{row['id']}", done="Created.")

    async def show(self, request: Request) -> Response:
        return self._draw_record(request)

    async def edit(self, request: Request) -> Response:
        module, id_, typed = self._module(request), request.path_params["id"], await read_typed(request)
        try:
            values = self._screens.values(module.name, id_, typed)
            if values:
                self._do("edit", {"module": module.name, "id": id_, "values": values}, request)
        except (RefusedEditError, NoSuchRecordError) as refused:
            return self._draw_record(request, str(refused), typed)
        done = "Saved." if values else "Nothing was changed."
        return _see_other(f"{ROOT}/{module.name}/{id_}", done=done)

    async def do(self, request: Request) -> Response:
        """The buttons are asked for anew: what was done meanwhile may have taken one away."""
        module, id_, typed = self._module(request), request.path_params["id"], await read_typed(request)
        try:
            button = self._button(module, id_, request.path_params["key"])
            self._do(button.deed, button.body(typed), request)
        except (RefusedEditError, NoSuchRecordError) as refused:
            return self._draw_record(request, str(refused))
        shown = id_ if button.shows_next is None else button.shows_next(typed)
        done = f"{button.label}: done."
        return _see_other(f"{ROOT}/{module.name}/{shown}".rstrip("/"), done=done)

    def _button(self, module: Module, id_: str, key: str) -> Button:
        card = self._screens.card(module.name, id_)
        found = next((button for button in card.buttons if button.key == key), None)
        if found is None:
            raise RefusedEditError("this cannot be done with the record as it is now")
        return found

    def _do(self, deed: str, body: Body, request: Request) -> Any:
        try:
            return self._deeds[deed](body | self._as(request))
        except (KeyError, ValueError, TypeError) as error:
            if isinstance(error, RefusedEditError):
                raise
            raise RefusedEditError(f"something is missing or does not fit: {error}") from error

    def _as(self, request: Request) -> Body:
        hand = self._hand(request)
        return {"as": hand} if hand else {}

    def _hand(self, request: Request) -> str:
        known = [hand.id for hand in self._screens.hands]
        chosen = request.cookies.get(HAND, "")
        return chosen if chosen in known else next(iter(known), "")

    def _module(self, request: Request) -> Module:
        name = request.path_params["module"]
        found = next((module for module in self._screens.modules() if module.name == name), None)
        if found is None:
            raise NoSuchRecordError(f"there is no module {name!r}")
        return found

    def _frame(self, request: Request, wrong: str = "") -> Frame:
        return Frame(
            screens=self._screens,
            path=request.url.path,
            module=request.path_params.get("module", ""),
            hand=self._hand(request),
            done="" if wrong else request.query_params.get("done", ""),
            wrong=wrong,
        )

    def _draw_new(self, request: Request, inputs: Sequence[Input], wrong: str = "") -> Response:
        frame = self._frame(request, wrong)
        return _html(drawing.new_page(frame, self._module(request), inputs), 400 if wrong else 200)

    def _draw_record(self, request: Request, wrong: str = "", typed: Typed | None = None) -> Response:
        module, id_ = self._module(request), request.path_params["id"]
        history = self._journal.effects_of(module.name, id_, MOST_HISTORY)
        try:
            card = self._screens.card(module.name, id_)
        except NoSuchRecordError as missing:
            return _html(drawing.gone_page(self._frame(request, wrong or str(missing)), id_, history), 404)
        if typed is not None:
            card = replace(card, inputs=_as_typed(card.inputs, typed))
        drawn = drawing.record_page(self._frame(request, wrong), module, id_, card, history)
        return _html(drawn, 400 if wrong else 200)


async def _style(_request: Request) -> Response:
    return Response(STYLE.read_text(encoding="utf-8"), media_type="text/css")


def _html(text: str, status: int = 200) -> Response:
    return HTMLResponse(text, status)


def _see_other(path: str, **told: str) -> Response:
    """After a post, another page to look at: loading that one again posts nothing."""
    return RedirectResponse(f"{path}?{urlencode(told)}" if told else path, 303)


def _as_typed(inputs: Sequence[Input], typed: Typed) -> Sequence[Input]:
    """A refused form keeps what was typed into it."""
    return [replace(each, value=typed.get(each.name, "")) for each in inputs]
