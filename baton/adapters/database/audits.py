"""The sample of an audit: persons chosen by a seed, with what is known of their records and what waits for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, sql
from baton.domain.audit import Audited, Member
from baton.domain.records import RecordRef

# A hash over seed and id spreads the choice over old and new persons alike, and is the same everywhere.
_SAMPLE = sql("""
    WITH chosen AS (
        SELECT p.id, p.email FROM people p
        WHERE p.connection = :connection
          AND EXISTS (SELECT 1 FROM mirror m WHERE m.person_id = p.id AND m.gone_at IS NULL)
        ORDER BY md5(CAST(:seed AS text) || '/' || p.id), p.id LIMIT :size)
    SELECT c.id, coalesce(c.email, (SELECT min(e.email) FROM mirror e WHERE e.person_id = c.id)) AS email,
           m.ref, m.standing, m.version, m.read_began, m.fingerprint,
           coalesce(s.role, '') AS role, coalesce(s.base, '{}'::jsonb) AS base,
           (SELECT coalesce(array_agg(f.field), '{}') FROM conflicts f
            WHERE f.person_id = c.id AND f.state = 'open') AS conflicts
    FROM chosen c JOIN mirror m ON m.connection = :connection AND m.person_id = c.id AND m.gone_at IS NULL
    LEFT JOIN memberships s ON s.connection = m.connection AND s.ref = m.ref
    WHERE coalesce((m.row->>'Converted__s')::boolean, false) IS NOT TRUE
    ORDER BY c.id, m.ref
""")
_BUSY = sql("""
    SELECT person_id FROM inbox WHERE person_id = ANY(:people)
    UNION SELECT person_id FROM outbox WHERE person_id = ANY(:people) AND state IN ('waiting', 'sending', 'uncertain')
""")
_PERSONS = sql("SELECT ref, person_id FROM mirror WHERE connection = :connection AND ref = ANY(:refs)")


@dataclass(frozen=True, slots=True)
class PostgresAudits:
    desk: Desk

    def sample(self, size: int, *, seed: int) -> tuple[Audited, ...]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _SAMPLE, size=size, seed=seed)
        chosen = [_audited(list(group)) for _, group in groupby(rows, key=lambda row: row["id"])]
        busy = self.busy([person.person for person in chosen])
        return tuple(replace(person, is_busy=person.person in busy) for person in chosen)

    def busy(self, people: Sequence[int]) -> frozenset[int]:
        with self.desk.engine.connect() as tx:
            return frozenset(row["person_id"] for row in self.desk.rows(tx, _BUSY, people=list(people)))

    def persons_of(self, refs: Sequence[RecordRef]) -> Mapping[RecordRef, int]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _PERSONS, refs=[str(ref) for ref in refs])
        return {RecordRef.parse(row["ref"]): row["person_id"] for row in rows}


def _audited(rows: Sequence[RowMapping]) -> Audited:
    return Audited(
        person=rows[0]["id"],
        email=rows[0]["email"],
        members=tuple(
            Member(
                ref=RecordRef.parse(row["ref"]),
                role=row["role"],
                standing=row["standing"],
                version=row["version"],
                base=row["base"],
                read_began=row["read_began"],
                fingerprint=row["fingerprint"],
            )
            for row in rows
        ),
        conflicts=frozenset(rows[0]["conflicts"]),
    )
