"""What a CRM account is asked: pages, records, creates and updates; and the calls it still allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from baton.domain.contract import Schema
from baton.domain.failures import Failure
from baton.domain.records import Crm, Module, Page, Reading, RecordRef, Seen, Stream, Value
from baton.domain.routing import Salesperson
from baton.ports.hooks import Subscriptions


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to create. `key` is the value of the module's own unique id field, by which it is found again.

    None for a module that has no such field.
    """

    values: Mapping[str, Value]
    key: str | None


@dataclass(frozen=True, slots=True)
class Change:
    ref: RecordRef
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Answer:
    """A vendor's verdict on one record: done as `ref` at `version`, or a failure."""

    ref: RecordRef | None = None
    version: datetime | None = None
    request_id: str | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are at a vendor: for doctor, and to know our own edits from a person's."""

    user_id: str
    label: str
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Size:
    """How many records, and how many calls reading them takes; None: the vendor does not tell."""

    records: int | None = None
    calls: int | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """A stretch of a module's records in the order of their ids, up to `position` (None: to the end).

    `stamps` holds every record of the stretch; `rows` the whole records, where the vendor gives them at no other price.
    """

    began: datetime
    stamps: Mapping[RecordRef, datetime]
    rows: tuple[Seen, ...] = ()
    position: str | None = None

    def up_to(self, last: RecordRef) -> "Survey":
        """The part that ends with this record."""
        stamps = {ref: stamp for ref, stamp in self.stamps.items() if int(ref.id) <= int(last.id)}
        return Survey(self.began, stamps, tuple(row for row in self.rows if row.ref in stamps), last.id)


class Gateway(Protocol):
    """One CRM account. Every call is bounded by an overall deadline and raises only Failures."""

    crm: Crm

    @property
    def subscriptions(self) -> Subscriptions:
        """What this account was told to call when something changes."""

    def read_page(
        self,
        stream: Stream,
        *,
        since: datetime | None,
        position: str | None,
        until: datetime | None = None,
        narrowed: tuple[str, str] | None = None,
    ) -> Page:
        """One page of what changed since (None: everything), from `position` on; deletions are streams of their own.

        `until`: what changed later may be left out. `narrowed`: one of ActiveCampaign's own filters and its id, like
        `listid` and 3.
        """

    def survey(self, module: Module, *, position: str | None) -> Survey:
        """The next stretch of all the records there are, in the order of their ids."""

    def size(
        self,
        module: Module,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        narrowed: tuple[str, str] | None = None,
    ) -> Size:
        """How much there is to read, as far as the vendor tells."""

    def tag_named(self, name: str) -> str | None:
        """The id of the tag with exactly this name."""

    def read(self, refs: Sequence[RecordRef]) -> Reading:
        """The named records of one module as they are now (at most 100)."""

    def find(self, module: Module, *, field: str, values: Sequence[str]) -> Reading:
        """Records whose unique `field` holds one of the values; never through a lagging search index (at most 50)."""

    def create(self, module: Module, records: Sequence[NewRecord]) -> Sequence[Answer]:
        """One answer per record, in order (at most 100). Raises Uncertain when the outcome of the call is unknown."""

    def update(self, module: Module, changes: Sequence[Change]) -> Sequence[Answer]:
        """One answer per record, in order (at most 100). Raises Uncertain when the outcome of the call is unknown."""

    def quietly(self) -> "Gateway":
        """The same account, without setting off the organisation's own workflows: for first matches and backfills."""

    def schema(self, module: Module) -> Schema:
        """The module's fields as the vendor describes them now."""

    def whoami(self) -> Account:
        """The user whose token this is; raises Unauthorised when it is not good."""

    def users(self) -> Sequence[Salesperson]:
        """Who works there and may be given records, and who may not any more."""

    def tasks_of(self, parent: RecordRef) -> Reading:
        """The tasks that hang on this record, for one that was sent with an unknown outcome."""

    def filters_work(self, known: Seen) -> bool:
        """Canaries: a future window is empty; `known` is found at its own stamp and not an hour later."""


class Budget(Protocol):
    """What an account's API still allows, shared by the whole fleet."""

    def ask(self, crm: Crm, *, cost: int = 1, is_complex: bool = False) -> timedelta | None:
        """Takes the right to one call, or tells when to come back."""

    def close(self, crm: Crm, wait: timedelta) -> None:
        """The vendor said stop: nobody calls this account before `wait` is over."""

    def done(self, crm: Crm) -> None:
        """Gives the concurrency slot of a finished call back."""


class Clock(Protocol):
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Token:
    access: str = field(repr=False)
    api_domain: str
    expires: datetime


class Tokens(Protocol):
    """Where the fleet keeps its one token, outside of what may be forgotten."""

    def read(self) -> Token | None:
        """The token as it is kept now, expired or not."""

    def claim_refresh(self, now: datetime) -> bool:
        """Takes the right to ask for a new one.

        False while somebody else holds it (a claim ends by itself after half a minute), before a `give_up` is over,
        and when this would come near ten refreshes in ten minutes.
        """

    def keep(self, token: Token, now: datetime) -> None:
        """Keeps the new token for all and gives the claim back."""

    def give_up(self, now: datetime, wait: timedelta) -> None:
        """Gives the claim back without a token; nobody may claim it before the wait is over."""
