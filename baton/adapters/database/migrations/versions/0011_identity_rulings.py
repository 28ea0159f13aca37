"""What a person has said of who is who."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity_rulings",
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("ruled_by", sa.Text(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("connection", "contact", "record", name=op.f("pk_identity_rulings")),
    )
    op.create_index("ix_identity_rulings_record", "identity_rulings", ["connection", "record"])


def downgrade() -> None:
    op.drop_table("identity_rulings")
