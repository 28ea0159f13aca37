"""What is kept of a call: the address, the request and the answer, within bounds and without any secret.

Headers are never kept: the account's keys travel in them.
"""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode, urlsplit

from baton.adapters.http.ask import Ask
from baton.adapters.http.reply import Reply
from baton.domain.calls import Exchange, Paper

LARGEST = 256 * 1024
"""Characters of one half. A hundred records of the usual size are a third of it, and are kept compressed."""

TAKEN_OUT = "(not kept)"
_SECRET_NAMES = frozenset(
    {"token", "api_key", "api-token", "authorization", "client_secret", "password", "secret", "notify_url", "url"}
)
_SECRET_ENDINGS = ("_token", "_secret", "_password", "apikey")
_SECRET_HEADERS = frozenset({"authorization", "api-token"})


def exchange_of(ask: Ask, reply: Reply | None) -> Exchange:
    secrets = _secrets(ask)
    parts = urlsplit(ask.url)
    query = "&".join(text for text in (parts.query, urlencode(ask.params)) if text)
    address = str(_clean(f"{parts.path}?{query}" if query else parts.path, secrets))
    answer = None if reply is None else _answer(ask, reply, secrets)
    return Exchange(address[:LARGEST], _paper(ask, ask.body, secrets), answer)


def _answer(ask: Ask, reply: Reply, secrets: Sequence[str]) -> Paper:
    if reply.document is not None:
        return _paper(ask, reply.document, secrets)
    text = reply.body[:LARGEST].decode("utf-8", errors="replace")
    return Paper(_clean(text, secrets))


def _paper(ask: Ask, body: object, secrets: Sequence[str]) -> Paper:
    clean = _clean(body, secrets)
    if not isinstance(clean, dict):
        return Paper(clean)
    listed = clean.pop(ask.holds) if isinstance(clean.get(ask.holds or ""), list) else []
    rest = clean if _size(clean) <= LARGEST else {TAKEN_OUT: f"larger than {LARGEST} characters"}
    return Paper(rest or None, _bounded(listed))


def _bounded(items: Sequence[object]) -> tuple[object, ...]:
    kept, room = list[object](), LARGEST
    for item in items:
        room -= _size(item)
        kept.append(item if room >= 0 else None)
    return tuple(kept)


def _size(value: object) -> int:
    return len(json.dumps(value, default=str))


def _secrets(ask: Ask) -> tuple[str, ...]:
    """A server may repeat a refused key in its answer."""
    held = (text for name, text in ask.headers.items() if name.lower() in _SECRET_HEADERS)
    return tuple(text.rpartition(" ")[2] for text in held)


def _clean(value: object, secrets: Sequence[str]) -> object:
    if isinstance(value, Mapping):
        return {
            str(name): TAKEN_OUT if _is_secret(str(name)) and held else _clean(held, secrets)
            for name, held in value.items()
        }
    if isinstance(value, list | tuple):
        return [_clean(held, secrets) for held in value]
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, TAKEN_OUT)
    return value


def _is_secret(name: str) -> bool:
    lowered = name.lower()
    return lowered in _SECRET_NAMES or lowered.endswith(_SECRET_ENDINGS)
