"""Reads the kept calls of one person, each cut down to the person's part."""

from collections.abc import Sequence
from datetime import datetime

from cryptography.fernet import Fernet
from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, sql
from baton.adapters.database.exchanges import NotOpened, opened
from baton.domain.calls import CallStory, Outcome, ToldCall, UnkeptWrite
from baton.domain.papers import part_of
from baton.domain.records import Crm

_CALLS = sql("""
    SELECT c.*, ARRAY(SELECT id FROM outbox WHERE person_id = :person ORDER BY id) AS own,
           ARRAY(SELECT ref FROM mirror WHERE connection = :connection AND person_id = :person) AS own_refs
    FROM calls c WHERE c.connection = :connection
      AND (c.outbox_ids && ARRAY(SELECT id FROM outbox WHERE person_id = :person)
           OR c.refs && ARRAY(SELECT ref FROM mirror WHERE connection = :connection AND person_id = :person))
    ORDER BY c.at, c.id
""")
_UNKEPT = sql("""
    SELECT o.id, o.module, o.ref, o.state, coalesce(o.settled_at, o.created_at) AS since FROM outbox o
    WHERE o.connection = :connection AND o.person_id = :person AND o.state IN ('done', 'uncertain', 'dead')
      AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.outbox_ids @> ARRAY[o.id])
    ORDER BY o.id
""")

OTHER_KEY = "sealed with another key than BATON_SECRET_KEY is now"
CONFIDENTIAL = "nothing of such calls is kept"
TOO_OLD = "it was made longer ago than calls are kept (BATON_CALLS__KEEP)"
NOT_NOTED = "none was noted: nothing was sent, the worker was killed between call and note, or the database was away"


def of_person(desk: Desk, tx: Connection, person: int, seal: Fernet, *, kept_since: datetime) -> CallStory:
    calls = desk.rows(tx, _CALLS, person=person)
    unkept = desk.rows(tx, _UNKEPT, person=person)
    return CallStory(
        tuple(_told(row, seal) for row in calls),
        tuple(
            UnkeptWrite(
                row["id"],
                row["module"],
                row["ref"],
                row["state"],
                row["since"],
                TOO_OLD if row["since"] < kept_since else NOT_NOTED,
            )
            for row in unkept
        ),
    )


def _told(row: RowMapping, seal: Fernet) -> ToldCall:
    concerned: Sequence[object] = row["outbox_ids"] or row["refs"]
    own = {*row["own"], *row["own_refs"]}
    positions = [position for position, one in enumerate(concerned) if one in own]
    exchange, withheld = None, CONFIDENTIAL if row["sealed"] is None else None
    if row["sealed"] is not None:
        try:
            exchange = part_of(opened(bytes(row["sealed"]), seal), positions, len(concerned))
        except NotOpened:
            withheld = OTHER_KEY
    return ToldCall(
        at=row["at"],
        crm=Crm(row["crm"]),
        endpoint=row["endpoint"],
        status=row["status"],
        outcome=Outcome(row["outcome"]),
        code=row["code"],
        took=row["took"],
        request_id=row["request_id"],
        run=row["run_id"],
        writes=tuple(id_ for id_ in row["outbox_ids"] if id_ in own),
        among=len(concerned),
        exchange=exchange,
        withheld=withheld,
    )
