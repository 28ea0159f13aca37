"""Makes the sample people: who they are, what was typed about them, and which of them sales already knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

from sandbox.people import decks, dirt, repeats
from sandbox.people.abroad import places_abroad
from sandbox.people.companies import Company, employer
from sandbox.people.decks import dice
from sandbox.people.person import SamplePerson, Standing, ZohoModule, ZohoRecord
from sandbox.people.places import PLACES, Place
from sandbox.people.spelling import slug
from sandbox.people.vocabulary import (
    INDUSTRIES,
    JOB_TITLES,
    LEAD_SOURCES,
    LIFECYCLE_STAGES,
    LISTS,
    SALES_STAGES,
    TAGS,
)

STRANGERS_ONE_IN = 25
"""For so many people in ActiveCampaign, sales knows one more that marketing does not."""
FIRST_STRANGER = 1_000_001
FIRST_RENEWAL = date(2026, 1, 1)
HAND_PICKED = 1_000
"""So many people come from the places chosen by hand; those after them also from abroad, and some of them again."""
TRIES = 60
"""After so many namesakes a number is taken that nobody can have yet."""


@dataclass(frozen=True, slots=True)
class _Hand:
    """The cards one person was dealt."""

    email: str
    name: str
    phone: str
    country: str
    standing: str
    zoho: str
    length: str


def sample_people(count: int, seed: int = 1) -> Iterator[SamplePerson]:
    """`count` people in ActiveCampaign, then a few that only Zoho knows.

    The first people are the same whatever the count, so that worlds of different size agree where they overlap.
    """
    taken: set[str] = set()
    strangers = count // STRANGERS_ONE_IN
    first: list[SamplePerson] = []
    for person in _known(count, seed, taken):
        if len(first) < strangers:
            first.append(person)
        yield person
    yield from _strangers(first, seed, taken)


def _known(count: int, seed: int, taken: set[str]) -> Iterator[SamplePerson]:
    before: SamplePerson | None = None
    again = decks.dealt(decks.AGAIN, "again", seed)
    for number, (hand, card) in enumerate(islice(zip(_hands(seed), again, strict=False), count), start=1):
        luck = dice(seed, number)
        person = _person(number, hand, _places(number), luck, taken)
        if before is not None and number > HAND_PICKED:
            person = repeats.again(person, before, card, luck, taken)
        before = person
        yield person


def _strangers(first: Sequence[SamplePerson], seed: int, taken: set[str]) -> Iterator[SamplePerson]:
    """Past the hand-picked, some of them are no strangers: sales typed somebody anew whom marketing knows."""
    cards = decks.dealt(decks.ANEW, "anew", seed)
    for place, (known, card) in enumerate(zip(first, cards, strict=False)):
        stranger = _stranger(FIRST_STRANGER + place, seed, taken)
        is_early = place < HAND_PICKED // STRANGERS_ONE_IN
        yield stranger if is_early else repeats.anew(stranger, known, card, taken)


def _places(number: int) -> Sequence[Place]:
    return PLACES if number <= HAND_PICKED else (*PLACES, *places_abroad())


def _hands(seed: int) -> Iterator[_Hand]:
    axes = {
        "email": decks.EMAIL,
        "name": decks.NAME,
        "phone": decks.PHONE,
        "country": decks.COUNTRY,
        "standing": decks.STANDING,
        "zoho": decks.ZOHO,
        "length": decks.LENGTH,
    }
    dealt = [decks.dealt(shares, axis, seed) for axis, shares in axes.items()]
    return (_Hand(*cards) for cards in zip(*dealt, strict=False))


def _stranger(number: int, seed: int, taken: set[str]) -> SamplePerson:
    luck = dice(seed, number)
    card = luck.choice(("lead", "contact"))
    hand = _Hand("plain", "plain", "local", "english", "none", card, "usual")
    return _person(number, hand, PLACES, luck, taken, in_activecampaign=False)


def _person(
    number: int, hand: _Hand, places: Sequence[Place], luck: Random, taken: set[str], *, in_activecampaign: bool = True
) -> SamplePerson:
    place = luck.choice(places)
    name = dirt.Name(luck.choice(place.first_names), luck.choice(place.last_names))
    company = employer(place, luck)
    address = _address(name, company, hand.email, luck, taken)
    typed = dirt.typed_name(name, hand.name)
    title = luck.choice(JOB_TITLES)
    phone = dirt.typed_phone(place, hand.phone, luck)
    age = timedelta(seconds=luck.randrange(3 * 86_400, 700 * 86_400))
    standing = None if hand.standing == "none" else Standing(hand.standing)
    return SamplePerson(
        number=number,
        in_activecampaign=in_activecampaign,
        email=address,
        first_name=typed.first,
        last_name=typed.last,
        phone=phone,
        company=dirt.overlong(dirt.LONG_COMPANY) if hand.length == "very_long" else company.name,
        job_title=dirt.overlong(dirt.LONG_TITLE) if hand.length == "very_long" else _maybe(title, luck),
        country=dirt.typed_country(place, hand.country),
        country_code=place.code,
        lifecycle_stage=_maybe(luck.choice(LIFECYCLE_STAGES), luck),
        lead_source=_maybe(luck.choice(LEAD_SOURCES), luck),
        industry=_maybe(luck.choice(INDUSTRIES), luck),
        renewal_date=_maybe((FIRST_RENEWAL + timedelta(days=luck.randrange(900))).isoformat(), luck, 0.4),
        budget=_maybe(str(luck.randrange(5, 500) * 100), luck, 0.5),
        standing=standing,
        lists=_lists(standing, luck),
        tags=tuple(sorted(luck.sample(TAGS, luck.randrange(3)))),
        zoho=_zoho_records(hand.zoho, name, company, title, phone, address, luck),
        created_before=age,
        changed_before=age * luck.random(),
    )


def _maybe(value: str, luck: Random, chance: float = 0.8) -> str:
    return value if luck.random() < chance else ""


def _address(name: dirt.Name, company: Company, kind: str, luck: Random, taken: set[str]) -> str:
    """An address nobody else has: namesakes get a number."""
    local = f"{slug(name.first, '') or 'mail'}.{slug(name.last, '') or 'office'}"
    address = dirt.typed_email(local, company.domain, kind, luck)
    number = 1
    while address.strip().lower() in taken:
        number += 1
        address = dirt.typed_email(f"{local}{number}", company.domain, kind, luck)
        if number > TRIES:
            return _last_resort(local, company, kind, taken)
        if kind == "placeholder" and number > 3:
            address = f"test{number}@test.example"
    taken.add(address.strip().lower())
    return address


def _last_resort(local: str, company: Company, kind: str, taken: set[str]) -> str:
    number = len(taken)
    while (address := _numbered(local, company, kind, number)) in taken:
        number += 1
    taken.add(address)
    return address


def _numbered(local: str, company: Company, kind: str, number: int) -> str:
    return f"test{number}@test.example" if kind == "placeholder" else f"{local}{number}@{company.domain}".lower()


def _lists(standing: Standing | None, luck: Random) -> dict[str, Standing]:
    """The newsletter shows the standing; the other lists mostly follow it."""
    if standing is None:
        return {}
    others = [name for name in LISTS[1:] if luck.random() < 0.4]
    follow = Standing.SUBSCRIBED if standing is Standing.UNSUBSCRIBED and luck.random() < 0.3 else standing
    return {LISTS[0]: standing, **dict.fromkeys(others, follow)}


def _zoho_records(
    card: str, name: dirt.Name, company: Company, title: str, phone: str, email: str, luck: Random
) -> tuple[ZohoRecord, ...]:
    """What sales typed about the same person, in its own hand: other letter case, other stamps."""
    modules = {
        "lead": (ZohoModule.LEADS,),
        "contact": (ZohoModule.CONTACTS,),
        "both": (ZohoModule.LEADS, ZohoModule.CONTACTS),
        "twin_leads": (ZohoModule.LEADS, ZohoModule.LEADS),
    }.get(card, ())
    typed = email.strip().title() if luck.random() < 0.3 else email.strip()
    return tuple(_zoho_record(module, name, company, title, phone, typed, luck) for module in modules)


def _zoho_record(
    module: ZohoModule, name: dirt.Name, company: Company, title: str, phone: str, email: str, luck: Random
) -> ZohoRecord:
    age = timedelta(seconds=luck.randrange(3 * 86_400, 700 * 86_400))
    return ZohoRecord(
        module=module,
        email=email,
        first_name=name.first,
        last_name=name.last,
        phone=_maybe(phone, luck),
        company=company.name or "Private",
        job_title=_maybe(title, luck, 0.6),
        lifecycle_stage=_maybe(luck.choice(SALES_STAGES), luck, 0.6),
        created_before=age,
        changed_before=age * luck.random(),
    )
