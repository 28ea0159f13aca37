"""Which related lists a module has, and who is on them. They are read from the records, so nothing in them lags."""

from dataclasses import dataclass

from sandbox.store import Row
from sandbox.zoho.world import World


@dataclass(frozen=True, slots=True)
class RelatedList:
    """The records of `module` whose `field` names the parent."""

    module: str
    field: str


LISTS: dict[str, tuple[RelatedList, ...]] = {
    "Leads": (RelatedList("Tasks", "What_Id"), RelatedList("Calls", "What_Id"), RelatedList("Notes", "Parent_Id")),
    "Contacts": (
        RelatedList("Deals", "Contact_Name"),
        RelatedList("Tasks", "Who_Id"),
        RelatedList("Calls", "Who_Id"),
        RelatedList("Notes", "Parent_Id"),
    ),
    "Accounts": (
        RelatedList("Contacts", "Account_Name"),
        RelatedList("Deals", "Account_Name"),
        RelatedList("Tasks", "What_Id"),
        RelatedList("Calls", "What_Id"),
        RelatedList("Notes", "Parent_Id"),
    ),
    "Deals": (RelatedList("Tasks", "What_Id"), RelatedList("Calls", "What_Id"), RelatedList("Notes", "Parent_Id")),
}


def related_list(module: str, name: str) -> RelatedList | None:
    """By its API name, which is that of the module it lists."""
    return next((each for each in LISTS.get(module, ()) if each.module == name), None)


def members(world: World, related: RelatedList, parent_id: str) -> list[Row]:
    rows = world.tables[related.module].shelf
    return [row for row in rows if (parent := row.get(related.field)) and parent["id"] == parent_id]
