"""Waves of writes that are held until a person has looked."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("risk", sa.Text(), server_default="", nullable=False))
    op.create_index(
        "ix_outbox_risk", "outbox", ["connection", "risk", "created_at"], postgresql_where=sa.text("risk <> ''")
    )
    op.create_table(
        "guard_trips",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("tripped_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_how", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guard_trips")),
    )
    op.create_index(
        "ix_guard_trips_open",
        "guard_trips",
        ["connection", "risk"],
        unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("guard_trips")
    op.drop_index("ix_outbox_risk", "outbox")
    op.drop_column("outbox", "risk")
