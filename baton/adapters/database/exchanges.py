"""Requests and answers as they lie in the database: compressed, and sealed with the installation's key."""

import json
import zlib
from dataclasses import asdict
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from baton.domain.calls import Exchange, Paper


class NotOpened(Exception):
    """The key is another one than it was sealed with."""


def sealed(exchange: Exchange, seal: Fernet) -> bytes:
    text = json.dumps(asdict(exchange), ensure_ascii=False, separators=(",", ":"), default=str)
    # The fastest level: records of one batch resemble each other, and a slower one gains little.
    return seal.encrypt(zlib.compress(text.encode("utf-8", errors="replace"), 1))


def opened(sealed_bytes: bytes, seal: Fernet) -> Exchange:
    try:
        document = json.loads(zlib.decompress(seal.decrypt(sealed_bytes)))
    except InvalidToken:
        raise NotOpened from None
    answer = document["answer"]
    return Exchange(document["address"], _paper(document["request"]), None if answer is None else _paper(answer))


def _paper(document: dict[str, Any]) -> Paper:
    return Paper(document["rest"], tuple(document["items"]))
