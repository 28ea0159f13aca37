from collections import defaultdict
from importlib.resources import files

from baton.adapters.spelling.regions import region_code

LINES = (files("baton.adapters.spelling") / "countries.txt").read_text(encoding="utf-8").splitlines()
COUNTRIES = [line.split("|") for line in LINES if not line.startswith("#")]


def test_no_name_is_claimed_by_two_countries():
    claims = defaultdict(set)
    for code, *names in COUNTRIES:
        for name in (code, *names):
            claims[name.casefold()].add(code)

    assert {name: codes for name, codes in claims.items() if len(codes) > 1} == {}


def test_every_name_in_the_table_leads_to_its_country():
    astray = [(name, code) for code, *names in COUNTRIES for name in (code, *names) if region_code(name) != code]

    assert astray == []
