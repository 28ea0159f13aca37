"""connection.yaml as it is written: addresses, references to secrets, limits. No secret ever stands in it."""

from typing import Annotated, Literal

from phonenumbers import SUPPORTED_REGIONS
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from config.policy.references import Address, SecretReference


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _region(code: str) -> str:
    if code not in SUPPORTED_REGIONS:
        nickname = " The United Kingdom is GB." if code.upper() == "UK" else ""
        raise ValueError(f"should be an ISO 3166 code of two capital letters, like DE, GB or US.{nickname}")
    return code


class ActiveCampaignPart(Part):
    """The ActiveCampaign account."""

    base_url: Address = Field(description="The account's API address, from Settings › Developer, or {env: NAME}.")
    token: SecretReference = Field(description="Where the API key is kept: {env: NAME} or {file: PATH}.")


class ZohoPart(Part):
    """The Zoho organisation and the self client that acts for us."""

    accounts_url: Address = Field(
        description="Zoho's sign-in address of your data centre, like https://accounts.zoho.eu."
    )
    api_url: Address | None = Field(default=None, description="Left out: the address that the sign-in names.")
    client_id: SecretReference = Field(description="Where the client id is kept: {env: NAME} or {file: PATH}.")
    client_secret: SecretReference = Field(description="Where the client secret is kept: {env: NAME} or {file: PATH}.")
    refresh_token: SecretReference = Field(description="Where the refresh token is kept: {env: NAME} or {file: PATH}.")
    organisation: str | None = Field(
        default=None,
        pattern=r"^[0-9A-Za-z]+$",
        description="The organisation's id, in quotes; lets two connections on one be refused.",
    )
    integration_user: str | None = Field(
        default=None,
        min_length=1,
        description="Id or e-mail address of the user whose token this is, and nobody else's.",
    )


PerSecond = Annotated[float, Field(gt=0, le=100)]
Seconds = Annotated[float, Field(gt=0, le=604_800)]


class LimitsPart(Part):
    """What the accounts' plans allow; the whole fleet stays under it together."""

    activecampaign_requests_per_second: PerSecond = Field(default=5, description="5 on every plan.")
    zoho_concurrency: int = Field(
        default=10, ge=1, le=25, description="Calls at one time; Zoho's editions allow 5 to 25."
    )
    zoho_credits_per_day: int = Field(
        default=50_000,
        ge=1_000,
        description="API credits of any 24 hours: 50,000 and some per user on paid editions, 5,000 on the free one.",
    )


class PullPart(Part):
    """How often each stream is asked, in seconds. Left out: the installation's own cadence."""

    activecampaign_changes: Seconds | None = Field(default=None, description="Seconds between two reads.")
    zoho_changes: Seconds | None = Field(default=None, description="Seconds between two reads.")
    zoho_deletions: Seconds | None = Field(default=None, description="Seconds between two reads.")
    zoho_deals: Seconds | None = Field(
        default=None, description="Seconds between two reads; only where the contract shows a field of the last deal."
    )


class WrittenConnection(Part):
    """One ActiveCampaign account paired with one Zoho organisation."""

    version: Literal[1] = Field(description="The version of this file's form: 1.")
    practice: bool = Field(
        default=False, description="Whether the practice CRMs take the place of an account whose secrets are not set."
    )
    activecampaign: ActiveCampaignPart = Field(description="The ActiveCampaign account: base_url and token.")
    zoho: ZohoPart = Field(description="The Zoho organisation: accounts_url, client_id, client_secret, refresh_token.")
    limits: LimitsPart = Field(default=LimitsPart(), description="What the accounts' plans allow.")
    pull: PullPart = Field(default=PullPart(), description="How often each stream is asked, in seconds.")
    default_region: Annotated[str, AfterValidator(_region)] | None = Field(
        default=None, description="The country of phone numbers whose record names none: an ISO 3166 code like DE."
    )
