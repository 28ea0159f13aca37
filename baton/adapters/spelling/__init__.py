"""Fills in the domain's `Spelling` with the libraries that know phones, countries, internet names and likeness."""

from baton.adapters.spelling.internet_names import ascii_domain
from baton.adapters.spelling.likeness import alike
from baton.adapters.spelling.phones import e164
from baton.adapters.spelling.regions import region_code
from baton.domain.values.spelling import Spelling

__all__ = ["spelling"]


def spelling() -> Spelling:
    return Spelling(phone=e164, region=region_code, domain=ascii_domain, alike=alike)
