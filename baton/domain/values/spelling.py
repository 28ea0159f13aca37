"""What the domain asks of the libraries that know phones, countries, internet names and likeness.

The domain itself imports none; `workers.wiring` fills this record in.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spelling:
    """
    phone    (number as written, ISO 3166 region or None) → E.164, or None when it is no possible number there.
    region   a country as people write it ("Deutschland", "UK", "us") → its ISO 3166 code, or None.
    alike    how alike two texts are, from 0 to 100, for proposals to a person.
    domain   an internet name → its ASCII form (IDNA), or None when it is not one.
    """

    phone: Callable[[str, str | None], str | None]
    region: Callable[[str], str | None]
    domain: Callable[[str], str | None]
    alike: Callable[[str, str], float]
