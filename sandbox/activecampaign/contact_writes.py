"""Creating, changing, synchronising and deleting contacts through the API."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, contact_shapes, edits, link_shapes, refusals
from sandbox.activecampaign.addresses import is_address
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.contact_related import contact_or_refuse
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.wishes import Wish
from sandbox.activecampaign.world import World
from sandbox.store import Row


async def create_contact(world: World, request: Request) -> Response:
    sent = await asked.wrapped(request, "contact")
    email = _email_of(sent)
    _check_orders(world, request, [], [email])
    if world.owner_of(email):
        raise refusals.duplicate_email()
    row = edits.create(world, wish_of(world, sent), Source.API)
    world.ground.journal.note_records(1)
    return _created(world, request, row, sent)


async def sync_contact(world: World, request: Request) -> Response:
    """An upsert that knows people by their e-mail only: a new address makes a new contact."""
    sent = await asked.wrapped(request, "contact")
    email = _email_of(sent)
    owner = world.owner_of(email)
    _check_orders(world, request, [owner] if owner else [], [email])
    world.ground.journal.note_records(1)
    if owner is None:
        row = edits.create(world, wish_of(world, sent), Source.API)
        return _changed(world, request, row, sent, status=201)
    row = world.contacts.rows[owner]
    edits.update(world, row, wish_of(world, sent), Source.API)
    return _changed(world, request, row, sent)


async def change_contact(world: World, request: Request) -> Response:
    """PUT and PATCH alike: what is not named stays."""
    row = contact_or_refuse(world, request.path_params["id"])
    sent = await asked.wrapped(request, "contact")
    _check_orders(world, request, [row["id"]], [row["email"]])
    if "email" in sent and world.owner_of(_email_of(sent)) not in {None, row["id"]}:
        sent = _without_taken_email(world, sent)
    row["touched_by_api"] = True
    edits.update(world, row, wish_of(world, sent), Source.API)
    world.ground.journal.note_records(1)
    return _changed(world, request, row, sent)


def _without_taken_email(world: World, sent: dict[str, Any]) -> dict[str, Any]:
    """The refusal is expected and nowhere recorded; by the switch the rest of the change goes through."""
    if world.ground.settings["email_of_another"] == "refused":
        raise refusals.duplicate_email()
    return {name: value for name, value in sent.items() if name != "email"}


async def delete_contact(world: World, request: Request) -> Response:
    id_ = request.path_params["id"]
    row = world.contacts.get(id_)
    if row is None:
        raise refusals.no_contact_to_delete(id_)
    edits.delete(world, row, Source.API)
    world.ground.journal.note_records(1)
    return say({})


def wish_of(world: World, sent: dict[str, Any]) -> Wish:
    """Unknown keys and unknown fields are passed over in silence."""
    attributes = {name: _text(sent[name]) for name in edits.ATTRIBUTES if name in sent}
    given = sent["fieldValues"] if isinstance(sent.get("fieldValues"), list) else []
    values = {str(value.get("field")): _value(world, value.get("value")) for value in given if isinstance(value, dict)}
    account = _account_of(world, sent)
    return Wish(
        attributes=attributes,
        account=account,
        values={id_: value for id_, value in values.items() if id_ in world.fields.rows},
    )


def _account_of(world: World, sent: dict[str, Any]) -> str | None:
    """`orgid` names the account by its number; 0 and empty are none, and a number nobody has says nothing."""
    if "orgid" not in sent:
        return None
    if sent["orgid"] in (0, "0", "", None):
        return ""
    account = world.accounts.get(str(sent["orgid"]))
    return None if account is None else str(account["name"])


def _value(world: World, value: Any) -> str | None:
    """Whether a blank empties the value or takes its row away nobody has recorded."""
    text = _text(value)
    return None if text == "" and world.ground.settings["blank_values_remove"] else text


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _email_of(sent: dict[str, Any]) -> str:
    email = _text(sent.get("email"))
    if not email.strip():
        raise refusals.missing("email")
    if not is_address(email):
        raise refusals.malformed_email()
    return email


def _check_orders(world: World, request: Request, ids: list[str], emails: list[str]) -> None:
    """A fault may have been ordered for this very record."""
    fault = world.ground.faults.strike_record(request.method, request.url.path, ids=ids, emails=emails)
    if fault:
        raise refusals.ordered(fault.detail)


def _created(world: World, request: Request, row: Row, sent: dict[str, Any]) -> Response:
    base = base_of(request)
    beside = _values_sent(world, row, sent, base)
    return say({**beside, "contact": contact_shapes.create_echo(world, row, base, sent)}, 201)


def _changed(world: World, request: Request, row: Row, sent: dict[str, Any], status: int = 200) -> Response:
    base = base_of(request)
    beside = _values_sent(world, row, sent, base)
    return say({**beside, "contact": contact_shapes.full(world, row, base)}, status)


def _values_sent(world: World, row: Row, sent: dict[str, Any], base: str) -> dict[str, Any]:
    """Values come back only when values were sent."""
    if not sent.get("fieldValues"):
        return {}
    ids = world.values_of[row["id"]].values()
    return {"fieldValues": [link_shapes.field_value(world.field_values.rows[id_], base) for id_ in ids]}
