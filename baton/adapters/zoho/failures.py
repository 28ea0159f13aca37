"""Zoho's refusals, as data: code → failure, for whole calls and for single records of a batch.

Reasons are our own words and the vendor's code; its messages and details may repeat values of the record.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from baton.adapters.http.ask import Ask, lost
from baton.adapters.http.reply import Reply, patience
from baton.domain.failures import Blocked, Busy, Duplicate, Failure, Gone, Rejected, Throttled, Unauthorised
from baton.domain.records import Crm, Module, RecordRef

Body = Mapping[str, object]

DEFAULT_WAIT = timedelta(seconds=5)
OUT_OF_CREDITS_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=1)
TOKEN_CODES = frozenset({"INVALID_TOKEN", "INVALID_OAUTHTOKEN", "AUTHENTICATION_FAILURE", "HTTP_401"})
"""The token is not good (any more); a new one may be."""

_LOCKED_WAIT = timedelta(seconds=30)
_PERSON_WAIT = timedelta(hours=1)
_MODIFIED_WAIT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Said:
    """One refusal in Zoho's words: about `what` (a call, a record of a module), with its code and details."""

    what: str
    code: str
    details: Body
    module: Module | None = None

    @property
    def field(self) -> str | None:
        for key in ("api_name", "param_name", "column_name"):
            if found := _word(self.details.get(key)):
                return found
        return None

    @property
    def reason(self) -> str:
        at = f" at {self.field}" if self.field else ""
        return f"{self.what}: Zoho refused it as {self.code}{at}"


Meaning = Callable[[Said], Failure]


def _rejected(said: Said) -> Failure:
    return Rejected(said.reason, code=said.code, field=said.field)


def _gone(said: Said) -> Failure:
    return Gone(said.reason, code=said.code)


def _unauthorised(said: Said) -> Failure:
    return Unauthorised(said.reason, code=said.code)


def _locked(said: Said) -> Failure:
    return Busy(said.reason, wait=_LOCKED_WAIT, code=said.code)


def _modified(said: Said) -> Failure:
    return Busy(said.reason, wait=_MODIFIED_WAIT, code=said.code)


def _blocked(said: Said) -> Failure:
    return Blocked(said.reason, wait=_PERSON_WAIT, code=said.code)


def _throttled(said: Said) -> Failure:
    return Throttled(said.reason, wait=DEFAULT_WAIT, code=said.code)


def _duplicate(said: Said) -> Failure:
    return Duplicate(said.reason, existing=_existing(said), code=said.code, field=said.field)


def _invalid(said: Said) -> Failure:
    # Zoho names an unknown record as invalid data in the field `id`.
    return _gone(said) if said.field == "id" or set(said.details) == {"id"} else _rejected(said)


def _several(said: Said) -> Failure:
    """Several refusals of one record. Only if all name the same existing record is it a plain duplicate."""
    errors = said.details.get("errors")
    parts = [_part(said, error) for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    duplicates = [part for part in parts if isinstance(part, Duplicate)]
    if duplicates and len(duplicates) == len(parts) and len({part.existing for part in duplicates}) == 1:
        return duplicates[0]
    first = next((part for part in parts if not isinstance(part, Duplicate)), None)
    return first or Rejected(said.reason, code=said.code, field=parts[0].field if parts else None)


_OF_ANY: Mapping[str, Meaning] = {
    "RECORD_LOCKED": _locked,
    "NOT_APPROVED": _blocked,
    "NOT_REVIEWED": _blocked,
    "RECORD_IN_BLUEPRINT": _blocked,
    "CONVERTED_RECORD": _gone,
    "ID_ALREADY_CONVERTED": _gone,
    "DUPLICATE_DATA": _duplicate,
    "INVALID_DATA": _invalid,
    "ALREADY_MODIFIED": _modified,
    "TOO_MANY_REQUESTS": _throttled,
    "RATE_LIMIT_EXCEEDED": _throttled,
    "MULTIPLE_OR_MULTI_ERRORS": _several,
}
_OF_A_CALL: Mapping[str, Meaning] = {
    **_OF_ANY,
    **dict.fromkeys(TOKEN_CODES, _unauthorised),
    "OAUTH_SCOPE_MISMATCH": _unauthorised,
    "NO_PERMISSION": _unauthorised,
    "AUTHORIZATION_FAILED": _unauthorised,
    # A query with a column that is called `id` is no unknown record, nor is a parameter.
    "INVALID_DATA": _rejected,
}


def failure_in(ask: Ask, reply: Reply) -> Failure | None:
    """What the answer to a call means when it is not a good one. Verdicts on single records are left to others."""
    if reply.is_success or reply.status == 304 or _has_verdicts(ask, reply):
        return lost(ask, "the answer is not JSON", "unreadable") if reply.document is None else None
    if reply.status == 429:
        return Throttled(f"{ask}: Zoho answered 429", wait=_wait(reply), code="429")
    code = _word((reply.document or {}).get("code"))
    if reply.status in (401, 403):
        return _unauthorised(Said(str(ask), code or f"HTTP_{reply.status}", _details(reply.document)))
    if code is None or reply.status >= 500:
        return lost(ask, f"Zoho answered {reply.status}", code or str(reply.status))
    return _OF_A_CALL.get(code, _rejected)(Said(str(ask), code, _details(reply.document)))


def failure_of_item(what: str, module: Module, item: Body) -> Failure:
    """What the verdict on one record of a batch means when it is not a good one."""
    said = Said(what, _word(item.get("code")) or "UNNAMED", _details(item), module)
    return _OF_ANY.get(said.code, _rejected)(said)


def _has_verdicts(ask: Ask, reply: Reply) -> bool:
    # "All records failed" comes as 202 from some versions, as 400 from others.
    return ask.is_write and reply.status == 400 and bool(reply.items("data") or reply.items("watch"))


def _part(said: Said, error: Body) -> Failure:
    inner = Said(said.what, _word(error.get("code")) or said.code, _details(error), said.module)
    return _rejected(inner) if inner.code == said.code else _OF_ANY.get(inner.code, _rejected)(inner)


def _existing(said: Said) -> RecordRef | None:
    record = said.details.get("duplicate_record")
    held = record if isinstance(record, dict) else {}
    id_ = _word(held.get("id")) or _word(said.details.get("id"))
    module = held.get("module")
    name = _word(module.get("api_name")) if isinstance(module, dict) else None
    where = Module(Crm.ZOHO, name) if name else said.module
    return RecordRef(where, id_) if where and id_ else None


def _wait(reply: Reply) -> timedelta:
    # The vendor does not tell the two causes apart: too many at once, or the day's credits used up.
    spent = reply.headers.get("x-api-credits-remaining", "").strip() == "0"
    default = OUT_OF_CREDITS_WAIT if spent else DEFAULT_WAIT
    return patience(reply.headers.get("retry-after"), reply.began, default=default, longest=LONGEST_WAIT)


def _details(body: Body | None) -> Body:
    details = (body or {}).get("details")
    return details if isinstance(details, dict) else {}


_WORD = re.compile(r"[A-Za-z0-9_.$-]{1,64}")


def _word(raw: object) -> str | None:
    return raw if isinstance(raw, str) and _WORD.fullmatch(raw) else None
