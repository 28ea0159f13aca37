"""The organisation: its tables, its recycle bin, its switches, and the series of its ids."""

from sandbox.ground import Ground
from sandbox.store import Shelf
from sandbox.zoho.fields.catalogue import MODULES
from sandbox.zoho.fields.kept import SHELF, spec_of
from sandbox.zoho.notifications.channels import Channels
from sandbox.zoho.notifications.news import News
from sandbox.zoho.notifications.telling import Teller
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import no_such_module
from sandbox.zoho.stamps import stamp

FIRST_ID = 487600000000310001


class World:
    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._fields = ground.store.shelf(SHELF)
        self.tables = {name: RecordTable(spec_of(self._fields, name), ground.store.shelf(name)) for name in MODULES}
        self.channels = Channels(ground)
        self.news = News(Teller(ground, self.channels).tell)
        self.deleted = {name: ground.store.shelf(f"deleted {name}") for name in MODULES}

    def reindex(self) -> None:
        """As the store has it now: the fields, which a new world has anew, and what is derived from the records."""
        for name, table in self.tables.items():
            table.take(spec_of(self._fields, name))

    def table(self, module: str) -> RecordTable:
        found = self.tables.get(module)
        if found is None:
            raise no_such_module()
        return found

    def bin(self, module: str) -> Shelf:
        return self.deleted[module]

    def next_id(self) -> str:
        return str(self.ground.store.next_number("record", FIRST_ID))

    def stamp(self) -> str:
        return stamp(self.ground.clock.now())

    def unique_fields(self, table: RecordTable) -> list[str]:
        """The e-mail is unique where the organisation says so; its administrator may change that."""
        email = ["Email"] if self.ground.settings["email_unique"].get(table.module, False) else []
        return [*email, *table.spec.unique_fields]
