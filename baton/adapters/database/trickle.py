"""Ids of Zoho records that ActiveCampaign does not hold yet, written a few at a time when it has no other writes."""

from dataclasses import dataclass
from datetime import datetime

from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.domain.person import Lane
from baton.domain.records import CONTACT, RecordRef

_LACKING = sql("""
    SELECT c.ref, c.person_id, p.revision, split_part(z.ref, ':', 3) AS zoho_id
    FROM memberships c JOIN people p ON p.id = c.person_id
    JOIN mirror m ON m.connection = c.connection AND m.ref = c.ref AND m.gone_at IS NULL
    JOIN memberships z ON z.connection = c.connection AND z.person_id = c.person_id AND z.role = 'primary'
         AND starts_with(z.ref, 'zoho:')
    JOIN mirror r ON r.connection = z.connection AND r.ref = z.ref AND r.gone_at IS NULL AND r.standing = 'in step'
    WHERE c.connection = :connection AND starts_with(c.ref, 'activecampaign:') AND c.role = 'primary'
      AND m.standing = 'in step' AND m.row->'fields'->>:field IS DISTINCT FROM split_part(z.ref, ':', 3)
    ORDER BY c.person_id LIMIT :limit
""")
_BUSY = sql("""
    SELECT EXISTS (SELECT 1 FROM outbox WHERE connection = :connection AND module = :module
                   AND state IN ('waiting', 'sending', 'uncertain')) AS it_is
""")
_ENQUEUE = sql("""
    INSERT INTO outbox (connection, person_id, revision, key, module, target, ref, values, agreed, lane, not_before,
                        nudged_at, created_at)
    SELECT :connection, r.person_id, r.revision, r.key, :module, r.ref, r.ref, r.values, r.agreed, :lane, :now, :now,
           :now
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(person_id bigint, revision int, key text, ref text, values jsonb, agreed jsonb)
    ON CONFLICT (connection, key) DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class PostgresTrickle:
    """
    field    the personalisation tag of the field that holds the Zoho id.
    at_once  how many ids a tick may ask for.
    """

    desk: Desk
    field: str
    at_once: int

    @again_after_a_collision
    def ask(self, *, now: datetime) -> int:
        """Puts a few ids into the outbox, unless contacts have other writes waiting; says how many."""
        with self.desk.engine.begin() as tx:
            if self.at_once < 1 or self.desk.rows(tx, _BUSY, module=str(CONTACT))[0]["it_is"]:
                return 0
            lacking = self.desk.rows(tx, _LACKING, field=self.field, limit=self.at_once)
            rows = [self._row(row["ref"], row["person_id"], row["revision"], row["zoho_id"]) for row in lacking]
            self.desk.run(tx, _ENQUEUE, rows=packed(rows), module=str(CONTACT), lane=Lane.BULK, now=now)
        return len(rows)

    def _row(self, ref: str, person: int, revision: int, zoho_id: str) -> dict[str, object]:
        return {
            "person_id": person,
            "revision": revision,
            "key": f"link/{ref}/{zoho_id}/r{revision}",
            "ref": ref,
            "values": {f"fields.{self.field}": zoho_id},
            "agreed": {str(RecordRef.parse(ref)): {}},
        }
