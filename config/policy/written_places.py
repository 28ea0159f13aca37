"""The forms that several files of a connection share: names and places on both sides."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from config.problems import did_you_mean

ZOHO_NAME = r"^[A-Za-z][A-Za-z0-9_]*$"
ZOHO_PLACE = r"^(deal\.)?[A-Za-z][A-Za-z0-9_]*$"
OWN_PLACES = ("email", "firstName", "lastName", "phone", "orgname", "consent")
CUSTOM_PLACE = r"fields\.[A-Z0-9_]+"

Text = Annotated[str, Field(min_length=1, max_length=255)]
ZohoName = Annotated[str, Field(pattern=ZOHO_NAME)]
ZohoPlace = Annotated[str, Field(pattern=ZOHO_PLACE)]


def _known_place(place: str) -> str:
    if place in OWN_PLACES or re.fullmatch(CUSTOM_PLACE, place):
        return place
    perstag = place.removeprefix("fields.").upper()
    likely = f"fields.{perstag}"
    if place.startswith("fields.") and re.fullmatch(CUSTOM_PLACE, likely):
        raise ValueError(f'"{place}" is no place in ActiveCampaign. Did you mean "{likely}"?')
    near = did_you_mean(place, (*OWN_PLACES, "fields.PERSTAG"))
    raise ValueError(f'"{place}" is no place in ActiveCampaign. {near}')


def _list_id(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


ActiveCampaignPlace = Annotated[
    str,
    AfterValidator(_known_place),
    WithJsonSchema({"type": "string", "pattern": f"^({'|'.join(OWN_PLACES)}|{CUSTOM_PLACE})$"}),
]
ListId = Annotated[str, Field(pattern=r"^[0-9]+$"), BeforeValidator(_list_id, json_schema_input_type=str | int)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ZohoPlaces(Part):
    """A field's name per Zoho module. A module that is left out does not take part."""

    leads: ZohoPlace | None = Field(default=None, alias="Leads", description="The field's API name in Leads.")
    contacts: ZohoPlace | None = Field(
        default=None, alias="Contacts", description="The field's API name in Contacts; deal.Stage: of the last deal."
    )


def _form(value: object) -> str:
    return "one name" if isinstance(value, str) else "name per module"


ZohoPlacing = Annotated[
    Annotated[ZohoPlace, Tag("one name")] | Annotated[ZohoPlaces, Tag("name per module")], Discriminator(_form)
]


def zoho_places(placing: str | ZohoPlaces | None) -> dict[str, str]:
    """The field's name per module; one name alone stands for both modules."""
    if isinstance(placing, str):
        return {"Leads": placing, "Contacts": placing}
    named = {} if placing is None else {"Leads": placing.leads, "Contacts": placing.contacts}
    return {module: place for module, place in named.items() if place is not None}
