"""handoff.yaml as it is written: plays, and who is told of them. What must agree is known by `automation`.

The descriptions are what editors show and what an error advises.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from phonenumbers import SUPPORTED_REGIONS
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from config.policy.references import Address, SecretReference
from config.policy.written_places import CUSTOM_PLACE, ZohoPlacing

Text = Annotated[str, Field(min_length=1, max_length=255)]
Minutes = Annotated[float, Field(gt=0, le=10_080)]
PlayName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
TriggerPlace = Annotated[str, Field(pattern=f"^{CUSTOM_PLACE}$")]
Pilot = Annotated[str, Field(pattern=r"^[^@\s]*@[^@\s]+$")]
ConsentWord = Literal["Unknown", "Subscribed", "Unconfirmed", "Bounced", "Unsubscribed"]
Priority = Literal["Highest", "High", "Normal", "Low", "Lowest"]


def _country(code: str) -> str:
    if code not in SUPPORTED_REGIONS:
        advice = " The United Kingdom is GB." if code.upper() == "UK" else ""
        raise ValueError(f"should be an ISO 3166 code of two capital letters, like DE, GB or US.{advice}")
    return code


Country = Annotated[str, AfterValidator(_country)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class WrittenTrigger(Part):
    """What sets the play off: a stamp that gets a new value, or a number that rises far enough."""

    stamped: TriggerPlace | None = Field(
        default=None, description="A date or date-time field, fields.PERSTAG, that an automation sets to now."
    )
    crosses: TriggerPlace | None = Field(default=None, description="A number field, fields.PERSTAG, such as a score.")
    at_least: float | None = Field(default=None, description="How far the number must rise.")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.stamped is None) == (self.crosses is None):
            raise ValueError("names one thing: {stamped: fields.PERSTAG} or {crosses: fields.PERSTAG, at_least: 80}.")
        if (self.crosses is None) != (self.at_least is None):
            raise ValueError("crosses and at_least belong together: {crosses: fields.PERSTAG, at_least: 80}.")
        return self


class WrittenCondition(Part):
    """One field of the person's Zoho record, and the words it may hold."""

    field: ZohoPlacing = Field(
        description="{Leads: Lead_Status}: a module and its field; a plain API name stands for Leads and Contacts."
    )
    any_of: tuple[Text, ...] = Field(
        strict=False, min_length=1, description="Zoho's words; blank stands for a field that holds nothing."
    )


class WrittenGates(Part):
    """Who is left out of the play."""

    only_if: tuple[WrittenCondition, ...] = Field(
        default=(), strict=False, description="All of these must hold of the Zoho record."
    )
    unless: tuple[WrittenCondition, ...] = Field(
        default=(), strict=False, description="None of these may hold of the Zoho record."
    )
    consent: tuple[ConsentWord, ...] = Field(
        default=(), strict=False, description="The consent statuses that may be handed over. Left out: all."
    )
    pilot: tuple[Pilot, ...] = Field(
        default=(), strict=False, description="name@example.com or @example.com: only these people, while it is tried."
    )


class WrittenRoute(Part):
    """Who gets the people of these countries."""

    countries: tuple[Country, ...] = Field(strict=False, min_length=1, description="ISO 3166 codes: [DE, AT, CH].")
    to: Text = Field(description="A Zoho user: e-mail address, full name or id.")


class WrittenOwner(Part):
    """Who gets a person: the owner now, else the first route of the country, else the one for the rest."""

    keep: bool = Field(default=True, description="Whether a salesperson who owns the record already stays.")
    routes: tuple[WrittenRoute, ...] = Field(default=(), strict=False, description="Asked from first to last.")
    otherwise: Text | None = Field(default=None, description="The Zoho user for whoever no route is meant for.")

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if not self.routes and self.otherwise is None:
            raise ValueError("leads to nobody: name routes, or otherwise: a Zoho user.")
        return self


class WrittenTask(Part):
    """The task a salesperson finds in Zoho."""

    subject: Text = Field(description='Like "Call within 15 minutes: {name}"; {name} and {company} are filled in.')
    priority: Priority = Field(default="Highest", description="Zoho's word: Highest, High, Normal, Low, Lowest.")
    text: Annotated[str, Field(max_length=2_000)] = Field(default="", description="What the task says beside it.")


class WrittenPlay(Part):
    """One handoff rule: what sets it off, who is left out, who gets it."""

    trigger: WrittenTrigger = Field(description="{stamped: fields.PERSTAG} or {crosses: fields.PERSTAG, at_least: 80}.")
    owner: WrittenOwner = Field(description="owner: {routes: [{countries: [DE], to: …}], otherwise: …}")
    task: WrittenTask = Field(description='task: {subject: "Call within 15 minutes: {name}"}')
    gates: WrittenGates = Field(default=WrittenGates(), description="Who is left out.")
    stale_after_minutes: Minutes = Field(default=60, description="A trigger older than this is not acted on.")
    cooldown_days: Annotated[float, Field(ge=0, le=366)] = Field(
        default=7, description="How long a person is left alone by this play after a handoff."
    )
    call_within_minutes: Minutes = Field(default=15, description="By when somebody should have called.")


class WrittenWebhook(Part):
    """An address that is told of handoffs and clocks, each message signed."""

    url: Address = Field(description="Where notices are posted to, like https://hooks.example/baton, or {env: NAME}.")
    secret: SecretReference = Field(description="Where the signing secret is kept: {file: PATH} or {env: NAME}.")
    record_url: Annotated[str, Field(pattern=r"^https://\S*\{id\}\S*$")] | None = Field(
        default=None, description="Where sales opens a record: https://crm.zoho.eu/crm/tab/{module}/{id}"
    )


class WrittenNotices(Part):
    """Who is told. The log always is."""

    webhook: WrittenWebhook | None = Field(default=None, description="webhook: {url: …, secret: {file: PATH}}")


class WrittenHandoff(Part):
    """Which plays there are, and who is told what becomes of them."""

    version: Literal[1] = Field(description="The version of this file's form: 1.")
    plays: Mapping[PlayName, WrittenPlay] = Field(
        description="The play's name in lower case, and under it what it is.",
        json_schema_extra={"additionalProperties": False},
    )
    notices: WrittenNotices = Field(default=WrittenNotices(), description="Who is told.")
