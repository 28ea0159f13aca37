"""Plans kept under a number, and the persons of the mirror that they are made of and carried out on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.adapters.database.knowing import known_people
from baton.adapters.database.plans import Watch, write_plans
from baton.domain.backfill import Scope
from baton.domain.person import Person, Plan
from baton.domain.records import Module
from baton.ports.people import Taken
from baton.ports.plans import BUSY, PlannedPerson, SavedPlan

_PAGE = sql("""
    SELECT id, revision, email FROM people p WHERE connection = :connection AND id > :after AND EXISTS (
        SELECT 1 FROM mirror m WHERE m.person_id = p.id AND m.module = ANY(:modules)
          AND (CAST(:refs AS text[]) IS NULL OR m.ref = ANY(:refs))
          AND (CAST(:since AS timestamptz) IS NULL OR m.version >= :since)
          AND (CAST(:until AS timestamptz) IS NULL OR m.version < :until)
          AND (CAST(:tag AS text) IS NULL OR EXISTS (
               SELECT 1 FROM jsonb_array_elements_text(m.row -> 'tags') t WHERE lower(t) = lower(:tag)))
          AND (CAST(:list AS text) IS NULL OR m.row -> 'lists' ->> CAST(:list AS text) = '1'))
    ORDER BY id LIMIT :limit
""")
_RECORDS = sql("""
    SELECT ref, person_id, 'bulk' AS lane FROM mirror WHERE person_id = ANY(:people) ORDER BY ref
""")
_UNKNOWN = sql("""
    SELECT (SELECT count(*) FROM inbox WHERE connection = :connection AND needs_read) AS to_read,
           (SELECT count(*) FROM hints WHERE connection = :connection) AS hints,
           (SELECT count(*) FROM inbox WHERE connection = :connection AND NOT needs_read) AS undecided
""")
_READ_WHOLE = sql("""
    SELECT stream FROM cursors WHERE connection = :connection AND watermark IS NOT NULL
""")
_START = sql("""
    INSERT INTO saved_plans (connection, contract, scope, made_by, made_at)
    VALUES (:connection, :fingerprint, :scope, :by, :now) RETURNING id
""")
_KEEP = sql("""
    INSERT INTO saved_plan_people (plan_id, person_id, revision, digest)
    SELECT :plan, r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(person_id bigint, revision int, digest text)
""")
_FINISH = sql("""
    UPDATE saved_plans SET state = 'ready', summary = CAST(:summary AS jsonb) WHERE id = :plan
""")
_PLANS = """
    SELECT s.*, coalesce((SELECT jsonb_object_agg(c.state, c.n) FROM (
        SELECT p.state, count(*) AS n FROM saved_plan_people p WHERE p.plan_id = s.id GROUP BY p.state) c),
        '{}'::jsonb) AS counts
    FROM saved_plans s WHERE s.connection = :connection
"""
_LISTED = sql(f"{_PLANS} ORDER BY s.id DESC LIMIT :limit")
_SHOWN = sql(f"{_PLANS} AND s.id = :plan")
_PEOPLE_OF = """
    SELECT s.person_id, p.email, s.revision, s.digest, s.state, s.reason
    FROM saved_plan_people s JOIN people p ON p.id = s.person_id WHERE s.plan_id = :plan
"""
_NEXT = sql(f"{_PEOPLE_OF} AND s.state = 'planned' ORDER BY s.person_id LIMIT :limit")
_SKIPPED = sql(f"{_PEOPLE_OF} AND s.state = 'skipped' ORDER BY s.person_id")
_LEASE = sql("""
    UPDATE people SET lease = :token, leased_until = :until WHERE id IN (
        SELECT p.id FROM people p WHERE p.connection = :connection AND p.id = ANY(:people)
          AND (p.leased_until IS NULL OR p.leased_until < :now)
          AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id AND o.state IN ('sending', 'uncertain'))
        ORDER BY p.id FOR NO KEY UPDATE)
    RETURNING id, revision, email
""")
# What waits for a decision of theirs is decided with it, or a second decision would follow at once.
_TAKE_ALONG = sql("""
    UPDATE inbox SET taken_generation = generation WHERE person_id = ANY(:people) AND NOT needs_read
""")
_LEAVE = sql("""
    UPDATE inbox SET taken_generation = NULL WHERE person_id IN (
        SELECT id FROM people WHERE id = ANY(:people) AND lease = :token)
""")
_LET_GO = sql("UPDATE people SET lease = NULL, leased_until = NULL WHERE id = ANY(:people) AND lease = :token")
_SETTLE = sql("""
    UPDATE saved_plan_people s SET state = r.state, reason = r.reason
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(person_id bigint, state text, reason text)
    WHERE s.plan_id = :plan AND s.person_id = r.person_id
""")


@dataclass(frozen=True, slots=True)
class PostgresSavedPlans:
    desk: Desk
    lease: timedelta
    watch: Watch

    def people(self, scope: Scope, *, after: int, limit: int, now: datetime) -> tuple[Person, ...]:
        with self.desk.engine.connect() as tx:
            page = self.desk.rows(tx, _PAGE, after=after, limit=limit, **_asked(scope))
            rows = self.desk.rows(tx, _RECORDS, people=[row["id"] for row in page])
            return known_people(self.desk, tx, page, rows, now)

    def unknown(self) -> Mapping[str, int]:
        with self.desk.engine.connect() as tx:
            return {name: int(count) for name, count in self.desk.rows(tx, _UNKNOWN)[0].items()}

    def modules(self) -> frozenset[Module]:
        with self.desk.engine.connect() as tx:
            streams = [row["stream"] for row in self.desk.rows(tx, _READ_WHOLE)]
        return frozenset(Module.parse(stream.rpartition(":")[0]) for stream in streams if stream.endswith(":changes"))

    def start(self, *, contract: str, scope: str, by: str, now: datetime) -> int:
        with self.desk.engine.begin() as tx:
            return int(self.desk.rows(tx, _START, fingerprint=contract, scope=scope, by=by, now=now)[0]["id"])

    def keep(self, plan: int, people: Sequence[PlannedPerson]) -> None:
        rows = [{"person_id": each.person, "revision": each.revision, "digest": each.digest} for each in people]
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _KEEP, plan=plan, rows=packed(rows))

    def finish(self, plan: int, summary: Mapping[str, object]) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _FINISH, plan=plan, summary=packed([summary])[1:-1])

    def listed(self, *, limit: int) -> Sequence[SavedPlan]:
        with self.desk.engine.connect() as tx:
            return tuple(_saved(row) for row in self.desk.rows(tx, _LISTED, limit=limit))

    def shown(self, plan: int) -> SavedPlan | None:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _SHOWN, plan=plan)
        return _saved(rows[0]) if rows else None

    def next(self, plan: int, *, limit: int) -> Sequence[PlannedPerson]:
        with self.desk.engine.connect() as tx:
            return tuple(_planned(row) for row in self.desk.rows(tx, _NEXT, plan=plan, limit=limit))

    def skipped(self, plan: int) -> Sequence[PlannedPerson]:
        with self.desk.engine.connect() as tx:
            return tuple(_planned(row) for row in self.desk.rows(tx, _SKIPPED, plan=plan))

    @again_after_a_collision
    def take(self, people: Sequence[int], *, now: datetime) -> Taken:
        token = str(uuid4())
        with self.desk.engine.begin() as tx:
            leased = self.desk.rows(tx, _LEASE, people=list(people), token=token, now=now, until=now + self.lease)
            ids = [row["id"] for row in leased]
            self.desk.run(tx, _TAKE_ALONG, people=ids)
            rows = self.desk.rows(tx, _RECORDS, people=ids)
            known = known_people(self.desk, tx, sorted(leased, key=_id), rows, now)
        return Taken(token, known)

    def let_go(self, taken: Taken) -> None:
        with self.desk.engine.begin() as tx:
            people = [person.id for person in taken.people]
            self.desk.run(tx, _LEAVE, people=people, token=taken.token)
            self.desk.run(tx, _LET_GO, people=people, token=taken.token)

    @again_after_a_collision
    def commit(
        self,
        plan: int,
        taken: Taken,
        plans: Sequence[tuple[Person, Plan]],
        people: Sequence[PlannedPerson],
        now: datetime,
    ) -> Sequence[Module]:
        with self.desk.engine.begin() as tx:
            done = write_plans(self.desk, tx, taken.token, plans, self.watch, now)
            fates = [(each, each.reason or ("" if each.person in done.people else BUSY)) for each in people]
            rows = [
                {"person_id": each.person, "state": "skipped" if why else "applied", "reason": why}
                for each, why in fates
            ]
            self.desk.run(tx, _SETTLE, plan=plan, rows=packed(rows))
        return done.modules


def _asked(scope: Scope) -> Mapping[str, object]:
    how, which = scope.narrowed or ("", "")
    return {
        "modules": [str(module) for module in scope.modules],
        "refs": [str(ref) for ref in scope.refs] or None,
        "since": scope.since,
        "until": scope.until,
        "tag": which if how == "tag" else None,
        "list": which if how == "listid" else None,
    }


def _id(row: RowMapping) -> int:
    return int(row["id"])


def _saved(row: RowMapping) -> SavedPlan:
    return SavedPlan(
        row["id"],
        row["made_at"],
        row["made_by"],
        row["contract"],
        row["scope"],
        row["state"],
        row["summary"],
        row["counts"],
    )


def _planned(row: RowMapping) -> PlannedPerson:
    return PlannedPerson(row["person_id"], row["email"], row["revision"], row["digest"], row["state"], row["reason"])
