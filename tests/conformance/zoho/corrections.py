"""What is known to be wrong in the vendor's description, each with the reason that it is put right for.

Corrections change a document before anything is judged by it. Where an answer is unlike the description and neither is
known to be wrong, that is no correction: see `unlike`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

Document = dict[str, Any]
Correction = Callable[[str, Document], None]


def corrected(name: str, document: Document) -> Document:
    for correction in CORRECTIONS:
        correction(name, document)
    return document


def _patterns_that_nothing_can_read(_name: str, document: Document) -> None:
    """Some patterns use classes of characters that Python's expressions do not know."""
    for part in _parts(document):
        pattern = part.get("pattern")
        if isinstance(pattern, str) and not _compiles(pattern):
            del part["pattern"]


def _counts_of_samples(_name: str, document: Document) -> None:
    """Most numbers of items were taken from a sample: lists of 200 and of 2,000 are documented and recorded."""
    for part in _parts(document):
        part.pop("maxItems", None)


def _ids_are_longer(_name: str, document: Document) -> None:
    """A hundred ids of nineteen digits are longer than the lengths that are given."""
    for part in _parts(document):
        if part.get("name") in ("ids", "fields") and isinstance(part.get("schema"), dict):
            part["schema"].pop("maxLength", None)


def _said_of_success(_name: str, document: Document) -> None:
    """First-party examples of an upsert bear `action` and `duplicate_field`, and none the state of an approval."""
    for item in _items_with(document, "details"):
        details = item["properties"]["details"]
        if "$approval_state" in details.get("properties", {}):
            item["properties"] |= {"action": {"type": "string"}, "duplicate_field": {"type": ["string", "null"]}}
            details["required"] = [key for key in details.get("required", []) if key != "$approval_state"]


def _codes_of_samples(_name: str, document: Document) -> None:
    """The words for what can go wrong are a few of many: RECORD_LOCKED, CONVERTED_RECORD and more are documented."""
    for part in _parts(document):
        code = part.get("code")
        if isinstance(code, dict) and "SUCCESS" not in code.get("enum", ["SUCCESS"]):
            del code["enum"]


def _hands_have_addresses(name: str, document: Document) -> None:
    """Recorded records name who made and who changed them with their addresses, as the owner is named."""
    if name != "zoho-crm-record-openapi.json":
        return
    for part in _parts(document):
        for key in ("Created_By", "Modified_By"):
            hand = part.get(key)
            if isinstance(hand, dict) and "properties" in hand:
                hand["properties"]["email"] = {"type": "string"}


def _choices_without_a_colour(_name: str, document: Document) -> None:
    """First-party examples of a choice that has none say null."""
    for part in _parts(document):
        if isinstance(part.get("colour_code"), dict):
            part["colour_code"] = {"type": ["string", "null"]}


def _page_tokens_may_be_none(_name: str, document: Document) -> None:
    """A page that is the last, or the first of few, has null for its tokens and their end."""
    for part in _parts(document):
        for key in ("next_page_token", "previous_page_token", "page_token_expiry"):
            told = part.get(key)
            if isinstance(told, dict) and isinstance(told.get("type"), str):
                part[key] = {"type": [told["type"], "null"]}


def _unique_in_either_case(_name: str, document: Document) -> None:
    """Live organisations say `casesensitive`, where the description has `case_sensitive`."""
    for part in _parts(document):
        unique = part.get("unique")
        if isinstance(unique, dict) and "case_sensitive" in unique.get("properties", {}):
            unique["properties"]["casesensitive"] = {"type": "string"}


def _files_of_bulk_reads(name: str, document: Document) -> None:
    """A sample of a job that reads attachments made what it tells of them required; other jobs have none."""
    if name == "zoho-crm-bulk-read-openapi.json":
        for part in _items_with(document, "Attachment_Source__s"):
            part["required"] = [key for key in part["required"] if key not in ("Attachment_Source__s", "File_Id__s")]


def _silences(_name: str, document: Document) -> None:
    """By the documentation nothing new since the time that was named is a 304, and no channel that is open a 204."""
    for path, methods in document.get("paths", {}).items():
        documented = {"/{module}": "304", "/{module}/{recordID}": "304", "/actions/watch": "204"}.get(path)
        if documented and "get" in methods:
            methods["get"]["responses"].setdefault(documented, {"description": ""})


def _nothing_to_tell(_name: str, document: Document) -> None:
    """First-party examples of an organisation without channels answer 204, as empty lists of records do."""
    channels = document["paths"].get("/actions/watch", {}).get("get", {})
    channels.get("responses", {}).setdefault("204", {})


def _nothing_new(_name: str, document: Document) -> None:
    """The documentation of `If-Modified-Since` answers 304 where nothing has changed since."""
    for address in ("/{module}", "/{module}/{recordID}", "/{parentRecordModule}/{parentRecord}/{relatedList}"):
        records = document["paths"].get(address, {}).get("get", {})
        records.get("responses", {}).setdefault("304", {})


def _channels_are_opened_as_replaced(_name: str, document: Document) -> None:
    """What a channel that replaces another may say, a new one may: the documentation of opening shows all of it."""
    doors = document["paths"].get("/actions/watch", {})
    if "post" in doors:
        opened, replaced = (_said_of_channels(doors[method]) for method in ("post", "put"))
        opened["properties"] = replaced["properties"] | opened["properties"]


def _said_of_channels(door: Document) -> Document:
    schema: Document = door["requestBody"]["content"]["application/json"]["schema"]["properties"]["watch"]["items"]
    return schema


def _channels_are_listed_in_pages(_name: str, document: Document) -> None:
    """The older description of the list of channels has pages, as every list has."""
    door = document["paths"].get("/actions/watch", {}).get("get", {})
    for name in ("page", "per_page"):
        door.get("parameters", []).append({"name": name, "in": "query", "schema": {"type": "integer", "minimum": 1}})


def _a_page_has_one_name(_name: str, document: Document) -> None:
    """Lists of related records are alone with `perPage`; their documentation has `per_page`, as all others have."""
    for part in _parts(document):
        if part.get("name") == "perPage":
            part["name"] = "per_page"


def _fields_without_more(_name: str, document: Document) -> None:
    """Fields are documented and asked for by the vendor's own client without the parameter that asks for more."""
    parameters = document.get("components", {}).get("parameters", {}) if "/settings/fields" in document["paths"] else {}
    for each in parameters.values():
        if each.get("name") == "include":
            each["required"] = False


CORRECTIONS: tuple[Correction, ...] = (
    _silences,
    _files_of_bulk_reads,
    _patterns_that_nothing_can_read,
    _counts_of_samples,
    _ids_are_longer,
    _said_of_success,
    _codes_of_samples,
    _hands_have_addresses,
    _choices_without_a_colour,
    _page_tokens_may_be_none,
    _unique_in_either_case,
    _nothing_to_tell,
    _nothing_new,
    _channels_are_opened_as_replaced,
    _channels_are_listed_in_pages,
    _a_page_has_one_name,
    _fields_without_more,
)


def _items_with(document: Document, key: str) -> Iterator[Document]:
    return (part for part in _parts(document) if key in part.get("properties", {}))


def _parts(told: Any) -> Iterator[Document]:
    """Every object of the document, the inner ones first, so that an outer one may be changed as it is handed out."""
    if isinstance(told, dict):
        for value in list(told.values()):
            yield from _parts(value)
        yield told
    elif isinstance(told, list):
        for value in told:
            yield from _parts(value)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
