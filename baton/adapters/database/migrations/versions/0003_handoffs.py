"""Plays, handoffs and clocks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _plays()
    _salespeople()
    _handoffs()
    _clocks()
    _notices()


def downgrade() -> None:
    for table in ("notices", "clocks", "handoffs", "salespeople", "plays"):
        op.drop_table(table)


def _words(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable, server_default=default)


def _moment(name: str, *, nullable: bool = True, is_now: bool = False) -> sa.Column[object]:
    default = sa.text("now()") if is_now else None
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable and not is_now, server_default=default)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _plays() -> None:
    op.create_table(
        "plays",
        _words("connection"),
        _words("name"),
        _moment("armed_at", nullable=False),
        sa.PrimaryKeyConstraint("connection", "name", name=op.f("pk_plays")),
    )


def _salespeople() -> None:
    op.create_table(
        "salespeople",
        _words("connection"),
        _words("id"),
        _words("name"),
        _words("email"),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        _moment("read_at", nullable=False),
        sa.PrimaryKeyConstraint("connection", "id", name=op.f("pk_salespeople")),
    )


def _handoffs() -> None:
    op.create_table(
        "handoffs",
        _number(),
        _words("connection"),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        _words("play"),
        _words("contact"),
        _words("trigger_value"),
        _moment("happened_at", nullable=False),
        _moment("created_at", is_now=True),
        _words("state", default="waiting"),
        _words("reason", default=""),
        _words("record", nullable=True),
        _words("owner", nullable=True),
        sa.Column("steps", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        _count("attempts"),
        _moment("not_before", is_now=True),
        _moment("nudged_at", is_now=True),
        sa.Column("lease", sa.UUID(as_uuid=False), nullable=True),
        _moment("leased_until"),
        _moment("acted_at"),
        _moment("settled_at"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_handoffs_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoffs")),
        sa.UniqueConstraint(
            "connection",
            "play",
            "person_id",
            "trigger_value",
            name=op.f("uq_handoffs_connection_play_person_id_trigger_value"),
        ),
    )
    op.create_index(op.f("ix_handoffs_person_id"), "handoffs", ["person_id"])
    op.create_index("ix_handoffs_connection_id", "handoffs", ["connection", "id"])
    op.create_index("ix_handoffs_connection_contact", "handoffs", ["connection", "contact"])
    waiting = sa.text("state IN ('waiting', 'acting')")
    op.create_index("ix_handoffs_waiting", "handoffs", ["connection", "not_before"], postgresql_where=waiting)


def _clocks() -> None:
    op.create_table(
        "clocks",
        _number(),
        _words("connection"),
        _words("name"),
        sa.Column("handoff_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        _words("state", default="on track"),
        _moment("started_at", nullable=False),
        _moment("at_risk_at", nullable=False),
        _moment("due_at", nullable=False),
        sa.Column("baseline", postgresql.JSONB(), nullable=True),
        _moment("look_at", nullable=False),
        _moment("breached_at"),
        _moment("touched_at"),
        _words("touched_how", nullable=True),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name=op.f("fk_clocks_handoff_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_clocks_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clocks")),
        sa.UniqueConstraint("connection", "name", "handoff_id", name=op.f("uq_clocks_connection_name_handoff_id")),
    )
    op.create_index(op.f("ix_clocks_person_id"), "clocks", ["person_id"])
    running = sa.text("touched_at IS NULL")
    op.create_index("ix_clocks_running", "clocks", ["connection", "look_at"], postgresql_where=running)


def _notices() -> None:
    op.create_table(
        "notices",
        _number(),
        _words("connection"),
        _words("key"),
        _words("channel"),
        _words("kind"),
        sa.Column("handoff_id", sa.BigInteger(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        _words("state", default="waiting"),
        _count("attempts"),
        _count("uncertain"),
        _moment("not_before", is_now=True),
        _moment("created_at", is_now=True),
        _moment("sent_at"),
        sa.Column("lease", sa.UUID(as_uuid=False), nullable=True),
        _moment("leased_until"),
        _words("last_failure", nullable=True),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name=op.f("fk_notices_handoff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("connection", "key", "channel", name=op.f("uq_notices_connection_key_channel")),
    )
    op.create_index(op.f("ix_notices_handoff_id"), "notices", ["handoff_id"])
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_notices_waiting", "notices", ["connection", "not_before"], postgresql_where=waiting)
