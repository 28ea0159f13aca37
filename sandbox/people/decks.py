"""Dealing kinds of dirt in fixed shares: shuffled decks of forty, so that even a small world has some of each."""

from collections.abc import Iterator, Mapping
from itertools import count
from random import Random

Shares = Mapping[str, int]
"""How many cards of each kind a deck holds."""

EMAIL: Shares = {
    "plain": 25,
    "upper_case": 3,
    "surrounding_blanks": 2,
    "capital_domain": 2,
    "odd_local_part": 2,
    "international_domain": 2,
    "placeholder": 4,
}
NAME: Shares = {
    "plain": 29,
    "unknown": 2,
    "dashes": 1,
    "all_in_first": 3,
    "no_last": 2,
    "lower_case": 1,
    "upper_case": 1,
    "very_long": 1,
}
PHONE: Shares = {
    "local": 18,
    "international": 7,
    "missing": 10,
    "double_zero": 2,
    "extension": 1,
    "words": 1,
    "both": 1,
}
COUNTRY: Shares = {"english": 14, "local": 9, "code": 8, "blank": 9}
STANDING: Shares = {"subscribed": 26, "unsubscribed": 5, "bounced": 3, "unconfirmed": 3, "none": 3}
ZOHO: Shares = {"unknown": 34, "lead": 2, "contact": 2, "both": 1, "twin_leads": 1}
LENGTH: Shares = {"usual": 39, "very_long": 1}


AGAIN: Shares = {
    "nobody": 36,
    "mistyped_address": 1,
    "private_address": 1,
    "company_in_short": 1,
    "same_desk": 1,
}
"""In a large world, who in ActiveCampaign is the person before once more, or shares something with them."""
ANEW: Shares = {"nobody": 24, "no_address": 6, "mistyped_address": 5, "misspelt_name": 5}
"""In a large world, whom sales typed anew although marketing knows them: what went wrong."""


def dealt(shares: Shares, axis: str, seed: int) -> Iterator[str]:
    """Cards from as many decks as are asked for; the first do not depend on how many follow."""
    deck = [kind for kind, number in shares.items() for _ in range(number)]
    for block in count():
        shuffled = deck.copy()
        dice(seed, axis, block).shuffle(shuffled)
        yield from shuffled


def dice(*seeds: object) -> Random:
    # Practice data must come out the same every time: nothing secret rests on these dice.
    return Random(":".join(map(str, seeds)))  # noqa: S311 - repeatable sample data, not a key
