"""A connection ready to work: both accounts with their secrets, the contract, cadences and limits.

Secrets are wrapped: no repr, log line or traceback shows them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from pydantic import SecretStr

from baton.domain.contract import Contract
from baton.domain.plays import Play
from baton.domain.records import Crm, Stream
from baton.domain.sla import ClockRule


@dataclass(frozen=True, slots=True)
class ActiveCampaignAccount:
    """`base_url` is the account's address without `/api/3`."""

    base_url: str
    token: SecretStr
    is_practice: bool = False


@dataclass(frozen=True, slots=True)
class ZohoAccount:
    """`api_url` is None when the sign-in names it. `integration_user` is an id or an e-mail address."""

    accounts_url: str
    client_id: SecretStr
    client_secret: SecretStr
    refresh_token: SecretStr
    api_url: str | None = None
    integration_user: str | None = None
    is_practice: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What the accounts allow; the whole fleet stays under it together."""

    activecampaign_requests_per_second: float = 5
    zoho_concurrency: int = 10
    zoho_credits_per_day: int = 50_000


@dataclass(frozen=True, slots=True)
class Webhook:
    """Who is told of handoffs. `record_url` holds {module} and {id}: where sales opens a record."""

    url: str
    secret: SecretStr
    record_url: str | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """One ActiveCampaign account paired with one Zoho organisation. `cadences` says how often each stream is asked."""

    name: str
    activecampaign: ActiveCampaignAccount
    zoho: ZohoAccount
    contract: Contract
    cadences: Mapping[Stream, timedelta]
    limits: Limits = Limits()
    plays: tuple[Play, ...] = ()
    clock_rules: tuple[ClockRule, ...] = ()
    webhook: Webhook | None = None

    def is_practice(self, crm: Crm) -> bool:
        return self.zoho.is_practice if crm is Crm.ZOHO else self.activecampaign.is_practice
