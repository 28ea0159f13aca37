"""The fingerprint of a contract: equal in every process for equal contracts, another for any change that decides."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta

from baton.domain.contract import Contract


def print_of(contract: Contract) -> str:
    """64 bits of BLAKE2 over the contract's values, in an order that does not depend on the process."""
    return hashlib.blake2b(json.dumps(_plain(contract)).encode(), digest_size=8).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        return [[field.name, _plain(getattr(value, field.name))] for field in fields(value)]
    if isinstance(value, Mapping):
        # Their order says something too: of several words the first one named is the way back.
        return [[str(key), _plain(held)] for key, held in value.items()]
    if isinstance(value, frozenset):
        return sorted(json.dumps(_plain(each)) for each in value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.total_seconds() if isinstance(value, timedelta) else value
