"""What the vendors count for our calls, hour by hour: Zoho's credits of a rolling day."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("call_counts", sa.Column("cost", sa.Integer(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    op.drop_column("call_counts", "cost")
