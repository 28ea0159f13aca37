"""Recorded ids and the ids that the practice account gives in their stead, learned as the exchanges go by."""

import re
from typing import Any

NAMED_BY = {
    "contact": "contacts",
    "tag": "tags",
    "field": "fields",
    "account": "accounts",
    "deal": "deals",
    "dealId": "deals",
    "customFieldId": "dealCustomFieldMeta",
    "group": "dealGroups",
    "stage": "dealStages",
    "list": "lists",
    "owner": "users",
    "users": "users",
}
"""What the value of a key in a request is the id of."""
KINDS = {
    "contact": "contacts",
    "tag": "tags",
    "contactTag": "contactTags",
    "field": "fields",
    "fieldOption": "fieldOptions",
    "fieldRel": "fieldRels",
    "fieldValue": "fieldValues",
    "list": "lists",
    "account": "accounts",
    "accountContact": "accountContacts",
    "deal": "deals",
    "dealGroup": "dealGroups",
    "dealStage": "dealStages",
    "note": "notes",
    "dealCustomFieldMetum": "dealCustomFieldMeta",
    "dealCustomFieldDatum": "dealCustomFieldData",
}
"""What collection the object under a key of an answer belongs to."""
HOLDERS = {"Subscriber": "contacts", "Deal": "deals", "CustomerAccount": "accounts"}
"""What the `relid` of a note is the id of, by its `reltype`."""
THE_USER = "1"
_NUMBERED = re.compile(r"/(\w+)/(\d+)")


class Numbers:
    """Per kind of row our id for theirs. One that nobody told of is passed on as it is: it is not here either."""

    def __init__(self) -> None:
        self._ours: dict[tuple[str, str], str] = {}

    def know(self, kind: str, theirs: object, ours: object) -> None:
        self._ours[(kind, str(theirs))] = str(ours)

    def ours(self, kind: str, theirs: object) -> str:
        return THE_USER if kind == "users" else self._ours.get((kind, str(theirs)), str(theirs))

    def in_path(self, path: str) -> str:
        return _NUMBERED.sub(lambda found: f"/{found[1]}/{self.ours(found[1], found[2])}", path)

    def in_query(self, name: str, value: str) -> str:
        return self.ours("fields", value) if name == "filters[fieldid]" else value

    def in_body(self, body: Any, key: str = "", holder: str = "") -> Any:
        if isinstance(body, dict):
            held_by = HOLDERS.get(str(body.get("reltype")), "")
            return {name: self.in_body(value, name, held_by) for name, value in body.items()}
        if isinstance(body, list):
            return [self.in_body(item, key, holder) for item in body]
        kind = holder if key == "relid" else NAMED_BY.get(key, "dealCustomFieldData" if key == "id" else "")
        is_id = kind != "" and isinstance(body, str | int)
        return type(body)(self.ours(kind, body)) if is_id else body

    def learn(self, theirs: Any, ours: Any) -> None:
        """From two answers to one request: objects by their names, the rows of collections one after the other."""
        if not (isinstance(theirs, dict) and isinstance(ours, dict)):
            return
        for name in theirs.keys() & ours.keys():
            for one, other in _pairs(theirs[name], ours[name]):
                if "id" in one and "id" in other:
                    self.know(KINDS.get(name, name), one["id"], other["id"])


def _pairs(theirs: Any, ours: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return [(theirs, ours)]
    if isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        return [(one, other) for one, other in zip(theirs, ours, strict=True) if isinstance(one, dict)]
    return []
