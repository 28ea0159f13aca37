"""Folds a contact and its side-loads into one row: the contact's own keys, `fields`, `lists`, `opt_ins` and `tags`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from baton.adapters.activecampaign.stamps import stamp, version
from baton.adapters.http.reply import Reply
from baton.domain.records import CONTACT, RecordRef, Row, Seen

INCLUDES = "fieldValues,contactLists,contactTags,contactTags.tag"
_NOBODY = {"", "0", "None"}
_ACTIVE = "1"

Part = dict[str, object]


def field_ids(reply: Reply) -> set[str]:
    return {str(value.get("field")) for value in reply.items("fieldValues")}


def seen(reply: Reply, tags_by_field: Mapping[str, str], now: datetime) -> tuple[Seen, ...]:
    """The contacts of an answer, in its order. `now` is the server's clock: no version lies after it."""
    values = _by_contact(reply.items("fieldValues"))
    lists = _by_contact(reply.items("contactLists"))
    tags = _by_contact(reply.items("contactTags"))
    names = {str(tag.get("id")): str(tag.get("tag")) for tag in reply.items("tags")}
    return tuple(
        _seen(contact, _row(contact, values, lists, tags, names, tags_by_field), now)
        for contact in reply.items("contacts")
    )


def _seen(contact: Part, row: Row, now: datetime) -> Seen:
    editor = str(contact.get("updated_by"))
    ref = RecordRef(CONTACT, str(contact["id"]))
    return Seen(ref, row, version(contact, now), None if editor in _NOBODY else editor)


def _row(
    contact: Part,
    values: Mapping[str, Sequence[Part]],
    lists: Mapping[str, Sequence[Part]],
    tags: Mapping[str, Sequence[Part]],
    names: Mapping[str, str],
    tags_by_field: Mapping[str, str],
) -> Row:
    id_ = str(contact["id"])
    # Side-load ids are lists, links lists or objects; everything that belongs to the contact itself is a scalar.
    own = {key: value for key, value in contact.items() if not isinstance(value, list | dict)}
    held = {str(value.get("field")): value.get("value") for value in values.get(id_, ())}
    own["fields"] = {tags_by_field[field]: value for field, value in held.items() if field in tags_by_field}
    own["lists"] = {str(entry.get("list")): str(entry.get("status")) for entry in lists.get(id_, ())}
    own["opt_ins"] = _opt_ins(lists.get(id_, ()))
    own["tags"] = sorted({names[tag] for tag in (str(entry.get("tag")) for entry in tags.get(id_, ())) if tag in names})
    return own


def _opt_ins(entries: Sequence[Part]) -> dict[str, dict[str, str]]:
    """Active subscriptions that came by a form: when, and by which."""
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        at, form = stamp(entry.get("sdate")), str(entry.get("form"))
        if str(entry.get("status")) == _ACTIVE and form not in _NOBODY and at is not None:
            found[str(entry.get("list"))] = {"at": at.isoformat(), "form": form}
    return found


def _by_contact(parts: list[Part]) -> Mapping[str, list[Part]]:
    found: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        found[str(part.get("contact"))].append(part)
    return found
