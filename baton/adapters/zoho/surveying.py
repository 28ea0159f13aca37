"""All records of a module by id and stamp alone, and how many there are."""

from baton.adapters.http.ask import Ask
from baton.adapters.http.deadline import Deadline
from baton.adapters.zoho import coql
from baton.adapters.zoho.account import Account
from baton.adapters.zoho.reading import RecordReader, has_more
from baton.adapters.zoho.stamps import stamp
from baton.domain.failures import Unreachable
from baton.domain.records import Module, RecordRef
from baton.ports import Size, Survey


def survey(reader: RecordReader, module: Module, position: str | None, deadline: Deadline) -> Survey:
    reply = reader.query(coql.listed(module.name, after=position), coql.PAGE, deadline)
    records = reply.items("data")
    ids = [int(position or 0), *(int(str(record["id"])) for record in records)]
    if ids != sorted(set(ids)):
        # Going on from a page that is not in order would skip records or never end.
        raise Unreachable("POST /coql: the order of the rows was ignored", code="order_ignored")
    stamps = {
        RecordRef(module, str(record["id"])): stamp(record.get("Modified_Time")) or reply.began for record in records
    }
    is_last = not records or not has_more(reply, len(records), coql.PAGE)
    return Survey(reply.began, stamps, position=None if is_last else str(ids[-1]))


def size(account: Account, module: Module, deadline: Deadline) -> Size:
    """Converted leads are not among those counted, though queries show them."""
    ask = Ask(method="GET", url=f"/{module.name}/actions/count", route="/{module}/actions/count")
    told = str((account.send(ask, deadline).document or {}).get("count"))
    return Size(int(told), int(told) // coql.PAGE + 1) if told.isdecimal() else Size()
