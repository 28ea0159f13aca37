"""The jobs themselves: taken on, done after a while by the clock, forgotten after a day, told of by a callback."""

import json
from datetime import datetime, timedelta

from sandbox.hooks.hook import Hook
from sandbox.store import Row, Shelf
from sandbox.zoho.bulk_read.results import csv_of, rows_of
from sandbox.zoho.bulk_read.wishes import Wish
from sandbox.zoho.paging import TOKEN_LIFE, token_of
from sandbox.zoho.staff import INTEGRATION
from sandbox.zoho.stamps import parsed
from sandbox.zoho.world import World

SHELF = "bulk read jobs"
LABEL = "bulk_read"
LIFE = timedelta(days=1)


def shelf_of(world: World) -> Shelf:
    return world.ground.store.shelf(SHELF)


def take_on(world: World, wish: Wish) -> Row:
    job: Row = {
        "id": world.next_id(),
        "operation": "read",
        "query": wish.query,
        "digest": wish.digest,
        "callback": wish.callback,
        "created_by": {"name": INTEGRATION.full_name, "id": INTEGRATION.id},
        "created_time": world.stamp(),
        "result": None,
        "csv": None,
    }
    shelf_of(world).put(job["id"], job)
    return job


def job_of(world: World, id_: str) -> Row | None:
    job = shelf_of(world).get(id_)
    is_old = job is not None and world.ground.clock.now() - _begin(job) > LIFE
    return None if is_old else job


def state_of(world: World, job: Row) -> str:
    if job["result"] is not None:
        return "COMPLETED"
    return "ADDED" if world.ground.clock.now() == _begin(job) else "IN PROGRESS"


def finish_what_is_due(world: World) -> None:
    """Looked after at every call, for nobody but the clock says when a job is done."""
    latest = world.ground.clock.now() - timedelta(seconds=world.ground.settings["bulk_read_seconds"])
    for job in shelf_of(world):
        if job["result"] is None and _begin(job) <= latest:
            _finish(world, job)


def shown(world: World, job: Row) -> Row:
    told = {name: job[name] for name in ("id", "operation", "query", "created_by", "created_time")}
    result = {"result": job["result"]} if job["result"] is not None else {}
    return {**told, "state": state_of(world, job), **result, "file_type": "csv"}


def _begin(job: Row) -> datetime:
    begin = parsed(job["created_time"])
    if begin is None:
        raise ValueError(job["id"])
    return begin


def _finish(world: World, job: Row) -> None:
    table, size = world.tables[job["query"]["module"]["api_name"]], world.ground.settings["bulk_read_rows"]
    rows, page = rows_of(table, job["query"]), job["query"]["page"]
    chosen = rows[(page - 1) * size : page * size]
    job["csv"] = csv_of(world, table, job["query"], chosen)
    job["result"] = {
        "page": page,
        "count": len(chosen),
        "download_url": f"/crm/bulk/v8/read/{job['id']}/result",
        "per_page": size,
        "more_records": len(rows) > page * size,
    }
    if job["result"]["more_records"]:
        job["result"]["next_page_token"] = token_of(page + 1, job["digest"], world.ground.clock.now() + TOKEN_LIFE)
    shelf_of(world).touch(job["id"])
    _call_back(world, job)


def _call_back(world: World, job: Row) -> None:
    if job["callback"] is None:
        return
    body = {
        "job_id": job["id"],
        "operation": "read",
        "state": "COMPLETED",
        "query": job["query"],
        "result": job["result"],
    }
    hook = Hook(
        url=job["callback"]["url"],
        content_type="application/json",
        body=json.dumps(body, separators=(",", ":")).encode(),
        label=LABEL,
        ids=(job["id"],),
    )
    world.ground.hooks.send(hook)
