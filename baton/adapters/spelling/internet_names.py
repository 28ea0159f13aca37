"""An internet name in its ASCII form (IDNA 2008 after the mapping of UTS 46).

Whether the name exists is not asked; e-mail addresses as a whole are known by `baton.domain.identity`.
"""

import re
from functools import lru_cache

import idna

_REMEMBERED = 4096
# Encoding takes time that grows with the square of the length, and no name is longer.
_LONGEST = 253
_ASCII_NAME = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)


@lru_cache(maxsize=_REMEMBERED)
def ascii_domain(name: str) -> str | None:
    lowered = name.removesuffix(".").lower()
    if not lowered.isascii() and len(lowered) <= _LONGEST:
        lowered = _encoded(lowered)
    return lowered if _ASCII_NAME.fullmatch(lowered) else None


def _encoded(name: str) -> str:
    try:
        return idna.encode(name, uts46=True, std3_rules=True).decode("ascii").removesuffix(".")
    except (idna.IDNAError, UnicodeError):
        return ""
