"""More countries, for worlds that outgrow the hand-picked places: names from Faker, numbers from the number plans.

Slow to make and so made once, and only when a world is large enough to go there.
"""

from dataclasses import dataclass
from functools import cache

import phonenumbers
from faker import Faker
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from sandbox.people.places import Place

NAMES_TRIED = 250
KEPT_DIGITS = 3
"""How many digits at the end of a number plan's own example are free to be any."""


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    english: str
    local: str
    locale: str
    company_form: str


COUNTRIES = (
    Country("AR", "Argentina", "República Argentina", "es_AR", "S.A."),
    Country("BE", "Belgium", "België", "nl_BE", "BV"),
    Country("BG", "Bulgaria", "България", "bg_BG", "EOOD"),
    Country("CA", "Canada", "CAN", "en_CA", "Inc."),
    Country("CL", "Chile", "CHL", "es_CL", "SpA"),
    Country("CN", "China", "中国", "zh_CN", "Co., Ltd."),
    Country("CZ", "Czechia", "Česko", "cs_CZ", "s.r.o."),
    Country("DK", "Denmark", "Danmark", "da_DK", "ApS"),
    Country("EE", "Estonia", "Eesti", "et_EE", "OÜ"),
    Country("FI", "Finland", "Suomi", "fi_FI", "Oy"),
    Country("GR", "Greece", "Ελλάδα", "el_GR", "AE"),
    Country("HR", "Croatia", "Hrvatska", "hr_HR", "d.o.o."),
    Country("HU", "Hungary", "Magyarország", "hu_HU", "Kft."),
    Country("ID", "Indonesia", "RI", "id_ID", "PT"),
    Country("IE", "Ireland", "Éire", "en_IE", "Ltd"),
    Country("IL", "Israel", "ישראל", "he_IL", "Ltd."),
    Country("IS", "Iceland", "Ísland", "is_IS", "ehf."),
    Country("KR", "South Korea", "대한민국", "ko_KR", "Co., Ltd."),
    Country("LT", "Lithuania", "Lietuva", "lt_LT", "UAB"),
    Country("LV", "Latvia", "Latvija", "lv_LV", "SIA"),
    Country("MX", "Mexico", "México", "es_MX", "S.A. de C.V."),
    Country("NG", "Nigeria", "Naija", "en_NG", "Ltd"),
    Country("NO", "Norway", "Norge", "no_NO", "AS"),
    Country("NZ", "New Zealand", "Aotearoa", "en_NZ", "Ltd"),
    Country("PH", "Philippines", "Pilipinas", "fil_PH", "Corp."),
    Country("PT", "Portugal", "PRT", "pt_PT", "Lda."),
    Country("RO", "Romania", "România", "ro_RO", "SRL"),
    Country("SI", "Slovenia", "Slovenija", "sl_SI", "d.o.o."),
    Country("SK", "Slovakia", "Slovensko", "sk_SK", "s.r.o."),
    Country("TH", "Thailand", "ประเทศไทย", "th_TH", "Co., Ltd."),
    Country("TR", "Türkiye", "Turkey", "tr_TR", "A.Ş."),
    Country("TW", "Taiwan", "臺灣", "zh_TW", "Co., Ltd."),
    Country("UA", "Ukraine", "Україна", "uk_UA", "TOV"),
    Country("ZA", "South Africa", "RSA", "zu_ZA", "(Pty) Ltd"),
)


@cache
def places_abroad() -> tuple[Place, ...]:
    return tuple(_place(country) for country in COUNTRIES)


def _place(country: Country) -> Place:
    faker = Faker(country.locale)
    faker.seed_instance(country.code)
    return Place(
        country.code,
        country.english,
        country.local,
        str(phonenumbers.country_code_for_region(country.code)),
        _phone_shapes(country.code),
        tuple(dict.fromkeys(faker.first_name() for _ in range(NAMES_TRIED))),
        tuple(dict.fromkeys(faker.last_name() for _ in range(NAMES_TRIED))),
        country.company_form,
    )


def _phone_shapes(code: str) -> tuple[str, ...]:
    """How the country writes a mobile and a fixed-line number, the last digits left open."""
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
    examples = [phonenumbers.example_number_for_type(code, kind) for kind in kinds]
    return tuple(_shape(phonenumbers.format_number(each, PhoneNumberFormat.NATIONAL)) for each in examples if each)


def _shape(written: str) -> str:
    digits = [place for place, sign in enumerate(written) if sign.isdigit()]
    is_open = frozenset(digits[-KEPT_DIGITS:])
    return "".join("#" if place in is_open else sign for place, sign in enumerate(written))
