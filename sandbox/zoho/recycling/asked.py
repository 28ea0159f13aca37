"""Which of the discarded records a call means: all of them, those named by id, or those a filter lets through."""

import json
from collections.abc import Mapping, Sequence

from sandbox.zoho.filtering import BadFilterError, test_of
from sandbox.zoho.recycling.contents import Discarded, discarded
from sandbox.zoho.refusals import RefusalError, bad_body, bad_parameter
from sandbox.zoho.world import World

MOST_IDS = 200
KINDS = {
    "display_name": "text",
    "deleted_time": "datetime",
    "owner": "ownerlookup",
    "module": "text",
    "deleted_by": "ownerlookup",
    "id": "bigint",
}


def filtered(world: World, said: object) -> Sequence[Discarded]:
    try:
        fits = test_of(said, KINDS)
    except BadFilterError as bad:
        raise RefusalError(400, "INVALID_DATA", bad.message, {"param_name": "filters", **bad.details}) from bad
    return [each for each in discarded(world) if fits(each.shown)]


def filter_in(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise bad_parameter("filters") from None


def to_restore(world: World, body: Mapping[str, object]) -> list[str]:
    """By id, by filter, or everything; the three exclude one another."""
    ways = [way for way in ("ids", "filters", "restore_all_records") if way in body]
    if len(ways) != 1:
        wanted = [{"api_name": way, "json_path": f"$.{way}"} for way in ("ids", "filters", "restore_all_records")]
        raise RefusalError(400, "EXPECTED_FIELD_MISSING", "expected field is missing", {"expected_fields": wanted})
    match ways[0]:
        case "ids":
            return named(body["ids"])
        case "filters":
            return [each.id for each in filtered(world, body["filters"])]
    if body["restore_all_records"] is not True:
        raise bad_body("restore_all_records", "boolean")
    return [each.id for each in discarded(world)]


def named(ids: object) -> list[str]:
    if not isinstance(ids, list) or not 0 < len(ids) <= MOST_IDS:
        raise bad_body("ids", "jsonarray")
    return [str(id_) for id_ in ids]
