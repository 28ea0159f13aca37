"""One question to a vendor, as it goes over the wire."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from baton.domain.failures import Failure, Uncertain, Unreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A call to be made.

    route    the path without ids, for counting and for reasons.
    body     sent as JSON; `form` as a form. Neither goes into logs.
    holds    the key under which the answer must hold its list; an answer without it is not readable.
    records  how many records a write sends.
    cost     what the vendor counts for it.
    is_confidential  nothing of it is kept, neither what was sent nor what came: it is about keys.
    """

    method: str
    url: str = field(repr=False)
    route: str
    params: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: object = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    is_write: bool = False
    holds: str | None = None
    records: int = 0
    cost: int = 1
    is_complex: bool = False
    is_confidential: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def lost(ask: Ask, what: str, code: str | None = None) -> Failure:
    """No readable answer came: a read did nothing, but a write may have happened."""
    if ask.is_write:
        return Uncertain(f"{ask}: {what}; the write may have happened", code=code)
    return Unreachable(f"{ask}: {what}", code=code)
