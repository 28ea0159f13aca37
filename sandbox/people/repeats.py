"""The same person twice: written once more with another address or name, inside one CRM or in the other.

A repeat that would need an address somebody has already stays the person it was.
"""

from dataclasses import replace
from random import Random

from sandbox.people.person import SamplePerson

LONGEST_LAST_NAME = 80
LONGEST_COMPANY = 200


def again(person: SamplePerson, before: SamplePerson, card: str, luck: Random, taken: set[str]) -> SamplePerson:
    """In ActiveCampaign: `person`, or the one before once more under another address."""
    if card == "same_desk":
        country, code = before.country, before.country_code
        return replace(person, phone=before.phone, company=before.company, country=country, country_code=code)
    if card == "company_in_short":
        return replace(person, company=_in_short(before.company) or person.company)
    address = _another_address(before, card, luck)
    if not address or address.strip().lower() in taken:
        return person
    taken.add(address.strip().lower())
    # Sales has typed nobody in twice on this account: what it knows of the first it does not know of the second.
    return replace(before, number=person.number, email=address, zoho=(), created_before=before.changed_before)


def anew(stranger: SamplePerson, known: SamplePerson, card: str, taken: set[str]) -> SamplePerson:
    """In Zoho alone: a stranger, or somebody marketing knows, typed in such a way that nothing tells."""
    match card:
        case "no_address":
            return _typed_as(stranger, known, email="", last_name=known.last_name)
        case "misspelt_name":
            return _typed_as(stranger, known, email=stranger.email, last_name=misspelt(known.last_name.strip()))
        case "mistyped_address" if (email := mistyped(known.email.strip())) and email.lower() not in taken:
            taken.add(email.lower())
            return _typed_as(stranger, known, email=email, last_name=known.last_name)
    return stranger


def _typed_as(stranger: SamplePerson, known: SamplePerson, *, email: str, last_name: str) -> SamplePerson:
    last = last_name.strip()[:LONGEST_LAST_NAME] or "Unknown"
    company = known.company[:LONGEST_COMPANY] or "Private"
    first, phone = known.first_name, known.phone
    records = tuple(
        replace(record, email=email, first_name=first, last_name=last, phone=phone, company=company)
        for record in stranger.zoho
    )
    return replace(stranger, email=email, first_name=first, last_name=last, phone=phone, company=company, zoho=records)


def mistyped(address: str) -> str:
    """Two neighbours of the local part change places, as fast fingers do it; blank when there are no two."""
    local, at, domain = address.partition("@")
    middle = len(local) // 2
    return f"{local[: middle - 1]}{local[middle]}{local[middle - 1]}{local[middle + 1 :]}{at}{domain}" if middle else ""


def misspelt(name: str) -> str:
    """One letter in the middle is left out or, in a short name, the last one doubled."""
    if len(name) < len("Meyer"):
        return name + name[-1:]
    middle = len(name) // 2
    return name[:middle] + name[middle + 1 :]


def _another_address(before: SamplePerson, card: str, luck: Random) -> str:
    local = before.email.strip().lower().partition("@")[0]
    ways = {
        "mistyped_address": mistyped(before.email.strip()),
        "private_address": f"{local}@{luck.choice(('example.com', 'example.org', 'example.net'))}",
    }
    return ways.get(card, "")


def _in_short(company: str) -> str:
    """Without what kind of company it is in law: `Halden Robotics` for `Halden Robotics GmbH`."""
    return " ".join(company.split()[:2])
