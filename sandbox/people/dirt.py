"""What real data does to a good value: each function takes the clean value and gives what somebody typed."""

from dataclasses import dataclass
from random import Random

from sandbox.people.places import Place

PLACEHOLDERS = (
    "test@test.example",
    "noreply@{domain}",
    "none@none.example",
    "na@na.example",
    "info@{domain}",
    "asdf@asdf.example",
)
INTERNATIONAL_DOMAINS = (
    "müller-optik.example",
    "xn--mller-optik-thb.example",
    "café-océan.example",
    "bücher-häuser.example",
)
LONG_NAME = "von und zu Hohenstein-Rabenfels-Lichtenberg-Wolkenburg auf der Oberen Mühle am Großen Krummen Wasser"
LONG_TITLE = (
    "Deputy Assistant Vice President for Regional Partner Enablement and Cross-Functional Process Harmonisation "
)
LONG_COMPANY = "Consolidated Holding for the Manufacture, Distribution and Maintenance of Precision Instruments "


@dataclass(frozen=True, slots=True)
class Name:
    first: str
    last: str


def typed_name(name: Name, kind: str) -> Name:
    typed = {
        "unknown": Name("Unknown", "Unknown"),
        "dashes": Name("n/a", "-"),
        "all_in_first": Name(f"{name.first} {name.last}", ""),
        "no_last": Name(name.first, ""),
        "lower_case": Name(name.first.lower(), name.last.lower()),
        "upper_case": Name(name.first.upper(), f" {name.last.upper()} "),
        "very_long": Name(name.first, f"{name.last} {LONG_NAME}"),
    }
    return typed.get(kind, name)


def typed_email(local: str, domain: str, kind: str, dice: Random) -> str:
    odd = (f"{local}+news@{domain}", f"o'{local}@{domain}", f"{local}_/x@{domain}")
    typed = {
        "upper_case": f"{local}@{domain}".upper(),
        "surrounding_blanks": f"  {local}@{domain} ",
        "capital_domain": f"{local.title()}@{domain.title()}",
        "odd_local_part": dice.choice(odd),
        "international_domain": f"{local}@{dice.choice(INTERNATIONAL_DOMAINS)}",
        "placeholder": dice.choice(PLACEHOLDERS).format(domain=domain),
    }
    return typed.get(kind, f"{local}@{domain}")


def typed_phone(place: Place, kind: str, dice: Random) -> str:
    local, other = (_filled(dice.choice(place.phone_shapes), dice) for _ in range(2))
    abroad = _without_trunk(local, place)
    typed = {
        "missing": "",
        "international": f"+{place.calling_code} {abroad}",
        "double_zero": f"00{place.calling_code}{abroad.replace(' ', '')}",
        "extension": f"{local} ext. {dice.randrange(10, 99)}",
        "words": "call the front desk",
        "both": f"{local} / {other}",
    }
    return typed.get(kind, local)


def typed_country(place: Place, kind: str) -> str:
    return {"english": place.english, "local": place.local, "code": place.code}.get(kind, "")


def overlong(text: str) -> str:
    return text * 3


def _filled(shape: str, dice: Random) -> str:
    return "".join(str(dice.randrange(10)) if sign == "#" else sign for sign in shape)


def _without_trunk(local: str, place: Place) -> str:
    # Italy keeps its leading zero abroad; the others here drop it.
    bare = local.replace("(", "").replace(")", "")
    return bare if place.code == "IT" else bare.removeprefix("0")
