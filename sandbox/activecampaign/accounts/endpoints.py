"""Accounts through the API: found, made, changed and removed."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked
from sandbox.activecampaign import refusals as general
from sandbox.activecampaign.accounts import edits, refusals, shapes
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.record_fields import values
from sandbox.activecampaign.record_fields.kinds import ACCOUNT
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.store import Row

SENT_AS = {"name": "name", "url": "accountUrl", "owner": "owner"}


async def list_accounts(world: World, request: Request) -> Response:
    """Only `search` works; how many contacts and deals there are is counted when asked for."""
    sought = request.query_params.get("search", "").lower()
    found = [row for row in world.accounts if sought in row["name"].lower()]
    is_counted = request.query_params.get("count_deals") == "true"
    rows = asked.page(request).cut(found)
    world.ground.journal.note_records(len(rows))
    shown = [shapes.listed(row, base_of(request), _counts(world, row) if is_counted else (0, 0)) for row in rows]
    return collection("accounts", shown, len(found))


async def get_account(world: World, request: Request) -> Response:
    return say({"account": shapes.account(account_or_refuse(world, request), base_of(request))})


async def create_account(world: World, request: Request) -> Response:
    sent = await asked.wrapped(request, "account")
    name = str(sent.get("name") or "").strip()
    if not name:
        raise refusals.name_missing()
    if name.lower() in world.account_by_name:
        raise refusals.name_taken(name)
    said = values.judged(world, ACCOUNT, sent.get("fields"))
    row = edits.create(world, name, _said(sent) | {"name": name}, Source.API)
    fields = values.save(world, ACCOUNT, row["id"], said)
    return say({"account": shapes.created(row, base_of(request), fields, sent)}, 201)


async def change_account(world: World, request: Request) -> Response:
    row = account_or_refuse(world, request)
    sent = await asked.wrapped(request, "account")
    said = _said(sent)
    if "name" in said and not said["name"]:
        raise refusals.name_missing()
    if world.account_by_name.get(said.get("name", "").lower()) not in {None, row["id"]}:
        raise refusals.name_taken(said["name"])
    own = values.judged(world, ACCOUNT, sent.get("fields"))
    edits.change(world, row, said, Source.API)
    fields = values.save(world, ACCOUNT, row["id"], own)
    return say({"account": shapes.written(row, base_of(request), fields)})


async def delete_account(world: World, request: Request) -> Response:
    edits.delete(world, account_or_refuse(world, request), Source.API)
    return say({})


async def delete_many(world: World, request: Request) -> Response:
    """Unknown ids are passed over."""
    for id_ in asked.listed(request, "ids"):
        row = world.accounts.get(id_)
        if row is not None:
            edits.delete(world, row, Source.API)
    return say({"meta": {"success": True}})


def account_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.accounts.get(id_)
    if row is None:
        raise general.no_result("CustomerAccount", id_)
    return row


def _said(sent: dict[str, Any]) -> dict[str, str]:
    said = {name: str(sent[key] or "").strip() for name, key in SENT_AS.items() if key in sent}
    return {name: value for name, value in said.items() if name != "owner" or value}


def _counts(world: World, row: Row) -> tuple[int, int]:
    deals = sum(deal["account"] == row["id"] for deal in world.deals)
    return len(world.memberships.members(row["id"])), deals
