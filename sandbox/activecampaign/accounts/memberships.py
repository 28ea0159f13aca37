"""Which contact belongs to which account: rows with a number and a job title of their own, found from both ends.

The contact's own row names its account too; the world keeps both in step.
"""

from collections import defaultdict

from sandbox.store import Row, Shelf


class Memberships:
    """One account per contact, so one row per contact."""

    def __init__(self, rows: Shelf) -> None:
        self.rows = rows
        self.reindex()

    def reindex(self) -> None:
        self._of_contact = {row["contact"]: row["id"] for row in self.rows}
        self._members: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for row in self.rows:
            self._members[row["account"]][row["contact"]] = None

    def of(self, contact: str) -> list[Row]:
        id_ = self._of_contact.get(contact)
        return [] if id_ is None else [self.rows.rows[id_]]

    def members(self, account: str) -> list[str]:
        """The contacts of an account."""
        return list(self._members.get(account, ()))

    def begin(self, id_: str, contact: str, account: str, moment: int) -> None:
        row: Row = {"id": id_, "contact": contact, "account": account, "title": "", "created": moment}
        self.rows.put(id_, row | {"updated": moment})
        self._of_contact[contact] = id_
        self._members[account][contact] = None

    def move(self, contact: str, account: str, moment: int) -> bool:
        """Whether there was a row to move."""
        for row in self.of(contact):
            self._members[row["account"]].pop(contact, None)
            self._members[account][contact] = None
            row |= {"account": account, "updated": moment}
            self.rows.touch(row["id"])
            return True
        return False

    def end(self, contact: str) -> None:
        id_ = self._of_contact.pop(contact, None)
        row = self.rows.remove(id_) if id_ else None
        if row:
            self._members[row["account"]].pop(contact, None)
