"""The opt-outs of some persons, read for a decision and kept with its plan."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from baton.adapters.database.connecting import Desk, packed, sql
from baton.adapters.database.consents import evidence_of
from baton.adapters.database.noticing import put_alert
from baton.domain.consent import Evidence, Joint, Restriction
from baton.domain.person import Person, Plan

_KEPT = sql("""
    SELECT person_id, since, said_by FROM consents WHERE person_id = ANY(:people)
""")
_PROOFS = sql("""
    SELECT person_id, at, source, form, list_id FROM consent_evidence WHERE person_id = ANY(:people) ORDER BY at
""")
_KEEP = sql("""
    INSERT INTO consents AS c (person_id, connection, state, since, said_by, changed_at)
    SELECT r.person_id, :connection, r.state, r.since, r.said_by, :now
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(person_id bigint, state text, since timestamptz, said_by text)
    ON CONFLICT (person_id) DO UPDATE SET state = excluded.state, since = excluded.since, said_by = excluded.said_by,
        changed_at = CASE WHEN c.state = excluded.state THEN c.changed_at ELSE excluded.changed_at END
    WHERE (c.state, c.since, c.said_by) IS DISTINCT FROM (excluded.state, excluded.since, excluded.said_by)
    RETURNING person_id, state
""")
# What lifted an opt-out and was read from a record is kept: the record may say something else tomorrow.
_PROVE = sql("""
    INSERT INTO consent_evidence (connection, person_id, at, source, form, list_id, kept_by, kept_at)
    SELECT :connection, r.person_id, r.at, r.source, r.form, r.list_id, 'read from ActiveCampaign', :now
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(person_id bigint, at timestamptz, source text, form text, list_id text)
    WHERE NOT EXISTS (SELECT 1 FROM consent_evidence e WHERE e.person_id = r.person_id AND e.at = r.at
                      AND e.source = r.source)
""")


def kept_consents(
    desk: Desk, tx: Connection, people: Sequence[int]
) -> tuple[Mapping[int, Restriction], Mapping[int, tuple[Evidence, ...]]]:
    rows = desk.rows(tx, _KEPT, people=list(people))
    proofs: dict[int, tuple[Evidence, ...]] = {}
    for row in desk.rows(tx, _PROOFS, people=list(people)):
        proofs[row["person_id"]] = (*proofs.get(row["person_id"], ()), evidence_of(row))
    return {row["person_id"]: Restriction(row["since"], row["said_by"]) for row in rows}, proofs


def keep_consents(
    desk: Desk, tx: Connection, plans: Sequence[tuple[Person, Plan]], channels: Sequence[str], now: datetime
) -> None:
    joints = [(person, plan.consent) for person, plan in plans if plan.consent is not None]
    rows = packed([_row(person, joint) for person, joint in joints if joint.restriction])
    if any(row["state"] == "doubtful" for row in desk.rows(tx, _KEEP, rows=rows, now=now)):
        # Told once a day, however many they are.
        facts = {"reason": "people who opted out are subscribed again, without proof: baton consent reviews"}
        put_alert(desk, tx, f"consent:{now:%Y-%m-%d}", "doubtful consent", channels, facts, now)
    desk.run(tx, _PROVE, rows=packed([_proof(person, joint) for person, joint in joints if joint.lifted_by]), now=now)


def _row(person: Person, joint: Joint) -> dict[str, object]:
    kept = joint.restriction
    state = "lifted" if joint.lifted_by else "doubtful" if joint.is_doubtful else "restricted"
    said = {"since": kept.since, "said_by": kept.said_by} if kept else {}
    return {"person_id": person.id, "state": state, **said}


def _proof(person: Person, joint: Joint) -> dict[str, object]:
    proof = joint.lifted_by
    if proof is None:
        return {"person_id": person.id}
    values = {"at": proof.at, "source": proof.source, "form": proof.form, "list_id": proof.list_id}
    return {"person_id": person.id, **values}
