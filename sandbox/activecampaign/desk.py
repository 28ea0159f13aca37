"""Where people sit in front of the vendor's screens: contacts made, edited, merged and removed by hand."""

from collections.abc import Mapping
from typing import Any

from sandbox.activecampaign import contact_shapes, edits, sample
from sandbox.activecampaign.edits import Wish
from sandbox.activecampaign.loading import load_contact
from sandbox.activecampaign.world import World
from sandbox.crm import NoSuchRecordError, RefusedEditError
from sandbox.journal import Actor
from sandbox.store import Row, Shelf

Values = Mapping[str, Any]
BASE = "http://practice.example/api/3"
NOT_SHOWN = frozenset({"links"})


class ActiveCampaignDesk:
    def __init__(self, world: World) -> None:
        self._world = world

    def counts(self) -> dict[str, int]:
        return {module: len(shelf) for module, shelf in self._modules().items()}

    def listing(self, module: str) -> list[Row]:
        if module == edits.MODULE:
            return [self._shown(row) for row in self._world.contacts_by_id()]
        return list(self._module(module))

    def record(self, module: str, id_: str) -> Row:
        row = self._module(module).get(id_)
        if row is None:
            raise NoSuchRecordError(f"there is no {module} {id_}")
        return self._shown(row) if module == edits.MODULE else row

    def find_by_email(self, module: str, email: str) -> str:
        owner = self._world.owner_of(email) if module == edits.MODULE else None
        if owner is None:
            raise NoSuchRecordError(f"there is no {module} with the e-mail {email}")
        return owner

    def create(self, module: str, values: Values) -> Row:
        self._contacts_only(module)
        if self._world.owner_of(str(values.get("email", ""))):
            raise RefusedEditError("this e-mail belongs to another contact")
        return self._shown(edits.create(self._world, self._wish(values), Actor.PERSON))

    def edit(self, module: str, id_: str, values: Values) -> Row:
        row = self._contact(module, id_)
        if self._world.owner_of(str(values.get("email", ""))) not in {None, id_}:
            raise RefusedEditError("this e-mail belongs to another contact")
        edits.update(self._world, row, self._wish(values), Actor.PERSON)
        return self._shown(row)

    def delete(self, module: str, id_: str) -> None:
        edits.delete(self._world, self._contact(module, id_), Actor.PERSON)

    def load(self, module: str, records: list[Row]) -> int:
        shelf = self._module(module)
        for record in records:
            if module == edits.MODULE:
                load_contact(self._world, record, self._wish(record))
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
        edits.delete(self._world, gone, Actor.PERSON)
        edits.update(self._world, kept, Wish(attributes=filled, tags=tags), Actor.PERSON)
        return self._shown(kept)

    def _wish(self, values: Values) -> Wish:
        world = self._world
        attributes = {name: str(values[name] or "") for name in edits.ATTRIBUTES if name in values}
        tags = {row["tag"]: row["id"] for row in world.tags}
        lists = {row["name"]: row["id"] for row in world.lists}
        return Wish(
            attributes=attributes,
            account=values.get("orgname"),
            values={_known(world.field_by_perstag, name): _text(v) for name, v in values.get("fields", {}).items()},
            lists={_known(lists, name): _status(status) for name, status in values.get("lists", {}).items()},
            tags=tuple(_known(tags, name) for name in values.get("tags", ())),
            tags_gone=tuple(_known(tags, name) for name in values.get("remove_tags", ())),
            sourceid="0",
        )

    def _shown(self, row: Row) -> Row:
        """The wire row, with values, standings and tags by name."""
        world = self._world
        shown = {name: v for name, v in contact_shapes.full(world, row, BASE).items() if name not in NOT_SHOWN}
        values = (world.field_values.rows[id_] for id_ in world.values_of[row["id"]].values())
        standings = (world.contact_lists.rows[id_] for id_ in world.lists_of[row["id"]].values())
        return shown | {
            "fields": {world.fields.rows[value["field"]]["perstag"]: value["value"] for value in values},
            "lists": {world.lists.rows[link["list"]]["name"]: link["status"] for link in standings},
            "tags": [world.tags.rows[tag]["tag"] for tag in world.tags_of[row["id"]]],
        }

    def _modules(self) -> dict[str, Shelf]:
        world = self._world
        return {
            edits.MODULE: world.contacts,
            "field": world.fields,
            "list": world.lists,
            "tag": world.tags,
            "account": world.accounts,
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


def _known(ids: Mapping[str, str], name: str) -> str:
    """The id behind a name; an id is taken as it is."""
    found = ids.get(name, name if name in ids.values() else None)
    if found is None:
        raise RefusedEditError(f"{name!r} is not known here; there are {', '.join(ids)}")
    return found


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _status(status: object) -> str:
    """`unsubscribed`, `2` and "2" are the same."""
    names = {str(standing): code for standing, code in sample.STATUSES.items()}
    return names.get(str(status), str(status))
