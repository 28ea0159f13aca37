"""Reads the tasks that hang on a record: related lists come from the books and not from the lagging search index."""

from baton.adapters.http.ask import Ask
from baton.adapters.http.deadline import Deadline
from baton.adapters.zoho.account import Account
from baton.adapters.zoho.rows import seen
from baton.domain.records import Reading, RecordRef, Seen
from baton.domain.tasking import TASKS
from baton.ports import Clock

TASK_FIELDS = (
    "id",
    "Subject",
    "Status",
    "Description",
    "Owner",
    "Due_Date",
    "Created_Time",
    "Modified_Time",
    "Modified_By",
)
_PAGE = 200
_MOST_PAGES = 10


def related_tasks(account: Account, clock: Clock, parent: RecordRef, deadline: Deadline) -> Reading:
    began, found = clock.now(), dict[RecordRef, Seen]()
    for number in range(1, _MOST_PAGES + 1):
        ask = Ask(
            method="GET",
            url=f"/{parent.module.name}/{parent.id}/Tasks",
            route="/{module}/{id}/{related_list}",
            params=(("fields", ",".join(TASK_FIELDS)), ("page", str(number)), ("per_page", str(_PAGE))),
            holds="data",
        )
        reply = account.send(ask, deadline)
        began = reply.began if number == 1 else began
        rows = [seen(TASKS, record, reply.began) for record in reply.items("data")]
        found |= {row.ref: row for row in rows}
        info = (reply.document or {}).get("info")
        if not rows or not (isinstance(info, dict) and info.get("more_records") is True):
            break
    return Reading(began, tuple(found.values()))
