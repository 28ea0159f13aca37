"""API calls, kept for a while, and what a run led to."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OF_A_RUN = sa.text("run_id IS NOT NULL")


def upgrade() -> None:
    _calls()
    _counts()
    op.create_index("ix_ledger_run_id", "ledger", ["run_id"], postgresql_where=OF_A_RUN)
    op.create_index("ix_outbox_run_id", "outbox", ["run_id"], postgresql_where=OF_A_RUN)


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("crm", sa.Text(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("took", sa.Interval(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("run_id", sa.BigInteger(), nullable=True),
        sa.Column("outbox_ids", sa.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'::bigint[]"), nullable=False),
        sa.Column("refs", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    op.create_index("ix_calls_connection_at", "calls", ["connection", "at"])
    op.create_index("ix_calls_outbox_ids", "calls", ["outbox_ids"], postgresql_using="gin")
    op.create_index("ix_calls_refs", "calls", ["refs"], postgresql_using="gin")
    op.create_index("ix_calls_run_id", "calls", ["run_id"], postgresql_where=OF_A_RUN)


def _counts() -> None:
    op.create_table(
        "call_counts",
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("crm", sa.Text(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("took", sa.Interval(), nullable=False),
        sa.PrimaryKeyConstraint("connection", "hour", "crm", "endpoint", "outcome", name=op.f("pk_call_counts")),
    )
    op.create_table(
        "run_calls",
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("crm", sa.Text(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("took", sa.Interval(), nullable=False),
        sa.Column("longest", sa.Interval(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_calls_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "crm", "endpoint", "outcome", name=op.f("pk_run_calls")),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_run_id", "outbox")
    op.drop_index("ix_ledger_run_id", "ledger")
    op.drop_table("run_calls")
    op.drop_table("call_counts")
    op.drop_table("calls")
