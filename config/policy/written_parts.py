"""Who takes part, as contract.yaml says it: filters, the pilot, and where people are created."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from baton.domain.conditions import SEVERAL
from config.policy.written_places import CUSTOM_PLACE, OWN_PLACES, ListId, Part, Text, ZohoPlacing
from config.problems import did_you_mean


def _asked(place: str) -> str:
    known = (*(own for own in OWN_PLACES if own != "consent"), *SEVERAL)
    if place in known or re.fullmatch(CUSTOM_PLACE, place):
        return place
    near = did_you_mean(place, (*known, "fields.PERSTAG"))
    raise ValueError(f'"{place}" is nothing that a contact can be asked for. {near}')


class WrittenOfContact(Part):
    """One place of the ActiveCampaign contact, and the words that may stand there."""

    field: Annotated[str, AfterValidator(_asked)] = Field(
        description="tags, lists (by their ids), email, phone, orgname, or fields.PERSTAG."
    )
    any_of: tuple[Text, ...] = Field(
        strict=False, min_length=1, description="The words; blank stands for a field that holds nothing."
    )


class WrittenOfRecord(Part):
    """One field of the Zoho record, and the words that may stand there."""

    field: ZohoPlacing = Field(description="{Leads: Lead_Status}, or one API name for both modules.")
    any_of: tuple[Text, ...] = Field(
        strict=False, min_length=1, description="The words; blank stands for a field that holds nothing."
    )


class WrittenContactFilter(Part):
    """Which contacts take part."""

    only_if: tuple[WrittenOfContact, ...] = Field(default=(), strict=False, description="All of these must hold.")
    unless: tuple[WrittenOfContact, ...] = Field(default=(), strict=False, description="None of these may hold.")


class WrittenRecordFilter(Part):
    """Which Zoho records take part."""

    only_if: tuple[WrittenOfRecord, ...] = Field(default=(), strict=False, description="All of these must hold.")
    unless: tuple[WrittenOfRecord, ...] = Field(default=(), strict=False, description="None of these may hold.")


class WrittenFilters(Part):
    """Which records take part, per side; a person takes part when both of theirs do."""

    activecampaign: WrittenContactFilter = Field(
        default=WrittenContactFilter(), description="{only_if: [{field: tags, any_of: [Customer]}], unless: […]}"
    )
    zoho: WrittenRecordFilter = Field(
        default=WrittenRecordFilter(), description="{only_if: [{field: Lead_Status, any_of: […]}], unless: […]}"
    )


class WrittenPilot(Part):
    """The only people who are written about: whoever one of these names."""

    tag: Text | None = Field(default=None, description="An ActiveCampaign tag.")
    list: ListId | None = Field(default=None, description="The id of an ActiveCampaign list.")
    people: tuple[Annotated[str, Field(pattern=r"^[^\s]+$")], ...] = Field(
        default=(), strict=False, description="name@example.com, @example.com, or refs like zoho:Leads:4876000000123."
    )

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if self.tag is None and self.list is None and not self.people:
            raise ValueError("names nobody: give a tag, a list or people, or take it out.")
        return self


class WrittenPlacing(Part):
    """Where people are created of whom all conditions hold."""

    only_if: tuple[WrittenOfContact, ...] = Field(
        strict=False, min_length=1, description="All of these must hold of the contact."
    )
    to: Literal["Leads", "Contacts"] = Field(description="Leads or Contacts.")
