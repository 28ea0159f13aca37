"""The buttons beside a contact: lists, tags, forms, visits, merging and deleting."""

from collections.abc import Callable
from typing import Any

from sandbox.activecampaign.deeds import SUBSCRIBED
from sandbox.activecampaign.edits import MODULE
from sandbox.activecampaign.world import World
from sandbox.pages.screens import Body, Button, Input, Typed
from sandbox.store import Row


def buttons_of(world: World, row: Row, held: Row) -> list[Button]:
    return [
        *(_list(row["id"], each, held["lists"].get(each["name"])) for each in world.lists),
        *_tags(world, row["id"], held["tags"]),
        *_form(world, row),
        _visit(row["id"]),
        _merge(row["id"]),
        Button(
            key="delete",
            label="Delete",
            deed="delete",
            body=_always(module=MODULE, id=row["id"]),
            group="Delete",
            is_final=True,
            shows_next=lambda _typed: "",
        ),
    ]


def _list(id_: str, row: Row, status: str | None) -> Button:
    """Leaving a list is the contact's own doing, being put on one a user's."""
    if status == SUBSCRIBED:
        label, deed, body = f"Unsubscribe from {row['name']}", "unsubscribe", {"id": id_, "list": row["id"]}
    else:
        values = {"lists": {row["name"]: SUBSCRIBED}}
        label, deed, body = f"Subscribe to {row['name']}", "edit", {"module": MODULE, "id": id_, "values": values}
    return Button(key=f"list-{row['id']}", label=label, deed=deed, body=_always(**body), group="Lists")


def _tags(world: World, id_: str, held: list[str]) -> list[Button]:
    removals = [
        Button(
            key=f"untag-{row['id']}",
            label=f"Remove {row['tag']}",
            deed="edit",
            body=_always(module=MODULE, id=id_, values={"remove_tags": [row["id"]]}),
            group="Tags",
        )
        for row in world.tags
        if row["tag"] in held
    ]
    others = tuple((row["id"], row["tag"]) for row in world.tags if row["tag"] not in held)
    if not others:
        return removals
    add = Button(
        key="tag",
        label="Add",
        deed="edit",
        body=lambda typed: {"module": MODULE, "id": id_, "values": {"tags": [typed.get("tag", "")]}},
        inputs=(Input(name="tag", label="Another tag", kind="select", choices=others, value=others[0][0]),),
        group="Tags",
    )
    return [*removals, add]


def _form(world: World, row: Row) -> list[Button]:
    forms = tuple((form["id"], form["name"]) for form in world.forms)
    if not forms:
        return []
    which = Input(name="form", label="Form", kind="select", choices=forms, value=forms[0][0])
    return [
        Button(
            key="form",
            label="Submit",
            deed="submit_form",
            body=lambda typed: {"form": typed.get("form", ""), "email": row["email"]},
            inputs=(which,),
            group="The contact submits a form",
        )
    ]


def _visit(id_: str) -> Button:
    return Button(
        key="visit",
        label="Visit",
        deed="visit_page",
        body=lambda typed: {"id": id_, "url": typed.get("url", "")},
        inputs=(
            Input(name="url", label="Page", kind="url", value="https://www.shop.example/pricing", is_required=True),
        ),
        group="The contact visits a page",
    )


def _merge(id_: str) -> Button:
    return Button(
        key="merge",
        label="Merge",
        deed="merge",
        body=lambda typed: {"from": id_, "into": typed.get("into", "").strip()},
        inputs=(Input(name="into", label="Id of the contact that stays", is_required=True),),
        group="Merge into another contact",
        is_final=True,
        shows_next=lambda typed: typed.get("into", "").strip(),
    )


def _always(**body: Any) -> Callable[[Typed], Body]:
    return lambda _typed: body
