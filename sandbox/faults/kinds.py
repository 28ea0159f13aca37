"""Every kind of fault: what it strikes, what it means, and what may be said of it beside its rhythm."""

from dataclasses import dataclass
from enum import StrEnum


class Strikes(StrEnum):
    CALL = "call"
    RECORD = "record"
    HOOK = "hook"
    MOMENT = "moment"
    """Nothing at all: something happens in the CRM just before the call is handled, or just after it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`details` are the keys an order may have beside its rhythm; `does` is the deed behind a happening."""

    name: str
    strikes: Strikes
    means: str
    details: frozenset[str] = frozenset()
    does: str = ""


def _call(name: str, means: str, *details: str) -> Kind:
    return Kind(name, Strikes.CALL, means, frozenset({"after_effect", *details}))


def _moment(name: str, does: str, means: str, *details: str) -> Kind:
    return Kind(name, Strikes.MOMENT, means, frozenset({"after_effect", *details}), does)


SWITCH = "switch"
"""The one happening that is no person's deed: a setting changes."""

OF_A_RECORD = ("ids", "emails", "status", "code", "field", "title", "message", "details")

ALL: tuple[Kind, ...] = (
    _call("status", "this status, body and headers instead of an answer", "status", "body", "headers"),
    _call("too_many", "the vendor's own 429", "retry_after", "message"),
    _call("unauthorised", "the credential is called bad, this once"),
    _call("scope_missing", "the credential is called too weak for the call, this once"),
    _call("login_page", "an HTML page to sign in at, with a friendly 200"),
    _call("timeout_after_effect", "the call is carried out and never answered", "hold_seconds"),
    _call("timeout_before_effect", "the call is neither carried out nor answered", "hold_seconds"),
    _call("reset", "the connection drops"),
    _call("cut_body", "half of the answer; with close, the connection drops after it", "close"),
    _call("slow", "the answer takes latency_ms longer, give or take spread_ms by the seed", "latency_ms", "spread_ms"),
    Kind("locked", Strikes.RECORD, "the record is locked for the moment", frozenset(OF_A_RECORD)),
    Kind("reject", Strikes.RECORD, "the record is refused with a code of choice", frozenset(OF_A_RECORD)),
    Kind("hook_dropped", Strikes.HOOK, "the outgoing call is never made"),
    Kind("hook_doubled", Strikes.HOOK, "the outgoing call is made twice"),
    Kind("hook_late", Strikes.HOOK, "the outgoing call is made so many seconds later", frozenset({"seconds"})),
    Kind("hook_reordered", Strikes.HOOK, "the next outgoing call overtakes this one", frozenset({"seconds"})),
    _moment("token_revoked", "revoke_token", "the credentials in use are good no more", "refresh"),
    _moment("scope_taken", "take_scope", "the credentials in use lose a scope (Zoho)", "scope"),
    _moment("record_locked", "lock_record", "a person locks a record (Zoho)", "module", "id", "email"),
    _moment("field_deleted", "delete_field", "a person deletes a field", "module", "field"),
    _moment("field_renamed", "rename_field", "a person renames a field", "module", "field", "name", "label"),
    _moment("choice_removed", "remove_choice", "a person removes a choice of a field", "module", "field", "choice"),
    _moment("search_lag", SWITCH, "the search index falls so many seconds behind (Zoho)", "seconds"),
    _moment("clock_skew", SWITCH, "the CRM's clock is so many seconds wrong", "seconds"),
)
KINDS = {kind.name: kind for kind in ALL}
SWITCHED_BY = {"search_lag": "search_lag_seconds", "clock_skew": "clock_offset_seconds"}
"""Which setting the seconds of a happening go to."""
