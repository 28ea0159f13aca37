"""Where people sit in front of the vendor's screens: records made, edited, deleted and brought back by hand."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sandbox.crm import Deed, NoSuchRecordError, RefusedEditError
from sandbox.journal import Actor
from sandbox.store import Row
from sandbox.zoho import beside, edits, sample
from sandbox.zoho.conversion import convert_lead
from sandbox.zoho.edits import Hand
from sandbox.zoho.fields.choices import COMPLETED, UNSUBSCRIBED_MODES
from sandbox.zoho.judging import demand_unique, values_to_store
from sandbox.zoho.locking.locks import LOCK, lock, lock_of, unlock
from sandbox.zoho.merging import MERGEABLE, MOST_LOSERS, merge_records
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import RefusedRecord
from sandbox.zoho.staff import FOUNDERS, active_user
from sandbox.zoho.world import FIRST_ID, World

Values = Mapping[str, Any]
PERSON = Hand(FOUNDERS[0], Actor.PERSON)


class ZohoDesk:
    def __init__(self, world: World) -> None:
        self._world = world
        self._hand = PERSON

    @contextmanager
    def sitting(self, body: Values) -> Iterator[None]:
        """`as` names the user who does it, by id or e-mail; without it, one of the salespeople."""
        self._hand = self._hand_of(str(body["as"])) if "as" in body else PERSON
        try:
            with self._world.news.together():
                yield
        finally:
            self._hand = PERSON

    def _hand_of(self, asked: str) -> Hand:
        user = active_user(asked)
        if user is None:
            raise RefusedEditError("nobody active has this id or e-mail")
        return replace(PERSON, user=user)

    def deeds(self) -> dict[str, Deed]:
        """What only people do, beside making, editing and deleting records."""
        return {
            "convert": self.convert,
            "restore": self.restore,
            "complete_task": self.complete_task,
            "move_stage": self.move_stage,
            "merge": self.merge,
            "add_task": lambda body: self.create("Tasks", beside.task(body)),
            "log_call": lambda body: self.create("Calls", beside.call(body, self._world.stamp())),
            "write_note": lambda body: self.create("Notes", beside.note(body)),
            "unsubscribe": self.unsubscribe,
            "lock_record": self.lock_record,
            "unlock_record": self.unlock_record,
        }

    def counts(self) -> dict[str, int]:
        return {name: len(table.shelf) for name, table in self._world.tables.items()}

    def listing(self, module: str) -> list[Row]:
        table = self._table(module)
        return [table.shelf.rows[id_] for id_ in table.ids()]

    def record(self, module: str, id_: str) -> Row:
        row = self._table(module).get(id_)
        if row is None:
            raise NoSuchRecordError(f"there is no record {id_} in {module}")
        return row

    def find_by_email(self, module: str, email: str) -> str:
        found = self._table(module).having("Email", email)
        if not found:
            raise NoSuchRecordError(f"there is no record with the e-mail {email} in {module}")
        return min(found, key=int)

    def create(self, module: str, values: Values) -> Row:
        table = self._table(module)
        return edits.create(self._world, table, self._allowed(table, values, held=None), self._hand)

    def edit(self, module: str, id_: str, values: Values) -> Row:
        table, row = self._table(module), self.record(module, id_)
        edits.update(self._world, table, row, self._allowed(table, values, held=row), self._hand)
        return row

    def delete(self, module: str, id_: str) -> None:
        self.record(module, id_)
        edits.delete(self._world, self._table(module), id_, self._hand)

    def restore(self, body: Values) -> Row:
        table, id_ = self._table(body["module"]), str(body["id"])
        held = self._world.bin(table.module).get(id_)
        if held is None or held["record"] is None:
            raise NoSuchRecordError(f"there is no deleted record {id_} in {table.module}")
        with _as_said_at_the_screen():
            demand_unique(self._world, table, held["record"], 0, None)
        return edits.restore(self._world, table, id_, self._hand)

    def convert(self, body: Values) -> Row:
        lead = self.record("Leads", str(body["id"]) if "id" in body else self.find_by_email("Leads", body["email"]))
        if lead["Converted__s"]:
            raise RefusedEditError("this lead is converted already")
        deal = self._allowed(self._table("Deals"), body["deal"], held=None) if "deal" in body else None
        with _as_said_at_the_screen():
            return convert_lead(self._world, lead, self._hand, deal)

    def complete_task(self, body: Values) -> Row:
        return self.edit("Tasks", str(body["id"]), {"Status": COMPLETED})

    def unsubscribe(self, body: Values) -> Row:
        """Somebody leaves by the link in a mail; `mode` is another way, `opt_out` whether it opts out as well."""
        table = self._table(body["module"])
        row = self.record(table.module, str(body["id"]))
        if "Unsubscribed_Mode" not in table.kinds:
            raise RefusedEditError(f"nobody in {table.module} is written to")
        left = {"Unsubscribed_Mode": body.get("mode", UNSUBSCRIBED_MODES[2]), "Unsubscribed_Time": self._world.stamp()}
        opts_out = bool(body.get("opt_out", self._world.ground.settings["unsubscribing_opts_out"]))
        edits.update(self._world, table, row, left | ({"Email_Opt_Out": True} if opts_out else {}), self._hand)
        return row

    def lock_record(self, body: Values) -> Row:
        """`reason` is what whoever runs into it reads."""
        table, row = self._lockable(body)
        if lock_of(self._world, row) is not None:
            raise RefusedEditError("this record is locked already")
        return lock(self._world, table, row, str(body.get("reason", "Locked by hand")), self._hand)

    def unlock_record(self, body: Values) -> Row:
        table, row = self._lockable(body)
        held = lock_of(self._world, row)
        if held is None:
            raise RefusedEditError("this record is not locked")
        unlock(self._world, table, row, held, self._hand)
        return row

    def _lockable(self, body: Values) -> tuple[RecordTable, Row]:
        table = self._table(body["module"])
        if LOCK not in table.kinds:
            raise RefusedEditError(f"records of {table.module} cannot be locked")
        id_ = str(body["id"]) if "id" in body else self.find_by_email(table.module, body["email"])
        return table, self.record(table.module, id_)

    def move_stage(self, body: Values) -> Row:
        return self.edit("Deals", str(body["id"]), {"Stage": body["stage"]})

    def merge(self, body: Values) -> Row:
        """`into` keeps its id, those in `from` are deleted; the vendor takes two of them at most."""
        table, ids = self._table(body["module"]), [str(id_) for id_ in body["from"]]
        winner = self.record(table.module, str(body["into"]))
        losers = [self.record(table.module, id_) for id_ in ids]
        if table.module not in MERGEABLE or not 1 <= len(set(ids)) <= MOST_LOSERS or winner["id"] in ids:
            said = f"one or {MOST_LOSERS} other records of {', '.join(MERGEABLE)} are merged into one"
            raise RefusedEditError(said)
        return merge_records(self._world, table, winner, losers, self._hand)

    def load(self, module: str, records: list[Row]) -> int:
        table = self._table(module)
        for record in records:
            id_ = str(record["id"])
            table.add(self._stamped(record) | {"id": id_})
            # Ids given from now on lie above those that came from outside.
            self._world.ground.store.reserve_number("record", max(int(id_), FIRST_ID))
        return len(records)

    def populate(self, people: int, seed: int) -> None:
        self._world.reindex()
        sample.settle(self._world, people, seed)

    def reopen(self) -> None:
        self._world.reindex()

    def _table(self, module: str) -> RecordTable:
        found = self._world.tables.get(module)
        if found is None:
            raise NoSuchRecordError(f"there is no module {module!r}; there are {', '.join(self._world.tables)}")
        return found

    def _allowed(self, table: RecordTable, values: Values, *, held: Row | None) -> Values:
        with _as_said_at_the_screen():
            return values_to_store(self._world, table, values, 0, held=held)

    def _stamped(self, record: Row) -> Row:
        now, named = self._world.stamp(), self._hand.user.named
        hands = {"Owner": named, "Created_By": named, "Modified_By": named}
        return {**hands, "Created_Time": now, "Modified_Time": now, **record}


@contextmanager
def _as_said_at_the_screen() -> Iterator[None]:
    """What the API would refuse, a person is refused too."""
    try:
        yield
    except RefusedRecord as refused:
        details = refused.item["details"]
        said = f"{refused.item['code']} at {details.get('api_name', 'several fields')}"
        raise RefusedEditError(said) from refused
