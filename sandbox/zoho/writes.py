"""Insert, update and upsert of up to a hundred records, with a verdict on each, in the order they came."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.store import Row
from sandbox.zoho import edits
from sandbox.zoho.answers import Item, error, success, verdicts
from sandbox.zoho.bodies import Body, read_body, records_in, trigger_in
from sandbox.zoho.edits import Hand
from sandbox.zoho.judging import values_to_store
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import RefusalError, RefusedRecord, at, bad_body
from sandbox.zoho.stamps import parsed
from sandbox.zoho.struck import demand_unstruck
from sandbox.zoho.world import World

Write = Callable[["Batch", Body, int], Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One write call. `check_fields` is the order in which an upsert looks for the record that is there."""

    world: World
    table: RecordTable
    method: str
    path: str
    hand: Hand
    unmodified_since: datetime | None = None
    check_fields: tuple[str, ...] = ()

    def run(self, records: list[Body], write: Write, *, all_fine: int = 200) -> Response:
        self.world.ground.journal.note_records(len(records))
        items = []
        for place, record in enumerate(records):
            try:
                items.append(write(self, record, place))
            except RefusedRecord as refused:
                items.append(refused.item)
        return verdicts(items, all_fine=all_fine, all_failed=self.world.ground.settings["all_failed_status"])


async def insert(world: World, request: Request) -> Response:
    return await insert_into(world, request, request.path_params["module"])


async def insert_into(world: World, request: Request, module: str, *, always: Body | None = None) -> Response:
    """`always` is what every record of the call says, whatever its body."""
    body = await read_body(request)
    batch = replace(_batch(world, request, body), table=world.table(module))
    return batch.run([{**record, **(always or {})} for record in records_in(body)], _insert, all_fine=201)


async def update(world: World, request: Request) -> Response:
    body = await read_body(request)
    return update_records(world, request, body, records_in(body))


def update_records(
    world: World, request: Request, body: Body, records: list[Body], write: Write | None = None
) -> Response:
    batch = _batch(world, request, body)
    _demand_unmodified(batch, [record.get("id") for record in records])
    return batch.run(records, write or update_record)


async def update_in(
    world: World, request: Request, module: str, among: Collection[str], *, id_: str | None = None
) -> Response:
    """Updates records of another module than the path names: those among the ids, or one of them alone."""
    body = await read_body(request)
    batch = replace(_batch(world, request, body), table=world.table(module))
    records = records_in(body) if id_ is None else [{**record, "id": id_} for record in records_in(body)[:1]]

    def write(batch: Batch, record: Body, place: int) -> Item:
        if record.get("id") is not None and str(record["id"]) not in among:
            raise RefusedRecord(error("INVALID_DATA", "the related id given seems to be invalid", at("id", place)))
        return update_record(batch, record, place)

    return batch.run(records, write)


async def update_one(world: World, request: Request) -> Response:
    body = await read_body(request)
    batch = _batch(world, request, body)
    records = records_in(body)[:1]
    records[0]["id"] = request.path_params["id"]
    _demand_unmodified(batch, [record.get("id") for record in records])
    return batch.run(records, update_record)


async def upsert(world: World, request: Request) -> Response:
    body = await read_body(request)
    batch = _batch(world, request, body)
    batch = replace(batch, check_fields=_check_fields(world, batch.table, body))
    records = records_in(body)
    _demand_unmodified(batch, [_match(batch, record)[0] for record in records])
    return batch.run(records, _upsert)


def _batch(world: World, request: Request, body: Body) -> Batch:
    since = request.headers.get("if-unmodified-since")
    return Batch(
        world=world,
        table=world.table(request.path_params["module"]),
        method=request.method,
        path=request.url.path,
        hand=replace(edits.API, trigger=trigger_in(body)),
        unmodified_since=parsed(since) if since else None,
    )


def _insert(batch: Batch, record: Body, place: int) -> Item:
    demand_unstruck(batch.world, batch.method, batch.path, record, place, held=None)
    values = values_to_store(batch.world, batch.table, record, place, held=None)
    row = edits.create(batch.world, batch.table, values, batch.hand)
    return success("record added", _details(row, batch.table))


def update_record(batch: Batch, record: Body, place: int) -> Item:
    held = _held(batch.table, record.get("id"), place)
    demand_unstruck(batch.world, batch.method, batch.path, record, place, held=held)
    values = values_to_store(batch.world, batch.table, record, place, held=held)
    edits.update(batch.world, batch.table, held, values, batch.hand)
    return success("record updated", _details(held, batch.table))


def _upsert(batch: Batch, record: Body, place: int) -> Item:
    id_, field = _match(batch, record)
    if id_ is None:
        return {**_insert(batch, record, place), "action": "insert", "duplicate_field": None}
    done = update_record(batch, {**record, "id": id_}, place)
    return {**done, "action": "update", "duplicate_field": field}


def _match(batch: Batch, record: Body) -> tuple[str | None, str | None]:
    """The record an upsert means, and the field that gave it away. Which of several, the vendor does not say."""
    pick = min if batch.world.ground.settings["upsert_takes"] == "oldest" else max
    if record.get("id"):
        return str(record["id"]), None
    for name in batch.check_fields:
        value = record.get(name)
        found = batch.table.having(name, str(value)) if value not in (None, "") else None
        if found:
            return pick(found, key=int), name
    return None, None


def _check_fields(world: World, table: RecordTable, body: Body) -> tuple[str, ...]:
    own = [table.spec.check_field] if table.spec.check_field else []
    allowed = dict.fromkeys([*own, *world.unique_fields(table)])
    asked = body.get("duplicate_check_fields")
    if not asked:
        return tuple(allowed)
    if not isinstance(asked, list) or not set(map(str, asked)) <= set(allowed):
        raise bad_body("duplicate_check_fields", "jsonarray")
    return tuple(asked)


def _held(table: RecordTable, id_: object, place: int) -> Row:
    if id_ is None:
        raise RefusedRecord(error("MANDATORY_NOT_FOUND", "required field not found", at("id", place)))
    row = table.get(str(id_))
    if row is None:
        raise RefusedRecord(error("INVALID_DATA", "the id given seems to be invalid", at("id", place)))
    if row.get("Converted__s"):
        raise RefusedRecord(error("CONVERTED_RECORD", "can't update the converted record", at("id", place)))
    return row


def _demand_unmodified(batch: Batch, ids: list[Any]) -> None:
    """The header speaks of the whole call: one record changed since refuses all."""
    if batch.unmodified_since is None:
        return
    for id_ in ids:
        row = batch.table.get(str(id_))
        if row and batch.table.modified(row["id"]) > batch.unmodified_since:
            said = "record updated time has already passed if-unmodified-since time"
            raise RefusalError(412, "ALREADY_MODIFIED", said, _details(row, batch.table))


def _details(row: Row, table: RecordTable) -> Mapping[str, Any]:
    """Notes are the ones that nobody has to approve."""
    approval = {} if table.module == "Notes" else {"$approval_state": "approved"}
    return {
        "Modified_Time": row["Modified_Time"],
        "Modified_By": _brief(row["Modified_By"]),
        "Created_Time": row["Created_Time"],
        "id": row["id"],
        "Created_By": _brief(row["Created_By"]),
        **approval,
    }


def _brief(user: Mapping[str, str]) -> dict[str, str]:
    return {"name": user["name"], "id": user["id"]}
