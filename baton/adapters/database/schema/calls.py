"""The API calls: counted by hour and by run for good measure, and kept whole for a while where they wrote or failed."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Interval,
    LargeBinary,
    Table,
    Text,
    text,
)

from baton.adapters.database.columns import count, metadata, moment, number, words
from baton.adapters.database.schema.history import ledger
from baton.adapters.database.schema.outbox import outbox

calls = Table(
    "calls",
    metadata,
    number(),
    words("connection"),
    moment("at", nullable=False),
    words("crm"),
    words("endpoint"),
    Column("status", Integer),
    words("outcome"),
    words("code", nullable=True),
    Column("took", Interval, nullable=False),
    words("request_id", nullable=True),
    Column("run_id", BigInteger),
    # What the call carried out, in the order of its batch; or which records it read by name.
    Column("outbox_ids", ARRAY(BigInteger), nullable=False, server_default=text("'{}'::bigint[]")),
    Column("refs", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    # Request and answer, compressed and sealed; erasing one of the persons in it blanks this column.
    Column("sealed", LargeBinary),
    # The sweep goes by age.
    Index("ix_calls_connection_at", "connection", "at"),
    # A person's story asks by its writes and its records, a run's by its number.
    Index("ix_calls_outbox_ids", "outbox_ids", postgresql_using="gin"),
    Index("ix_calls_refs", "refs", postgresql_using="gin"),
    Index("ix_calls_run_id", "run_id", postgresql_where=text("run_id IS NOT NULL")),
)

call_counts = Table(
    "call_counts",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("hour", DateTime(timezone=True), primary_key=True),
    Column("crm", Text, primary_key=True),
    Column("endpoint", Text, primary_key=True),
    Column("outcome", Text, primary_key=True),
    count("calls"),
    # What the vendor counts for them: Zoho's credits.
    count("cost"),
    Column("took", Interval, nullable=False),
)

run_calls = Table(
    "run_calls",
    metadata,
    # A pass that found nothing takes its calls with it; the hour has counted them.
    Column("run_id", BigInteger, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("crm", Text, primary_key=True),
    Column("endpoint", Text, primary_key=True),
    Column("outcome", Text, primary_key=True),
    count("calls"),
    Column("took", Interval, nullable=False),
    Column("longest", Interval, nullable=False),
)

# What a run led to.
Index("ix_ledger_run_id", ledger.c.run_id, postgresql_where=text("run_id IS NOT NULL"))
Index("ix_outbox_run_id", outbox.c.run_id, postgresql_where=text("run_id IS NOT NULL"))
