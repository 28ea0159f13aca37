"""ActiveCampaign's refusals, as data: status and code → failure.

Reasons are our own words: the vendor's titles and details repeat values of the record.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from baton.adapters.http.ask import Ask, lost
from baton.adapters.http.reply import Reply, patience
from baton.domain.failures import Duplicate, Failure, Gone, Rejected, Throttled, Unauthorised, Unreachable

DEFAULT_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
BARE_REFUSAL = "forbidden_without_words"


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What an error body says: `code` in the vendor's word, `field` from the pointer, and whether nothing was found."""

    code: str | None
    field: str | None
    is_not_found: bool
    is_wordless: bool


@dataclass(frozen=True, slots=True)
class _Row:
    status: int
    code: str | None
    means: Callable[[str, _Refusal], Failure]


def _unauthorised(said: str, refusal: _Refusal) -> Failure:
    return Unauthorised(said, code=BARE_REFUSAL if refusal.is_wordless else refusal.code)


def _missing(said: str, refusal: _Refusal) -> Failure:
    if refusal.is_not_found:
        return Gone(f"{said}: no such record")
    # A wrong base address answers 404 to everything; nothing must be taken for deleted because of that.
    return Unreachable(f"{said}: there is no such address", code="not_found")


def _forbidden(said: str, refusal: _Refusal) -> Failure:
    return Gone(f"{said}: no such record") if refusal.is_not_found else _unauthorised(said, refusal)


def _duplicate(said: str, refusal: _Refusal) -> Failure:
    return Duplicate(f"{said}: the {refusal.field or 'value'} exists already", code="duplicate", field=refusal.field)


def _rejected(said: str, refusal: _Refusal) -> Failure:
    at = f" at {refusal.field}" if refusal.field else ""
    return Rejected(f"{said}: refused as {refusal.code or 'invalid'}{at}", code=refusal.code, field=refusal.field)


_SAYS_WHY = frozenset({400, 422})
_TABLE = (
    _Row(400, None, _rejected),
    _Row(401, None, _unauthorised),
    _Row(403, None, _forbidden),
    _Row(404, None, _missing),
    _Row(413, None, _rejected),
    _Row(422, "duplicate", _duplicate),
    _Row(422, None, _rejected),
)


def failure_in(ask: Ask, reply: Reply) -> Failure | None:
    """What the answer means when it is not a good one."""
    if reply.is_success:
        return lost(ask, "the answer is not JSON", "unreadable") if reply.document is None else None
    said = f"{ask}: ActiveCampaign answered {reply.status}"
    if reply.status == 429:
        wait = patience(reply.headers.get("retry-after"), reply.began, default=DEFAULT_WAIT, longest=LONGEST_WAIT)
        return Throttled(said, wait=wait, code="429")
    if reply.status in _SAYS_WHY and reply.document is None and not reply.is_blank:
        # Cut on its way: it may say that the address is taken, and a refusal for good would bury the record.
        return lost(ask, f"ActiveCampaign answered {reply.status}, and the answer is not JSON", "unreadable")
    refusal = _refusal(reply)
    for row in _TABLE:
        if row.status == reply.status and row.code in (None, refusal.code):
            return row.means(said, refusal)
    return lost(ask, f"ActiveCampaign answered {reply.status}", str(reply.status))


_WORD = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_NOT_FOUND = re.compile(r"no result found|\bnot found", re.IGNORECASE)


def _refusal(reply: Reply) -> _Refusal:
    errors = reply.items("errors")
    first: Mapping[str, object] = errors[0] if errors else {}
    words = [
        (reply.document or {}).get("message"),
        *(error.get(key) for error in errors for key in ("title", "detail")),
    ]
    return _Refusal(
        code=_word(first.get("code")),
        field=_field(first.get("source")),
        is_not_found=any(isinstance(text, str) and _NOT_FOUND.search(text) is not None for text in words),
        is_wordless=reply.is_blank,
    )


def _word(raw: object) -> str | None:
    return raw if isinstance(raw, str) and _WORD.fullmatch(raw) else None


def _field(source: object) -> str | None:
    pointer = source.get("pointer") if isinstance(source, dict) else None
    return _word(pointer.rpartition("/")[2]) if isinstance(pointer, str) else None
