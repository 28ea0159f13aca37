"""contract.yaml as it is written: its keys and their forms. What must agree between them is known by `agreement`.

The descriptions are what editors show and what an error advises.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from baton.domain.contract import Direction, FieldType, Policy, WriteMode
from baton.domain.records import Crm
from config.policy.written_parts import WrittenFilters, WrittenPilot, WrittenPlacing
from config.policy.written_places import (
    CUSTOM_PLACE,
    ActiveCampaignPlace,
    ListId,
    Part,
    Text,
    ZohoName,
    ZohoPlacing,
)


def _with_arrow(value: object) -> object:
    """`a -> b` and `a→b` are the same as `a → b`."""
    if not isinstance(value, str):
        return value
    return " → ".join(part.strip() for part in value.replace("->", "→").split("→"))


DirectionWords = Literal[
    "activecampaign → zoho", "activecampaign -> zoho", "zoho → activecampaign", "zoho -> activecampaign", "both"
]
WrittenDirection = Annotated[
    Direction, Field(strict=False), BeforeValidator(_with_arrow, json_schema_input_type=DirectionWords)
]
SettleSeconds = Annotated[int, Field(ge=0, le=3_600)]
FirstMatch = Literal["owner", "newest", "most_restrictive", "review", "activecampaign", "zoho"]


class WrittenField(Part):
    """One line of the contract: where a value lives on both sides, and who may change it."""

    type: FieldType = Field(strict=False, description="What kind of value it is: text, email, phone, picklist, …")
    activecampaign: ActiveCampaignPlace = Field(
        description="email, firstName, lastName, phone, orgname, consent, or fields.PERSTAG for a custom field.",
    )
    zoho: ZohoPlacing = Field(
        description="A Zoho API name like Lead_Source, or one per module: {Leads: Company, Contacts: Title}."
    )
    direction: WrittenDirection | None = Field(
        default=None,
        description="activecampaign → zoho, zoho → activecampaign, or both. Left out: that of the contract.",
    )
    owner: Crm = Field(default=Crm.ACTIVECAMPAIGN, strict=False, description="Who wins when both sides changed it.")
    policy: Policy = Field(
        default=Policy.OWNER,
        strict=False,
        description="When both sides changed it: owner, newest, most_restrictive, or review (a person settles it).",
    )
    first_match: FirstMatch | None = Field(
        default=None,
        description="Who wins when both records had a value before they met: a policy, activecampaign or zoho.",
    )
    mode: WriteMode = Field(
        default=WriteMode.ALWAYS,
        strict=False,
        description="always; fill_blank: only where empty; create_only: at the create.",
    )
    vocabulary: Mapping[Text, Text] = Field(
        default_factory=dict,
        description="ActiveCampaign's word: Zoho's word. A word that is not named keeps its own.",
    )
    fallback: Text | None = Field(default=None, description="Zoho's word for a word that Zoho does not know.")
    when_blank: Text | None = Field(
        default=None, description="What Zoho gets when there is no value and it insists on one."
    )
    order: tuple[Text, ...] = Field(
        default=(),
        strict=False,
        description="Zoho's words: of a lifecycle from first to last, for most_restrictive from free to restricted.",
    )
    may_go_back: bool = Field(default=False, description="Whether a lifecycle may step back.")
    put_back: bool = Field(default=False, description="Whether an edit of the copy in Zoho is undone.")
    required: bool = Field(
        default=False, description="Nobody is created without it, and clearing it on one side does not travel."
    )


class Country(Part):
    """Where each side keeps the country, by which phone numbers are read."""

    activecampaign: ActiveCampaignPlace | None = Field(default=None, description="fields.PERSTAG")
    zoho: ZohoPlacing | None = Field(default=None, description="A Zoho API name, or one per module.")


class Settling(Part):
    """Seconds of quiet per module, for people who save a form several times. A record waits at most ten times that."""

    activecampaign: SettleSeconds = Field(default=0, description="Seconds of quiet, at most 3600.")
    leads: SettleSeconds = Field(default=0, alias="Leads", description="Seconds of quiet, at most 3600.")
    contacts: SettleSeconds = Field(default=0, alias="Contacts", description="Seconds of quiet, at most 3600.")


class People(Part):
    """What makes a person, and where a new one goes."""

    placement: Literal["Leads", "Contacts"] = Field(
        description="Where a person new to Zoho is created: Leads or Contacts."
    )
    placement_rules: tuple[WrittenPlacing, ...] = Field(
        default=(), strict=False, description="Who is created elsewhere: [{only_if: [{field: tags, …}], to: Contacts}]."
    )
    filters: WrittenFilters = Field(default=WrittenFilters(), description="Which records take part, per side.")
    pilot: WrittenPilot | None = Field(
        default=None, description="The only people who are written about, while it is tried. Left out: everybody."
    )
    activecampaign_id: ZohoName = Field(
        default="ActiveCampaign_ID", description="The Zoho field, unique there, that holds the ActiveCampaign id."
    )
    zoho_id: Annotated[str, Field(pattern=f"^{CUSTOM_PLACE}$")] | None = Field(
        default=None, description="The ActiveCampaign field that holds the Zoho id: fields.ZOHO_ID. Left out: none."
    )
    refused_addresses: tuple[Annotated[str, Field(pattern=r"^[^@\s]*@[^@\s]*$", min_length=2)], ...] = Field(
        default=(),
        strict=False,
        description="E-mail addresses of nobody: name@example.com, name@ (any domain), @example.com (any name).",
    )
    consent_lists: tuple[ListId, ...] = Field(
        default=(),
        strict=False,
        description="Ids of the ActiveCampaign lists whose subscriptions make the consent. None: all lists.",
    )
    country: Country = Field(default=Country(), description="Where each side keeps the country.")
    settle_seconds: Settling = Field(
        default=Settling(), description="How long a changed record must be quiet before it is decided."
    )


class WrittenConsent(Part):
    """Where Zoho keeps an opt-out, and what proves that a person opted in anew."""

    opt_out: ZohoPlacing | None = Field(
        default=None, description="Zoho's yes/no field for it: Email_Opt_Out. Left out: opt-outs stay with marketing."
    )
    left_by: ZohoPlacing | None = Field(
        default=None, description="Zoho's own note of how somebody left, only read: Unsubscribed_Mode."
    )
    evidence_forms: tuple[ListId, ...] = Field(
        default=(),
        strict=False,
        description="Ids of ActiveCampaign forms by which a subscription is the person's own act and lifts an opt-out.",
    )


Most = Annotated[int, Field(ge=0)]


class WrittenGuard(Part):
    """How many writes of a kind may be decided within an hour; more are held until somebody releases them."""

    creates: Most | None = Field(
        default=None, description="New records. Left out: not counted; a first sync makes many."
    )
    clears: Most | None = Field(default=500, description="Values that become blank.")
    owner_changes: Most | None = Field(default=1000, description="Owners shown otherwise in ActiveCampaign.")
    opt_ins: Most | None = Field(default=50, description="Opt-outs that are lifted in Zoho.")


FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class WrittenContract(Part):
    """Which field is which between ActiveCampaign and Zoho CRM, its type, direction, owner and words."""

    version: Literal[1] = Field(description="The version of this file's form: 1.")
    direction: WrittenDirection = Field(
        default=Direction.TO_ZOHO, description="Which way people travel. A field's direction can only narrow it."
    )
    first_match: Literal["owner", "newest", "review", "activecampaign", "zoho"] | None = Field(
        default=None,
        description="Who wins a field that both records had filled before they met. Left out: each field's policy.",
    )
    people: People = Field(description="What makes a person, and where a new one goes: people: {placement: Leads}")
    guard: WrittenGuard = Field(
        default=WrittenGuard(), description="How many risky writes an hour may bring before they are held."
    )
    consent: WrittenConsent = Field(
        default=WrittenConsent(), description="Where Zoho keeps an opt-out, and what proves an opt-in."
    )
    fields: Mapping[FieldName, WrittenField] = Field(
        description="Our name of a field in lower case, and under it where it lives on both sides.",
        json_schema_extra={"additionalProperties": False},
    )


def directed(field: WrittenField, contract: WrittenContract) -> Direction:
    return field.direction or contract.direction
