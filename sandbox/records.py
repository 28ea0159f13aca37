"""Records through the control API: looked at, loaded, and created, edited and deleted as a person would."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.crm import PracticeCrm
from sandbox.ground import Ground

Body = dict[str, Any]


class RecordsDoor:
    def __init__(self, ground: Ground, crm: PracticeCrm) -> None:
        self._ground = ground
        self._desk = crm.desk
        self._sitting = crm.sitting

    async def listing(self, request: Request) -> Response:
        rows = self._desk.listing(request.path_params["module"])
        offset = int(request.query_params.get("offset", 0))
        limit = int(request.query_params.get("limit", len(rows) or 1))
        return JSONResponse({"records": rows[offset : offset + limit], "total": len(rows)})

    async def one(self, request: Request) -> Response:
        return JSONResponse(self._desk.record(request.path_params["module"], request.path_params["id"]))

    def load(self, body: Body) -> Body:
        return {"loaded": self._desk.load(body["module"], body["records"])}

    def create(self, body: Body) -> Body:
        with self._sitting(body):
            return self._desk.create(body["module"], body["values"])

    def edit(self, body: Body) -> Body:
        with self._sitting(body):
            return self._desk.edit(body["module"], self._meant(body), body["values"])

    def delete(self, body: Body) -> Body:
        with self._sitting(body):
            self._desk.delete(body["module"], self._meant(body))
        return {"ok": True}

    def edit_many(self, body: Body) -> Body:
        with self._sitting(body):
            for index, id_ in enumerate(body["ids"]):
                self._desk.edit(body["module"], str(id_), _numbered(body["values"], index))
        return {"edited": len(body["ids"])}

    def _meant(self, body: Body) -> str:
        return str(body["id"]) if "id" in body else self._desk.find_by_email(body["module"], body["email"])


def _numbered(value: Any, index: int) -> Any:
    """`{n}` in any string becomes the record's place in the order."""
    if isinstance(value, str):
        return value.replace("{n}", str(index))
    if isinstance(value, dict):
        return {name: _numbered(inner, index) for name, inner in value.items()}
    return value
