"""Where people sit in front of the vendor's screens: contacts made, edited, merged and removed by hand."""

from collections.abc import Mapping
from typing import Any

from sandbox.activecampaign import edits, sample, screen
from sandbox.activecampaign.deals import leaving
from sandbox.activecampaign.loading import load_contact
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.wishes import Wish
from sandbox.activecampaign.world import World
from sandbox.crm import NoSuchRecordError, RefusedEditError
from sandbox.store import Row, Shelf

Values = Mapping[str, Any]


class ActiveCampaignDesk:
    def __init__(self, world: World) -> None:
        self._world = world

    def counts(self) -> dict[str, int]:
        return {module: len(shelf) for module, shelf in self._modules().items()}

    def listing(self, module: str) -> list[Row]:
        if module == edits.MODULE:
            return [screen.shown(self._world, row) for row in self._world.contacts_by_id()]
        return list(self._module(module))

    def record(self, module: str, id_: str) -> Row:
        row = self._module(module).get(id_)
        if row is None:
            raise NoSuchRecordError(f"there is no {module} {id_}")
        return screen.shown(self._world, row) if module == edits.MODULE else row

    def find_by_email(self, module: str, email: str) -> str:
        owner = self._world.owner_of(email) if module == edits.MODULE else None
        if owner is None:
            raise NoSuchRecordError(f"there is no {module} with the e-mail {email}")
        return owner

    def create(self, module: str, values: Values) -> Row:
        self._contacts_only(module)
        if self._world.owner_of(str(values.get("email", ""))):
            raise RefusedEditError("this e-mail belongs to another contact")
        return screen.shown(self._world, edits.create(self._world, screen.wish_of(self._world, values), Source.ADMIN))

    def edit(self, module: str, id_: str, values: Values) -> Row:
        row = self._contact(module, id_)
        if self._world.owner_of(str(values.get("email", ""))) not in {None, id_}:
            raise RefusedEditError("this e-mail belongs to another contact")
        edits.update(self._world, row, screen.wish_of(self._world, values), Source.ADMIN)
        return screen.shown(self._world, row)

    def delete(self, module: str, id_: str) -> None:
        edits.delete(self._world, self._contact(module, id_), Source.ADMIN)

    def load(self, module: str, records: list[Row]) -> int:
        shelf = self._module(module)
        for record in records:
            if module == edits.MODULE:
                load_contact(self._world, record, screen.wish_of(self._world, record))
            else:
                shelf.put(str(record["id"]), record)
                self._world.ground.store.reserve_number(shelf.name, int(record["id"]))
        self._world.reindex()
        return len(records)

    def populate(self, people: int, seed: int) -> None:
        self._world.reindex()
        sample.define(self._world)
        sample.settle(self._world, people, seed)

    def reopen(self) -> None:
        self._world.reindex()

    def merge(self, body: Values) -> Row:
        """Two contacts become one: the first and its e-mail vanish, and blanks of the second are filled from it."""
        gone, kept = self._contact(edits.MODULE, str(body["from"])), self._contact(edits.MODULE, str(body["into"]))
        names = ("firstName", "lastName", "phone")
        filled = {name: gone[name] for name in names if gone[name] and not kept[name]}
        tags = tuple(self._world.tags_of[gone["id"]])
        leaving.hand_over(self._world, gone, kept)
        edits.delete(self._world, gone, Source.ADMIN)
        # The vendor tells nobody of a merge, nor of what the survivor got from it.
        edits.rewrite(self._world, kept, Wish(attributes=filled, tags=tags), Source.ADMIN)
        return screen.shown(self._world, kept)

    def _modules(self) -> dict[str, Shelf]:
        world = self._world
        return {
            edits.MODULE: world.contacts,
            "field": world.fields,
            "list": world.lists,
            "tag": world.tags,
            "account": world.accounts,
            "accountContact": world.memberships.rows,
            "deal": world.deals,
            "dealGroup": world.deal_groups,
            "dealStage": world.deal_stages,
            "note": world.notes,
            "dealTask": world.tasks,
            "form": world.forms,
            "automation": world.automations,
            "score": world.scores,
            "trackingLog": world.tracking.shelf,
            "messageActivity": world.mail_seen.shelf,
            "webhook": world.webhooks,
        }

    def _module(self, module: str) -> Shelf:
        shelf = self._modules().get(module)
        if shelf is None:
            raise NoSuchRecordError(f"there is no module {module!r}; there are {', '.join(self._modules())}")
        return shelf

    def _contacts_only(self, module: str) -> None:
        if self._module(module) is not self._world.contacts:
            raise RefusedEditError("people edit contacts here; definitions are made with /_sandbox/load")

    def _contact(self, module: str, id_: str) -> Row:
        self._contacts_only(module)
        row = self._world.contacts.get(id_)
        if row is None:
            raise NoSuchRecordError(f"there is no contact {id_}")
        return row
