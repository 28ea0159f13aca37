"""What is known of one sample person, as typed into each CRM. Vendor field names and picklists are the CRMs' matter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class Standing(StrEnum):
    """How a person stands on a mailing list."""

    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    UNCONFIRMED = "unconfirmed"


class ZohoModule(StrEnum):
    LEADS = "Leads"
    CONTACTS = "Contacts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZohoRecord:
    """A record a sales person made by hand before anything was synchronised. Blank is `""`."""

    module: ZohoModule
    email: str
    first_name: str
    last_name: str
    phone: str
    company: str
    job_title: str
    lifecycle_stage: str
    created_before: timedelta
    changed_before: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """One person. Stamps are told as how long before the world was made they lie."""

    number: int
    in_activecampaign: bool
    email: str
    first_name: str
    last_name: str
    phone: str
    company: str
    job_title: str
    country: str
    country_code: str
    lifecycle_stage: str
    lead_source: str
    industry: str
    renewal_date: str
    budget: str
    standing: Standing | None
    lists: Mapping[str, Standing] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    zoho: tuple[ZohoRecord, ...] = ()
    created_before: timedelta = timedelta(days=30)
    changed_before: timedelta = timedelta(days=1)
