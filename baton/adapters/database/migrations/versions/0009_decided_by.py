"""By which contract a write was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("contract", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("outbox", "contract")
