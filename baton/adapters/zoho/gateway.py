"""One Zoho CRM organisation, as the flows ask for it. Which call does what is known by its neighbours."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime

from baton.adapters.http.ask import Ask
from baton.adapters.http.wire import Wire
from baton.adapters.zoho.account import Account as Calls
from baton.adapters.zoho.canary import Canary
from baton.adapters.zoho.failures import failure_in
from baton.adapters.zoho.metadata import Metadata
from baton.adapters.zoho.notifications import ZohoNotifications
from baton.adapters.zoho.reading import RecordReader
from baton.adapters.zoho.related import related_tasks
from baton.adapters.zoho.selection import Selection
from baton.adapters.zoho.signing_in import Credentials, SignIn
from baton.adapters.zoho.surveying import size, survey
from baton.adapters.zoho.tokens import TokenSource
from baton.adapters.zoho.users import all_users
from baton.adapters.zoho.writing import RecordWriter
from baton.domain.contract import Schema
from baton.domain.failures import Rejected, Unauthorised
from baton.domain.records import Crm, Module, Page, Reading, RecordRef, Seen, Stream, StreamKind
from baton.domain.routing import Salesperson
from baton.ports import Account, Answer, Change, NewRecord, Size, Survey, Tokens


class ZohoGateway:
    """Shared by all threads of a worker. `quiet`: writes run none of the organisation's workflows."""

    crm = Crm.ZOHO

    def __init__(
        self,
        *,
        accounts_url: str,
        credentials: Credentials,
        tokens: Tokens,
        fields: Mapping[Module, Iterable[str]],
        wire: Wire,
        api_url: str | None = None,
        key_field: str = "ActiveCampaign_ID",
        quiet: bool = False,
    ) -> None:
        self._from_now = wire.from_now
        self._clock = wire.clock
        self._line = wire.line()
        sign_in = SignIn(
            line=self._line,
            witness=wire.witness(Crm.ZOHO),
            clock=wire.clock,
            accounts_url=accounts_url,
            api_url=api_url,
            credentials=credentials,
        )
        source = TokenSource(tokens=tokens, refresh=sign_in.refresh, clock=wire.clock)
        self._calls = Calls(caller=wire.caller(Crm.ZOHO, self._line, failure_in), source=source)
        self._metadata = Metadata(account=self._calls, clock=wire.clock)
        self._reader = RecordReader(
            account=self._calls, metadata=self._metadata, selection=Selection(fields), clock=wire.clock
        )
        self._writer = RecordWriter(
            account=self._calls,
            metadata=self._metadata,
            key_field=key_field,
            is_quiet=quiet,
        )
        self._canary = Canary(reader=self._reader, clock=wire.clock)
        self.subscriptions = ZohoNotifications(self._calls, wire)

    def holding_several(self, places: Mapping[Module, frozenset[str]]) -> "ZohoGateway":
        """The same account, which knows that these fields hold several choices: Zoho takes them as lists."""
        other = copy(self)
        other._writer = replace(self._writer, several=places)
        return other

    def quietly(self) -> "ZohoGateway":
        """The same account over the same connections, but quiet: for first matches and backfills."""
        other = copy(self)
        other._writer = replace(self._writer, is_quiet=True)
        return other

    def read_page(
        self,
        stream: Stream,
        *,
        since: datetime | None,
        position: str | None,
        until: datetime | None = None,
        narrowed: tuple[str, str] | None = None,
    ) -> Page:
        _refuse_narrowed(narrowed)
        if stream.kind is StreamKind.DELETIONS:
            return self._reader.deletions(stream, since, position, self._from_now())
        return self._reader.changes(stream, since, position, self._from_now(), until)

    def survey(self, module: Module, *, position: str | None) -> Survey:
        return survey(self._reader, module, position, self._from_now())

    def size(
        self,
        module: Module,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        narrowed: tuple[str, str] | None = None,
    ) -> Size:
        _refuse_narrowed(narrowed)
        return size(self._calls, module, self._from_now()) if since is None and until is None else Size()

    def tag_named(self, name: str) -> str | None:
        raise Rejected("lists, segments and tags are ActiveCampaign's", code="unknown_filter")

    def read(self, refs: Sequence[RecordRef]) -> Reading:
        return self._reader.named(refs, self._from_now())

    def find(self, module: Module, *, field: str, values: Sequence[str]) -> Reading:
        return self._reader.holding(module, field, values, self._from_now())

    def create(self, module: Module, records: Sequence[NewRecord]) -> Sequence[Answer]:
        return self._writer.create(module, records, self._from_now())

    def update(self, module: Module, changes: Sequence[Change]) -> Sequence[Answer]:
        return self._writer.update(module, changes, self._from_now())

    def schema(self, module: Module) -> Schema:
        return self._metadata.schema(module, self._from_now())

    def whoami(self) -> Account:
        ask = Ask(method="GET", url="/users", route="/users", params=(("type", "CurrentUser"),), holds="users")
        users = self._calls.send(ask, self._from_now()).items("users")
        if not users:
            raise Unauthorised("Zoho does not say whose token this is", code="nobody")
        user = users[0]
        return Account(str(user.get("id")), str(user.get("full_name") or ""), user.get("status", "active") == "active")

    def users(self) -> Sequence[Salesperson]:
        return all_users(self._calls, self._from_now())

    def tasks_of(self, parent: RecordRef) -> Reading:
        return related_tasks(self._calls, self._clock, parent, self._from_now())

    def filters_work(self, known: Seen) -> bool:
        return self._canary.sings(known, self._from_now())

    def close(self) -> None:
        self._line.close()


def _refuse_narrowed(narrowed: tuple[str, str] | None) -> None:
    if narrowed is not None:
        raise Rejected("lists, segments and tags are ActiveCampaign's", code="unknown_filter")
