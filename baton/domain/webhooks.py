"""What should be set up at the vendors so that they call us, and what of it is missing, stale or not ours.

Vendors' words for events stay in their adapters; here a subscription is an address, its modules and when it ends.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from baton.domain.records import CONTACT, Crm, Module

# Zoho keeps a channel for a week at most and takes an hour for anything longer: stay clear of the edge.
LIFETIME = timedelta(days=6)
RENEW_WITHIN = timedelta(days=3)
_SECRET_LENGTH = 43
_ADDRESS_LENGTH = 255
NO_ADDRESS = "an address looks like https://baton.example.com"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One subscription as it should be. `name` is how we know it again; `token` comes back in each delivery."""

    crm: Crm
    name: str
    modules: tuple[Module, ...]
    url: str = field(repr=False)
    token: str = field(repr=False)
    until: datetime | None = None

    @property
    def fingerprint(self) -> str:
        return sha256(f"{self.url}\n{self.token}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Held:
    """One subscription as a vendor tells it. `is_complete`: it speaks of everything that we ask for."""

    crm: Crm
    id: str
    name: str
    url: str = field(repr=False)
    events: tuple[str, ...]
    is_complete: bool
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Putting:
    """What to do at one vendor. `put` pairs each subscription to set up with the one that it replaces, if any."""

    put: tuple[tuple[Wanted, Held | None], ...] = ()
    drop: tuple[Held, ...] = ()


def secret_for(key: str, connection: str, crm: Crm) -> str:
    """The secret of one connection's door for one vendor: derived, so that nothing new has to be kept."""
    return hmac.new(key.encode(), f"webhook\n{connection}\n{crm}".encode(), sha256).hexdigest()[:_SECRET_LENGTH]


def is_secret(given: str, expected: str) -> bool:
    """Takes the same time however much of it is right."""
    return hmac.compare_digest(given.encode(), expected.encode())


def door_path(connection: str, crm: Crm) -> str:
    return f"/hooks/{connection}/{crm}"


def wanted(
    crm: Crm, *, connection: str, address: str, secret: str, modules: Sequence[Module], now: datetime
) -> tuple[Wanted, ...]:
    door = address.rstrip("/") + door_path(connection, crm)
    if crm is Crm.ACTIVECAMPAIGN:
        return (Wanted(crm, _name(connection), (CONTACT,), f"{door}/{secret}", ""),)
    return tuple(
        Wanted(crm, _channel(connection, module), (module,), door, secret, now + LIFETIME)
        for module in modules
        if module.crm is crm
    )


def is_ours(held: Held, connection: str, modules: Sequence[Module]) -> bool:
    """By our name for it and the door it leads to; host and secret may have been others then."""
    names = {_name(connection), *(_channel(connection, module) for module in modules)}
    return held.name in names and f"{door_path(connection, held.crm)}/" in f"{_path(held.url)}/"


def putting(wishes: Sequence[Wanted], ours: Sequence[Held], *, now: datetime, fingerprint: str | None) -> Putting:
    """`fingerprint`: of what was set up last; a vendor need not tell a token back."""
    by_name: dict[str, Held] = {}
    surplus: list[Held] = []
    for held in ours:
        if held.name in by_name:
            surplus.append(held)
        else:
            by_name[held.name] = held
    names = {wish.name for wish in wishes}
    surplus += [held for name, held in by_name.items() if name not in names]
    stale = [
        wish for wish in wishes if fingerprint != wish.fingerprint or not _stands(wish, by_name.get(wish.name), now)
    ]
    return Putting(tuple((wish, by_name.get(wish.name)) for wish in stale), tuple(surplus))


def _stands(wish: Wanted, held: Held | None, now: datetime) -> bool:
    if held is None or not held.is_complete or held.url != wish.url:
        return False
    return wish.until is None or (held.expires is not None and held.expires > now + RENEW_WITHIN)


def address_problem(address: str, *, is_practice: bool) -> str | None:
    """Why a vendor could not call this address, or None."""
    try:
        parts, port = urlsplit(address), urlsplit(address).port
    except ValueError:
        return NO_ADDRESS
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return NO_ADDRESS
    if parts.query or parts.fragment or parts.username:
        return "an address has no query, no fragment and no user"
    if len(address) > _ADDRESS_LENGTH - 100:
        return "the address is too long for Zoho, which takes 255 characters with what is added to it"
    if not is_practice and (parts.scheme != "https" or port not in (None, 443)):
        return "both vendors call https on port 443 and nothing else"
    return None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        # Whatever somebody else set up there.
        return ""


def _name(connection: str) -> str:
    return f"Baton {connection}"


def _channel(connection: str, module: Module) -> str:
    """Zoho knows a channel by digits that its subscriber chooses."""
    number = int.from_bytes(sha256(f"{connection}\n{module}".encode()).digest()[:6], "big")
    return str(10**15 + number)
