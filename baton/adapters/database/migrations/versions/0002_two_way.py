"""Conflicts, deals, and writes that belong to a handoff."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("handoff_id", sa.BigInteger(), nullable=True))
    op.add_column("mirror", sa.Column("overwritten", sa.Text(), nullable=True))
    op.add_column("mirror", sa.Column("overwritten_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_outbox_handoff",
        "outbox",
        ["handoff_id"],
        postgresql_where=sa.text("handoff_id IS NOT NULL"),
    )
    op.create_table(
        "conflicts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("sides", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_how", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_conflicts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflicts")),
    )
    op.create_index(
        "ix_conflicts_open",
        "conflicts",
        ["connection", "person_id", "field"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "deals",
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("row", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("version", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("connection", "ref", name=op.f("pk_deals")),
    )
    op.create_index("ix_deals_connection_contact_version", "deals", ["connection", "contact", "version"])
    op.create_index("ix_conflicts_connection_state_id", "conflicts", ["connection", "state", "id"])


def downgrade() -> None:
    op.drop_column("mirror", "overwritten_at")
    op.drop_column("mirror", "overwritten")
    op.drop_table("deals")
    op.drop_table("conflicts")
    op.drop_index("ix_outbox_handoff", "outbox")
    op.drop_column("outbox", "handoff_id")
