"""What an import request says, and why one is refused as a whole. Nothing here knows the account."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.activecampaign.addresses import is_address

MOST_CONTACTS = 250
MOST_BYTES = 400_000
MOST_EMAIL = 254
CALLBACK_KINDS = frozenset({"GET", "POST"})

Reason = str | dict[str, Any]


class RefusedImportError(Exception):
    """The request is refused, for these reasons; nothing of it is queued."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__(len(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Import:
    contacts: list[dict[str, Any]]
    callback: dict[str, Any] | None
    starts_automations: bool


def read_import(body: bytes) -> Import:
    if len(body) > MOST_BYTES:
        raise RefusedImportError([f"The request exceeds the limit of {MOST_BYTES} bytes."])
    payload = _object(body)
    contacts = payload.get("contacts")
    if not isinstance(contacts, list) or not contacts:
        raise RefusedImportError(["'contacts' is a required field."])
    if len(contacts) > MOST_CONTACTS:
        raise RefusedImportError([f"Up to {MOST_CONTACTS} contacts may be imported per request."])
    reasons = [*_wrong_contacts(contacts), *_wrong_callback(payload.get("callback"))]
    if reasons:
        raise RefusedImportError(reasons)
    return Import(contacts, payload.get("callback") or None, not _says_yes(payload.get("exclude_automations")))


def starts_automations(contact: Mapping[str, Any]) -> bool:
    """The vendor's example has the switch on the contact, its prose on the request: both count."""
    return not _says_yes(contact.get("exclude_automations"))


def _object(body: bytes) -> dict[str, Any]:
    try:
        payload = json.loads(body)
    except ValueError as error:
        raise RefusedImportError(["The request is not valid JSON."]) from error
    if not isinstance(payload, dict):
        raise RefusedImportError(["The request is not a JSON object."])
    return payload


def _wrong_contacts(contacts: list[Any]) -> list[Reason]:
    found: list[Reason] = []
    for place, contact in enumerate(contacts):
        said = _wrong(contact) if isinstance(contact, dict) else "Contact incorrect format"
        if said:
            found.append({"contact": place, "failureReason": said})
    return found


def _wrong(contact: dict[str, Any]) -> str | None:
    email = contact.get("email")
    if not email:
        return "Field 'email' is required"
    if not isinstance(email, str) or len(email) > MOST_EMAIL or not is_address(email):
        return "Field 'email' incorrect format"
    for name in ("subscribe", "unsubscribe"):
        if not _all_have(contact.get(name), "listid"):
            return f"Field '{name}' incorrect format"
    if not _all_have(contact.get("fields"), "id"):
        return "Field 'fields' incorrect format"
    return None if _are_texts(contact.get("tags")) else "Field 'tags' incorrect format"


def _all_have(items: Any, key: str) -> bool:
    """No list at all is as good as one of objects that name a number under the key."""
    if items is None:
        return True
    return isinstance(items, list) and all(isinstance(item, dict) and str(item.get(key)).isdigit() for item in items)


def _are_texts(items: Any) -> bool:
    return items is None or (isinstance(items, list) and all(isinstance(item, str) for item in items))


def _wrong_callback(callback: Any) -> list[Reason]:
    if not callback:
        return []
    if not isinstance(callback, dict) or not str(callback.get("url", "")).startswith(("http://", "https://")):
        return ["Callback 'url' incorrect format"]
    if str(callback.get("requestType")).upper() not in CALLBACK_KINDS:
        return ["Callback 'requestType' must be GET or POST"]
    are_pairs = all(_are_pairs(callback.get(name)) for name in ("params", "headers"))
    return [] if are_pairs else ["Callback pair without 'key'"]


def _are_pairs(items: Any) -> bool:
    return not items or (isinstance(items, list) and all(isinstance(item, dict) and item.get("key") for item in items))


def _says_yes(value: Any) -> bool:
    return value in (True, 1, "1", "true")
