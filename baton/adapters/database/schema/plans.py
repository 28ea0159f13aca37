"""Plans that were computed and kept to be carried out."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table

from baton.adapters.database.columns import document, metadata, moment_of_insert, number, words

saved_plans = Table(
    "saved_plans",
    metadata,
    number(),
    words("connection"),
    words("contract"),
    words("scope"),
    words("made_by"),
    words("state", default="planning"),
    moment_of_insert("made_at"),
    document("summary"),
)

saved_plan_people = Table(
    "saved_plan_people",
    metadata,
    Column("plan_id", BigInteger, ForeignKey("saved_plans.id"), primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True),
    Column("revision", Integer, nullable=False),
    # Of the writes: what is carried out is what was shown, or nothing.
    words("digest"),
    words("state", default="planned"),
    words("reason", default=""),
)
