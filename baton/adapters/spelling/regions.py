"""A country as people write it → its ISO 3166 code. The names stand in `countries.txt`."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_REMEMBERED = 2048
_IN_BRACKETS = re.compile(r"\([^)]*\)")


@lru_cache(maxsize=_REMEMBERED)
def region_code(country: str) -> str | None:
    return _codes().get(_key(country)) or _codes().get(_key(_IN_BRACKETS.sub("", country)))


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for line in _table().splitlines():
        if line.startswith("#"):
            continue
        code, *names = line.split("|")
        codes.update({_key(name): code for name in (code, *names)})
    return codes


def _table() -> str:
    return (files(__package__) / "countries.txt").read_text(encoding="utf-8")


def _key(name: str) -> str:
    """Only letters and digits count: `Türkiye`, `turkiye` and `TURKIYE.` are one key."""
    words = unicodedata.normalize("NFKD", name.replace("&", " and ").casefold()).split()
    kept = words[1:] if words[:1] == ["the"] else words
    return "".join(letter for word in kept for letter in word if letter.isalnum())
