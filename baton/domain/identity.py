"""The e-mail address as the key of a person: its normal form, and which addresses identify nobody."""

import re
import unicodedata
from functools import lru_cache

from baton.domain.contract import Contract
from baton.domain.values.cleaning import written
from baton.domain.values.spelling import Spelling

_LONGEST = 254
# Marks that copying brings along and nobody sees: they would make two addresses of one.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_LOCAL_PART = re.compile(r"[^\s@\"(),:;<>\[\]\\]+")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)


def normalised(address: object, spelling: Spelling) -> str | None:
    """Trimmed, lower-case, the domain in its ASCII form; None when it is not an e-mail address."""
    text = written(address)
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub("", text)
    local, _, domain = text.strip().rpartition("@")
    name = _lowered(local)
    if not _LOCAL_PART.fullmatch(name):
        return None
    host = spelling.domain(domain)
    if host is None or "." not in host or len(name) + len(host) >= _LONGEST:
        return None
    return f"{name}@{host}"


def looks_like_an_address(text: str) -> bool:
    """Whether a normal form is meant to be one: asks no library, so it does not know a bad internet name."""
    local, _, domain = text.rpartition("@")
    return bool(_LOCAL_PART.fullmatch(local) and _HOST.fullmatch(domain))


def refusal(address: object, contract: Contract, spelling: Spelling) -> str | None:
    """Why nobody can be known by this address, in a sentence; None when it is fine."""
    if not written(address).strip():
        return "the e-mail address is blank"
    email = normalised(address, spelling)
    if email is None:
        return "what stands in the e-mail field is not an e-mail address"
    local, _, domain = email.rpartition("@")
    refused = _refused(contract.refused_addresses, spelling)
    if not refused.isdisjoint((email, f"{local}@", f"@{domain}")):
        return "the contract refuses the e-mail address as a placeholder"
    return None


@lru_cache(maxsize=64)
def _refused(addresses: frozenset[str], spelling: Spelling) -> frozenset[str]:
    """The contract's addresses in the normal form that they are compared with."""
    return frozenset(_normal_entry(entry.strip(), spelling) for entry in addresses)


def _normal_entry(entry: str, spelling: Spelling) -> str:
    local, _, domain = entry.rpartition("@")
    return f"{_lowered(local)}@{(domain and spelling.domain(domain)) or domain.lower()}"


def _lowered(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
