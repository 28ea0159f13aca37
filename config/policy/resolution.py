"""A policy with its secrets → a connection that can work, or every variable and file that is lacking."""

from collections.abc import Mapping
from datetime import timedelta

from baton.domain.records import CONTACT, CONTACTS, DEALS, LEADS, Crm, Stream, StreamKind
from config.connection import ActiveCampaignAccount, Connection, Limits, ZohoAccount
from config.policy.addresses import activecampaign_base
from config.policy.keeping import Keeping
from config.policy.overlap import Identity
from config.policy.reading import Policy
from config.policy.source import Source
from config.policy.telling import webhook_of
from config.policy.written_connection import ActiveCampaignPart, PullPart, ZohoPart
from config.problems import NotUsable
from config.settings import PullSettings


def resolved(policy: Policy, environ: Mapping[str, str], pull: PullSettings) -> Connection:
    sources = _sources(policy, environ)
    webhook, lacking = webhook_of(policy.automation, environ, policy.folder)
    connection = Connection(
        name=policy.name,
        activecampaign=_activecampaign(sources[Crm.ACTIVECAMPAIGN]),
        zoho=_zoho(sources[Crm.ZOHO], policy.written.zoho.integration_user),
        contract=policy.contract,
        cadences=cadences(policy.written.pull, pull, has_deals=bool(policy.contract.deal_fields)),
        limits=Limits(**policy.written.limits.model_dump()),
        plays=policy.automation.plays,
        clock_rules=policy.automation.clock_rules,
        webhook=webhook,
    )
    problems = [*lacking, *(problem for source in sources.values() for problem in source.problems)]
    if problems:
        raise NotUsable(problems)
    return connection


def identity_of(policy: Policy, environ: Mapping[str, str]) -> Identity:
    sources = _sources(policy, environ)
    zoho = sources[Crm.ZOHO]
    return Identity(
        name=policy.name,
        document=policy.document,
        activecampaign=sources[Crm.ACTIVECAMPAIGN].known_place("base_url"),
        zoho_client=(zoho.known_place("accounts_url"), zoho.known_secret("client_id")),
        organisation=policy.written.zoho.organisation,
    )


def cadences(written: PullPart, pull: PullSettings, *, has_deals: bool = False) -> dict[Stream, timedelta]:
    """The installation's cadences, and the connection's own where it has any."""
    by_key = {
        key: pull_default if (own := getattr(written, key)) is None else timedelta(seconds=own)
        for key, pull_default in (
            ("activecampaign_changes", pull.activecampaign_changes),
            ("zoho_changes", pull.zoho_changes),
            ("zoho_deletions", pull.zoho_deletions),
            ("zoho_deals", pull.zoho_deals),
        )
    }
    streams = {**_STREAMS, **_OF_DEALS} if has_deals else _STREAMS
    return {stream: by_key[key] for stream, key in streams.items()}


_STREAMS: Mapping[Stream, str] = {
    Stream(CONTACT, StreamKind.CHANGES): "activecampaign_changes",
    Stream(LEADS, StreamKind.CHANGES): "zoho_changes",
    Stream(CONTACTS, StreamKind.CHANGES): "zoho_changes",
    Stream(LEADS, StreamKind.DELETIONS): "zoho_deletions",
    Stream(CONTACTS, StreamKind.DELETIONS): "zoho_deletions",
}

_OF_DEALS: Mapping[Stream, str] = {
    Stream(DEALS, StreamKind.CHANGES): "zoho_deals",
    Stream(DEALS, StreamKind.DELETIONS): "zoho_deletions",
}


def _sources(policy: Policy, environ: Mapping[str, str]) -> dict[Crm, Source]:
    written = policy.written
    keeping = Keeping(environ, policy.folder)
    parts: Mapping[Crm, ActiveCampaignPart | ZohoPart]
    parts = {Crm.ACTIVECAMPAIGN: written.activecampaign, Crm.ZOHO: written.zoho}
    return {crm: Source(crm, part, keeping, policy.document, written.practice) for crm, part in parts.items()}


def _activecampaign(source: Source) -> ActiveCampaignAccount:
    base = activecampaign_base(source.address("base_url"))
    return ActiveCampaignAccount(base, source.secret("token"), source.is_practice)


def _zoho(source: Source, integration_user: str | None) -> ZohoAccount:
    has_api_url = not source.is_practice and source.is_written("api_url")
    return ZohoAccount(
        accounts_url=source.address("accounts_url"),
        client_id=source.secret("client_id"),
        client_secret=source.secret("client_secret"),
        refresh_token=source.secret("refresh_token"),
        api_url=source.address("api_url") if has_api_url else None,
        integration_user=integration_user,
        is_practice=source.is_practice,
    )
