"""The addresses and copies of records: crm, module, ref, row, and what a read brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

Value = str | int | float | bool | None
Row = Mapping[str, object]
"""A whole record as its gateway hands it over: vendor keys, JSON values."""


class Crm(StrEnum):
    ACTIVECAMPAIGN = "activecampaign"
    ZOHO = "zoho"

    @property
    def other(self) -> "Crm":
        return Crm.ZOHO if self is Crm.ACTIVECAMPAIGN else Crm.ACTIVECAMPAIGN


@dataclass(frozen=True, slots=True, order=True)
class Module:
    """A kind of record in one crm, written `zoho:Leads`."""

    crm: Crm
    name: str

    def __str__(self) -> str:
        return f"{self.crm}:{self.name}"

    @classmethod
    def parse(cls, text: str) -> Self:
        crm, _, name = text.partition(":")
        if not name or ":" in name:
            raise ValueError(f"{text!r} is not a module; it should look like zoho:Leads")
        return cls(Crm(crm), name)


@dataclass(frozen=True, slots=True, order=True)
class RecordRef:
    """The address of one record, written `zoho:Leads:4876…` or `activecampaign:contact:12`."""

    module: Module
    id: str

    @property
    def crm(self) -> Crm:
        return self.module.crm

    def __str__(self) -> str:
        return f"{self.module}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        module, _, id_ = text.rpartition(":")
        if not id_:
            raise ValueError(f"{text!r} is not a ref; it should look like zoho:Leads:4876000000123")
        return cls(Module.parse(module), id_)


CONTACT = Module(Crm.ACTIVECAMPAIGN, "contact")
LEADS = Module(Crm.ZOHO, "Leads")
CONTACTS = Module(Crm.ZOHO, "Contacts")
DEALS = Module(Crm.ZOHO, "Deals")


@dataclass(frozen=True, slots=True)
class Seen:
    """One record as a read showed it.

    `version` is the vendor's own change stamp (whole seconds, so two edits may share one);
    `editor` is the vendor's user id of the last editor where the vendor tells it.
    """

    ref: RecordRef
    row: Row
    version: datetime
    editor: str | None = None


class StreamKind(StrEnum):
    CHANGES = "changes"
    DELETIONS = "deletions"


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """One thing that is pulled, written `zoho:Leads:deletions`."""

    module: Module
    kind: StreamKind

    def __str__(self) -> str:
        return f"{self.module}:{self.kind}"

    @classmethod
    def parse(cls, text: str) -> Self:
        module, _, kind = text.rpartition(":")
        return cls(Module.parse(module), StreamKind(kind))


@dataclass(frozen=True, slots=True)
class Page:
    """What one read of a stream brought.

    `began` is when the read began, by the vendor's clock. `position` is where the next page starts;
    None means that the pass is complete. `gone` names records the vendor says were deleted.
    """

    stream: Stream
    began: datetime
    rows: tuple[Seen, ...] = ()
    gone: tuple[RecordRef, ...] = ()
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a read of named records brought; `missing` are those the vendor did not return."""

    began: datetime
    rows: tuple[Seen, ...] = ()
    missing: tuple[RecordRef, ...] = ()
