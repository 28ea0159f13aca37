"""What a server answered: status, headers and the JSON document, read leniently."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `document` is None when there is a body that is no JSON object (a login page, half an answer).

    `began` is when the server began to work on it, by the server's clock, and rather too early than too late.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    document: Document | None = field(repr=False)
    began: datetime

    @property
    def is_blank(self) -> bool:
        return not self.body.strip()

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def request_id(self) -> str | None:
        return self.headers.get("x-request-id")

    def items(self, key: str) -> list[dict[str, object]]:
        """The list of objects under the key; whatever else stands there is passed over."""
        held = (self.document or {}).get(key)
        return [item for item in held if isinstance(item, dict)] if isinstance(held, list) else []


def document_in(body: bytes) -> Document | None:
    if not body.strip():
        return {}
    try:
        # Control characters and NaN occur in free text that passed through other systems.
        found = json.loads(body.decode("utf-8-sig", errors="replace"), strict=False, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def moment(header: str | None) -> datetime | None:
    """The moment of an HTTP date header."""
    try:
        found = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def patience(header: str | None, now: datetime, *, default: timedelta, longest: timedelta) -> timedelta:
    """How long a Retry-After header asks to stay away: seconds or a date, kept within reason."""
    text = (header or "").strip()
    if text.isdigit() and len(text) < 10:
        return min(timedelta(seconds=max(int(text), 1)), longest)
    named = moment(text)
    return default if named is None else min(max(named - now, timedelta(seconds=1)), longest)
