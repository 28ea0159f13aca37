"""Memberships through the API: which contact belongs to which account, one account per contact."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked
from sandbox.activecampaign import refusals as general
from sandbox.activecampaign.accounts import edits, refusals, shapes
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.store import Row


async def list_memberships(world: World, request: Request) -> Response:
    """Both filters work here."""
    found = _found(world, asked.bracketed(request, "filters"))
    rows = asked.page(request).cut(found)
    return collection("accountContacts", [shapes.membership(row, base_of(request)) for row in rows], len(found))


async def get_membership(world: World, request: Request) -> Response:
    return say({"accountContact": shapes.membership(_membership_or_refuse(world, request), base_of(request))})


async def create_membership(world: World, request: Request) -> Response:
    """Numbers come back as they were sent, and a job title only when one was."""
    sent = await asked.wrapped(request, "accountContact")
    account, contact = _wanted(world, sent)
    if world.memberships.of(contact):
        raise refusals.already_a_member()
    row = edits.join(world, world.contacts.rows[contact], account, str(sent.get("jobTitle") or ""), Source.API)
    shown = shapes.membership(row, base_of(request)) | {name: sent[name] for name in ("account", "contact")}
    if "jobTitle" not in sent:
        del shown["jobTitle"]
    return say({"accountContact": shown}, 201)


async def change_membership(world: World, request: Request) -> Response:
    """The contact of a membership stays who it is."""
    row = _membership_or_refuse(world, request)
    sent = await asked.wrapped(request, "accountContact")
    account = str(sent.get("account") or row["account"])
    if account not in world.accounts.rows:
        raise refusals.related_missing("account")
    if str(sent.get("contact") or row["contact"]) != row["contact"]:
        raise refusals.already_a_member()
    edits.rejoin(world, row, account, str(sent.get("jobTitle", row["title"]) or ""), Source.API)
    return say({"accountContact": shapes.membership(row, base_of(request))})


async def delete_membership(world: World, request: Request) -> Response:
    edits.leave(world, _membership_or_refuse(world, request), Source.API)
    return say({})


async def of_an_account(world: World, request: Request) -> Response:
    """`/accounts/{id}/accountContacts`: the rows alone."""
    found = _found(world, {"account": request.path_params["id"]})
    return say({"accountContacts": [shapes.membership(row, base_of(request)) for row in found]})


def _found(world: World, filters: dict[str, str]) -> list[Row]:
    if "contact" in filters:
        found = world.memberships.of(filters["contact"])
        return [row for row in found if filters.get("account") in {None, row["account"]}]
    if "account" in filters:
        members = world.memberships.members(filters["account"])
        return [row for contact in members for row in world.memberships.of(contact)]
    return list(world.memberships.rows)


def _membership_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.memberships.rows.get(id_)
    if row is None:
        raise general.no_result("CustomerAccountSubscriber", id_)
    return row


def _wanted(world: World, sent: dict[str, Any]) -> tuple[str, str]:
    for name, shelf in (("account", world.accounts), ("contact", world.contacts)):
        if not sent.get(name):
            raise refusals.attribute_missing(name)
        if str(sent[name]) not in shelf.rows:
            raise refusals.related_missing(name)
    return str(sent["account"]), str(sent["contact"])
