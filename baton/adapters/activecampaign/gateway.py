"""One ActiveCampaign account, as the flows ask for it. Which call does what is known by its neighbours."""

from collections.abc import Sequence
from datetime import datetime

from baton.adapters.activecampaign.account import Account as Calls
from baton.adapters.activecampaign.canary import Canary
from baton.adapters.activecampaign.extent import Extent, tag_id, total
from baton.adapters.activecampaign.failures import failure_in
from baton.adapters.activecampaign.fields import FieldDirectory
from baton.adapters.activecampaign.reading import PAGE, ContactReader, window
from baton.adapters.activecampaign.webhooks import ActiveCampaignWebhooks
from baton.adapters.activecampaign.writing import ContactWriter
from baton.adapters.http.wire import Wire
from baton.domain.contract import Schema
from baton.domain.failures import Rejected
from baton.domain.records import CONTACT, Crm, Module, Page, Reading, RecordRef, Seen, Stream, StreamKind
from baton.domain.routing import Salesperson
from baton.ports import Account, Answer, Change, NewRecord, Size, Survey


class ActiveCampaignGateway:
    """Shared by all threads of a worker."""

    crm = Crm.ACTIVECAMPAIGN

    def __init__(self, *, base_url: str, token: str, wire: Wire) -> None:
        self._from_now = wire.from_now
        self._line = wire.line()
        caller = wire.caller(Crm.ACTIVECAMPAIGN, self._line, failure_in)
        self._calls = Calls(base_url=base_url, token=token, caller=caller)
        self._fields = FieldDirectory(account=self._calls, clock=wire.clock)
        self._reader = ContactReader(account=self._calls, fields=self._fields, clock=wire.clock)
        self._writer = ContactWriter(account=self._calls, fields=self._fields, clock=wire.clock)
        self._canary = Canary(account=self._calls, clock=wire.clock)
        self.subscriptions = ActiveCampaignWebhooks(self._calls, wire)

    def read_page(
        self,
        stream: Stream,
        *,
        since: datetime | None,
        position: str | None,
        until: datetime | None = None,
        narrowed: tuple[str, str] | None = None,
    ) -> Page:
        _refuse_other(stream.module)
        if stream.kind is StreamKind.DELETIONS:
            raise Rejected("ActiveCampaign has no list of deletions", code="no_such_stream")
        return self._reader.page(stream, since, position, self._from_now(), Extent(until, narrowed))

    def survey(self, module: Module, *, position: str | None) -> Survey:
        """Contacts come whole: nothing less would show their tags and lists."""
        page = self.read_page(Stream(module, StreamKind.CHANGES), since=None, position=position)
        return Survey(page.began, {row.ref: row.version for row in page.rows}, page.rows, page.position)

    def size(
        self,
        module: Module,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        narrowed: tuple[str, str] | None = None,
    ) -> Size:
        _refuse_other(module)
        extent = Extent(until, narrowed)
        params = [*window(since, after=None, limit=1), *extent.params(is_first=True)]
        reply = self._calls.read("/contacts", self._from_now(), holds="contacts", params=params)
        extent.refuse_another(reply)
        contacts = total(reply)
        return Size(contacts, None if contacts is None else contacts // PAGE + 1)

    def tag_named(self, name: str) -> str | None:
        return tag_id(self._calls, name, self._from_now())

    def read(self, refs: Sequence[RecordRef]) -> Reading:
        for ref in refs:
            _refuse_other(ref.module)
        return self._reader.named(refs, self._from_now())

    def find(self, module: Module, *, field: str, values: Sequence[str]) -> Reading:
        _refuse_other(module)
        return self._reader.holding(field, values, self._from_now())

    def create(self, module: Module, records: Sequence[NewRecord]) -> Sequence[Answer]:
        _refuse_other(module)
        return self._writer.create(records, self._from_now())

    def update(self, module: Module, changes: Sequence[Change]) -> Sequence[Answer]:
        _refuse_other(module)
        return self._writer.update(changes, self._from_now())

    def quietly(self) -> "ActiveCampaignGateway":
        """ActiveCampaign has no such switch: its automations start as they are set up."""
        return self

    def schema(self, module: Module) -> Schema:
        _refuse_other(module)
        return self._fields.schema(self._from_now())

    def whoami(self) -> Account:
        user = (self._calls.read("/users/me", self._from_now(), holds="user").document or {}).get("user")
        known = user if isinstance(user, dict) else {}
        return Account(user_id=str(known.get("id")), label=str(known.get("username") or known.get("email") or ""))

    def users(self) -> Sequence[Salesperson]:
        """Marketing's users are given nothing."""
        return ()

    def tasks_of(self, parent: RecordRef) -> Reading:
        raise Rejected(f"handoffs make no tasks beside {parent.module}", code="no_tasks")

    def filters_work(self, known: Seen) -> bool:
        return self._canary.sings(known, self._from_now())

    def close(self) -> None:
        self._line.close()


def _refuse_other(module: Module) -> None:
    if module != CONTACT:
        raise Rejected(f"ActiveCampaign has no module {module}", code="unknown_module")
