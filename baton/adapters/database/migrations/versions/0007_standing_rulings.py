"""Fields that swing, and what a person decided once for all conflicts of a field."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conflicts", sa.Column("kind", sa.Text(), server_default="review", nullable=False))
    op.create_index("ix_conflicts_swinging", "conflicts", ["person_id"], postgresql_where=sa.text("kind = 'ping-pong'"))
    op.create_table(
        "standing_rulings",
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("winner", sa.Text(), nullable=False),
        sa.Column("ruled_by", sa.Text(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("connection", "field", name=op.f("pk_standing_rulings")),
    )


def downgrade() -> None:
    op.drop_table("standing_rulings")
    op.drop_index("ix_conflicts_swinging", "conflicts")
    op.drop_column("conflicts", "kind")
