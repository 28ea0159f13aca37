"""What a delivery says: which records may have changed. Only that is believed; what it carries of them is not.

Knows both vendors' vocabularies of events. Where deliveries come in, and who may send them, is left to others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from baton.domain.records import CONTACT, Crm, Module, RecordRef


class HintKind(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Hint:
    """This record may have changed. `happened_at` is the vendor's clock, where the delivery tells it."""

    ref: RecordRef
    kind: HintKind
    happened_at: datetime | None = None


class Refusal(StrEnum):
    """Why a delivery was not taken; the words stand in counts and logs."""

    UNKNOWN_CONNECTION = "unknown_connection"
    BAD_SECRET = "bad_secret"  # noqa: S105 - a reason, not a secret
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    CUT_OFF = "cut_off"
    NOT_A_FORM = "not_a_form"
    NOT_JSON = "not_json"
    NO_RECORD = "no_record"
    MALFORMED = "malformed"
    UNKNOWN_MODULE = "unknown_module"
    SPOOL_FULL = "spool_full"


class NotTaken(Exception):
    """A delivery that says nothing we can use, or may not say it."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


# Zoho's own pages and recorded deliveries use different words for the same three things.
_ZOHO_KINDS: Mapping[str, HintKind] = {
    "insert": HintKind.CREATED,
    "create": HintKind.CREATED,
    "update": HintKind.CHANGED,
    "edit": HintKind.CHANGED,
    "delete": HintKind.DELETED,
}
_LONGEST_ID = 30


def activecampaign_hints(form: Mapping[str, str]) -> tuple[Hint, ...]:
    """The contact of a webhook, or of an automation's webhook action (which has no type and no time)."""
    id_ = form.get("contact[id]", form.get("contact_id", "")).strip()
    if not id_:
        raise NotTaken(Refusal.NO_RECORD)
    # A list of nought with `subscribe` says "a contact was added"; with a list it is about somebody known.
    is_new = form.get("type") == "subscribe" and form.get("list", "0") in ("", "0")
    kind = HintKind.CREATED if is_new else HintKind.CHANGED
    return (Hint(RecordRef(CONTACT, _id(id_)), kind, _stamp(form.get("date_time", ""))),)


def zoho_hints(
    module: str, ids: Sequence[str], operation: str, server_time: int | None, *, known: Sequence[Module]
) -> tuple[Hint, ...]:
    """One delivery may name several records. An operation of a later vocabulary is a change like any other."""
    where = Module(Crm.ZOHO, module)
    if where not in known:
        raise NotTaken(Refusal.UNKNOWN_MODULE)
    if not ids:
        raise NotTaken(Refusal.NO_RECORD)
    kind = _ZOHO_KINDS.get(operation.casefold(), HintKind.CHANGED)
    at = _milliseconds(server_time)
    return tuple(Hint(RecordRef(where, _id(id_)), kind, at) for id_ in dict.fromkeys(ids))


def _id(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID):
        raise NotTaken(Refusal.MALFORMED)
    return text


def _stamp(text: str) -> datetime | None:
    """Old deliveries show a time without its zone: that says nothing, and a hint does well without."""
    try:
        found = datetime.fromisoformat(text)
        return None if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _milliseconds(number: int | None) -> datetime | None:
    try:
        return None if number is None else datetime.fromtimestamp(number / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
