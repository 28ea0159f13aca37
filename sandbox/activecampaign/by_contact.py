"""Rows of which a contact may have many (logs, ways through automations): found by their contact, and gone with it."""

from collections import defaultdict

from sandbox.store import Row, Shelf


class RowsByContact:
    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._of: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.reindex()

    def reindex(self) -> None:
        self._of.clear()
        for row in self.shelf:
            self._of[row["contact"]][row["id"]] = None

    def add(self, row: Row) -> Row:
        self.shelf.put(row["id"], row)
        self._of[row["contact"]][row["id"]] = None
        return row

    def of(self, contact: str) -> list[Row]:
        return [self.shelf.rows[id_] for id_ in self._of.get(contact, ())]

    def remove(self, row: Row) -> None:
        self.shelf.remove(row["id"])
        self._of[row["contact"]].pop(row["id"], None)

    def forget(self, contact: str) -> None:
        for id_ in self._of.pop(contact, ()):
            self.shelf.remove(id_)
