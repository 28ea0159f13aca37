"""Carrying a batch out: each contact made or changed on its own, without telling anybody."""

from collections.abc import Mapping
from typing import Any

from sandbox.activecampaign import edits
from sandbox.activecampaign.bulk import batches, callbacks
from sandbox.activecampaign.bulk.reading import starts_automations
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.tag_names import tag_named
from sandbox.activecampaign.wishes import Wish
from sandbox.activecampaign.world import World
from sandbox.store import Row

PATH = "/api/3/import/bulk_import"
NAMES = {"first_name": "firstName", "last_name": "lastName", "phone": "phone"}
ACTIVE = "1"
LEFT = "2"
CLOSED_TO_IMPORTS = frozenset({"2", "3"})
"""Nobody gets back by an import onto a list they unsubscribed from, or bounced on."""


def carry_out_what_is_due(world: World) -> None:
    for batch in batches.due(world):
        # Whoever happens to call meanwhile has nothing to do with what the batch changes.
        with world.ground.journal.apart():
            _carry_out(world, batch)


def _carry_out(world: World, batch: Row) -> None:
    success, failures = [], []
    for said in batch["contacts"]:
        reason = _obstacle(world, said["email"])
        if reason is not None:
            failures.append((said["email"], reason))
            continue
        row, is_new = _import(world, said, runs=batch["starts_automations"] and starts_automations(said))
        if is_new or world.ground.settings["bulk_success_names_updated"]:
            success.append(row["id"])
    # What was sent is forgotten with the work: only its outcome can still be asked for.
    batch |= {"is_done": True, "contacts": [], "success": success, "failure": [email for email, _ in failures]}
    batches.shelf_of(world).touch(batch["id"])
    callbacks.call_back(world, batch, failures)


def _obstacle(world: World, email: str) -> str | None:
    """Why this one contact is skipped."""
    domain = email.strip().rpartition("@")[2].lower()
    if {email.strip().lower(), domain} & {entry.lower() for entry in world.ground.settings["bulk_exclusions"]}:
        return "Email is on the exclusion list"
    owner = world.owner_of(email)
    fault = world.ground.faults.strike_record("POST", PATH, ids=[owner] if owner else [], emails=[email])
    return str(fault.detail.get("message", "Contact could not be imported")) if fault else None


def _import(world: World, said: Mapping[str, Any], *, runs: bool) -> tuple[Row, bool]:
    owner = world.owner_of(said["email"])
    wish = _wish(world, owner, said)
    if owner is None:
        row, changes = edits.make(world, wish, Source.API)
    else:
        row = world.contacts.rows[owner]
        changes = edits.rewrite(world, row, wish, Source.API)
    if runs:
        world.react(row, changes)
    return row, owner is None


def _wish(world: World, owner: str | None, said: Mapping[str, Any]) -> Wish:
    attributes = {name: str(said[key] or "") for key, name in NAMES.items() if key in said}
    return Wish(
        attributes=attributes if owner else {"email": said["email"], **attributes},
        account=str(said.get("customer_acct_name") or "") or None,
        values={
            str(field["id"]): str(field.get("value") or "")
            for field in said.get("fields") or ()
            if str(field["id"]) in world.fields.rows
        },
        lists=_standings(world, owner, said),
        tags=tuple(tag_named(world, tag.strip()) for tag in said.get("tags") or () if tag.strip()),
    )


def _standings(world: World, owner: str | None, said: Mapping[str, Any]) -> dict[str, str]:
    known = world.lists_of[owner] if owner else {}
    closed = {list_id for list_id, id_ in known.items() if world.contact_lists.rows[id_]["status"] in CLOSED_TO_IMPORTS}
    wanted = dict.fromkeys(_lists(world, said.get("subscribe")) - closed, ACTIVE)
    return wanted | dict.fromkeys(_lists(world, said.get("unsubscribe")), LEFT)


def _lists(world: World, named: Any) -> set[str]:
    """Lists that are not there are passed over in silence."""
    return {str(entry["listid"]) for entry in named or ()} & world.lists.rows.keys()
