"""What a person typed → the values the practice CRMs' screens take, in each vendor's own field names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm, Module

# Where a person may be found, the place looked into first standing first.
MODULES: Mapping[Crm, Sequence[Module]] = {Crm.ACTIVECAMPAIGN: (CONTACT,), Crm.ZOHO: (CONTACTS, LEADS)}

NAMES: Mapping[Crm, Mapping[str, str]] = {
    Crm.ACTIVECAMPAIGN: {
        "email": "email",
        "first_name": "firstName",
        "last_name": "lastName",
        "phone": "phone",
        "company": "orgname",
    },
    Crm.ZOHO: {
        "email": "Email",
        "first_name": "First_Name",
        "last_name": "Last_Name",
        "phone": "Phone",
        "company": "Company",
    },
}

STATUSES = {"subscribed": "1", "unsubscribed": "2", "unconfirmed": "0", "bounced": "3"}


class NotUnderstood(ValueError):
    """What was typed has no meaning; `str()` says what would have."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The options of `add` and `edit`; those left out are None or empty."""

    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    company: str | None = None
    settings: Sequence[str] = ()
    tags: Sequence[str] = ()
    lists: Sequence[str] = ()


def module_of(crm: Crm, name: str | None) -> Sequence[Module]:
    """The modules to look into: the one that was named, else all of the crm's."""
    if name is None:
        return MODULES[crm]
    found = [module for module in MODULES[crm] if module.name.lower() == name.lower()]
    if not found:
        known = ", ".join(module.name for module in MODULES[crm])
        raise NotUnderstood(f"{crm} has no module {name!r} here; it has {known}")
    return found


def values_of(crm: Crm, typed: Typed) -> dict[str, object]:
    named = {name: getattr(typed, option) for option, name in NAMES[crm].items()}
    values: dict[str, object] = {name: value for name, value in named.items() if value is not None}
    if crm is Crm.ZOHO:
        if typed.tags or typed.lists:
            raise NotUnderstood("lists and tags are ActiveCampaign's; leave out --crm zoho")
        return values | dict(pair(each, "--set") for each in typed.settings)
    return values | activecampaign_parts(typed)


def activecampaign_parts(typed: Typed) -> dict[str, object]:
    parts: dict[str, object] = {
        "fields": dict(pair(each, "--set") for each in typed.settings),
        "tags": list(typed.tags),
        "lists": {name: list_status(word) for name, word in (pair(each, "--list") for each in typed.lists)},
    }
    return {name: part for name, part in parts.items() if part}


def pair(text: str, option: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise NotUnderstood(f"{option} {text!r} should be NAME=VALUE")
    return name.strip(), value


def list_status(word: str) -> str:
    if word not in STATUSES:
        raise NotUnderstood(f"{word!r} is no status of a list; known: {', '.join(STATUSES)}")
    return STATUSES[word]
