"""Reads records: what changed, in order of (Modified_Time, id), what was deleted, and records by id or unique field."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from baton.adapters.http.ask import Ask
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import Reply
from baton.adapters.zoho import coql
from baton.adapters.zoho.account import Account
from baton.adapters.zoho.metadata import Metadata
from baton.adapters.zoho.rows import seen
from baton.adapters.zoho.selection import Selection
from baton.adapters.zoho.stamps import written
from baton.domain.failures import Rejected, Unreachable
from baton.domain.records import LEADS, Module, Page, Reading, RecordRef, Seen, Stream
from baton.ports import Clock

_IDS = 100
_DELETED_PAGE = 200
_DELETED_COST = 2
_INVALID_QUERY = "INVALID_QUERY"


class RecordReader:
    def __init__(self, *, account: Account, metadata: Metadata, selection: Selection, clock: Clock) -> None:
        self._account = account
        self._metadata = metadata
        self._selection = selection
        self._clock = clock

    def changes(
        self,
        stream: Stream,
        since: datetime | None,
        position: str | None,
        deadline: Deadline,
        until: datetime | None = None,
    ) -> Page:
        """An incremental window begins with a small page: most bring little, and a query costs by its limit."""
        module = stream.module
        after = None if position is None else coql.Position.parse(position)
        limit = coql.PAGE if since is None or after else coql.FIRST_PAGE

        def query(fields: Sequence[str]) -> str:
            return coql.changes(module.name, fields, since=since, after=after, limit=limit, until=until)

        reply = self._query_fields(module, query, limit, deadline)
        rows = self._rows(module, reply)
        is_last = not rows or not has_more(reply, len(rows), limit)
        return Page(stream, reply.began, rows, position=None if is_last else str(_next(rows[-1], after)))

    def deletions(self, stream: Stream, since: datetime | None, position: str | None, deadline: Deadline) -> Page:
        number = int(position or 1)
        ask = Ask(
            method="GET",
            url=f"/{stream.module.name}/deleted",
            route="/{module}/deleted",
            params=(("type", "all"), ("page", str(number)), ("per_page", str(_DELETED_PAGE))),
            headers={} if since is None else {"If-Modified-Since": written(since)},
            holds="data",
            cost=_DELETED_COST,
        )
        reply = self._account.send(ask, deadline)
        gone = tuple(RecordRef(stream.module, str(item["id"])) for item in reply.items("data"))
        is_last = not gone or not has_more(reply, len(gone), _DELETED_PAGE)
        return Page(stream, reply.began, gone=gone, position=None if is_last else str(number + 1))

    def named(self, refs: Sequence[RecordRef], deadline: Deadline) -> Reading:
        began, found = self._clock.now(), dict[RecordRef, Seen]()
        for number, (module, ids) in enumerate(_chunks(refs)):
            reply = self._by_ids(module, ids, deadline)
            rows = self._rows(module, reply)
            if any(row.ref.id not in ids for row in rows):
                raise Unreachable("GET /{module}: the filter by ids was ignored", code="filter_ignored")
            began = reply.began if number == 0 else began
            found |= {row.ref: row for row in rows}
        return Reading(began, tuple(found.values()), tuple(ref for ref in refs if ref not in found))

    def holding(self, module: Module, field: str, values: Sequence[str], deadline: Deadline) -> Reading:
        began, found = self._clock.now(), dict[RecordRef, Seen]()
        for start in range(0, len(values), coql.VALUES):
            chunk = values[start : start + coql.VALUES]
            query = partial(coql.holding, module.name, field=field, values=chunk)
            reply = self._query_fields(module, query, coql.FIRST_PAGE, deadline)
            began = reply.began if start == 0 else began
            found |= {row.ref: row for row in self._rows(module, reply)}
        return Reading(began, tuple(found.values()))

    def _query_fields(
        self, module: Module, query: Callable[[Sequence[str]], str], limit: int, deadline: Deadline
    ) -> Reply:
        """A query that names a field which is not there any more is refused whole: it is asked without it."""
        try:
            return self.query(query(self._selection.asked(module, self._clock.now())), limit, deadline)
        except Rejected as refused:
            if refused.code != _INVALID_QUERY:
                raise
            there = self._metadata.schema(module, deadline)
            if not self._selection.narrow(module, there, self._clock.now()):
                raise
            return self.query(query(self._selection.asked(module, self._clock.now())), limit, deadline)

    def _rows(self, module: Module, reply: Reply) -> tuple[Seen, ...]:
        wanted = self._selection.mapped(module)
        return tuple(seen(module, record, reply.began, wanted) for record in reply.items("data"))

    def query(self, query: str, limit: int, deadline: Deadline) -> Reply:
        ask = Ask(
            method="POST",
            url="/coql",
            route="/coql",
            body={"select_query": query},
            holds="data",
            cost=coql.cost(limit),
            is_complex=True,
        )
        return self._account.send(ask, deadline)

    def _by_ids(self, module: Module, ids: Sequence[str], deadline: Deadline) -> Reply:
        params = [("ids", ",".join(ids)), ("fields", ",".join(self._selection[module]))]
        if module == LEADS:
            # Converted leads are left out of lists unless they are asked for.
            params.append(("converted", "both"))
        ask = Ask(method="GET", url=f"/{module.name}", route="/{module}", params=tuple(params), holds="data")
        return self._account.send(ask, deadline)


def _next(last: Seen, after: coql.Position | None) -> coql.Position:
    reached = coql.Position(last.version, last.ref.id)
    if after is not None and (reached.modified, int(reached.id)) <= (after.modified, int(after.id)):
        # Going on from here would never end.
        raise Unreachable("POST /coql: the order of the rows was ignored", code="order_ignored")
    return reached


def has_more(reply: Reply, count: int, limit: int) -> bool:
    info = (reply.document or {}).get("info")
    said = info.get("more_records") if isinstance(info, dict) else None
    return said if isinstance(said, bool) else count >= limit


def _chunks(refs: Sequence[RecordRef]) -> Iterator[tuple[Module, Sequence[str]]]:
    unique = list(dict.fromkeys(refs))
    for module in dict.fromkeys(ref.module for ref in unique):
        ids = [ref.id for ref in unique if ref.module == module]
        for start in range(0, len(ids), _IDS):
            yield module, ids[start : start + _IDS]
