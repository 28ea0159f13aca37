"""The account's rows and the indexes over them, kept in step. Stamps, journal and wire shapes are others' matters."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable

from sandbox.activecampaign.accounts.memberships import Memberships
from sandbox.activecampaign.by_contact import RowsByContact
from sandbox.activecampaign.wishes import Changes
from sandbox.ground import Ground
from sandbox.store import Row, Shelf
from sandbox.views import Orders, TextView

Links = dict[str, str]
"""Per linked thing (field, tag, list, score) the id of the row that links it to one contact."""


Reaction = Callable[[Row, Changes], None]
"""Something that waits for changes of contacts: an automation that starts on them."""


def email_key(email: str) -> str:
    """What makes two addresses the same to the vendor's unique index."""
    return email.strip().lower()


class World:
    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.reactions: list[Reaction] = []
        store = ground.store
        self.contacts = store.shelf("contacts")
        self.fields = store.shelf("fields")
        self.field_rels = store.shelf("fieldRels")
        self.tags = store.shelf("tags")
        self.lists = store.shelf("lists")
        self.accounts = store.shelf("accounts")
        self.field_values = store.shelf("fieldValues")
        self.contact_tags = store.shelf("contactTags")
        self.contact_lists = store.shelf("contactLists")
        self.webhooks = store.shelf("webhooks")
        self.forms = store.shelf("forms")
        self.automations = store.shelf("automations")
        self.contact_automations = store.shelf("contactAutomations")
        self.scores = store.shelf("scores")
        self.score_values = store.shelf("scoreValues")
        self.entries = RowsByContact(self.contact_automations)
        self.tracking = RowsByContact(store.shelf("trackingLogs"))
        self.mail_seen = RowsByContact(store.shelf("messageActivities"))
        self.deal_groups = store.shelf("dealGroups")
        self.deal_stages = store.shelf("dealStages")
        self.deals = store.shelf("deals")
        self.contact_deals = store.shelf("contactDeals")
        self.notes = store.shelf("notes")
        self.tasks = store.shelf("dealTasks")
        self.task_types = store.shelf("dealTasktypes")
        self.memberships = Memberships(store.shelf("accountContacts"))
        self.orders = Orders(self.contacts)
        self.searchable = TextView(self.contacts, _own_words)
        self.account_names = TextView(self.accounts, lambda row: str(row["name"]).lower())
        self.reindex()

    def reindex(self) -> None:
        """Rebuild every index from the shelves."""
        self.ids = sorted(int(key) for key in self.contacts.rows)
        self.by_id = [self.contacts.rows[str(number)] for number in self.ids]
        self.id_by_email = {email_key(row["email"]): row["id"] for row in self.contacts}
        self.values_of = _links(self.field_values, "field")
        self.tags_of = _links(self.contact_tags, "tag")
        self.lists_of = _links(self.contact_lists, "list")
        self.scores_of = _links(self.score_values, "score")
        self.memberships.reindex()
        for rows in self._rows_by_contact():
            rows.reindex()
        self.field_by_perstag = {row["perstag"]: row["id"] for row in self.fields}
        self.account_by_name: dict[str, str] = {row["name"].lower(): row["id"] for row in self.accounts}
        # Counted as rows come and go: a page that shows every tag must not count every contact.
        self._standing = Counter(_place(kind, row) for kind, shelf, _ in self._link_shelves() for row in shelf)

    def now(self) -> int:
        return int(self.ground.clock.now().timestamp())

    def next_id(self, shelf: Shelf) -> str:
        return str(self.ground.store.next_number(shelf.name))

    def owner_of(self, email: str) -> str | None:
        return self.id_by_email.get(email_key(email))

    def contacts_by_id(self, *, after: int = 0) -> list[Row]:
        return self.by_id[bisect_left(self.ids, after + 1) :]

    def add_contact(self, row: Row) -> None:
        self.contacts.put(row["id"], row)
        place = bisect_left(self.ids, int(row["id"]))
        self.ids.insert(place, int(row["id"]))
        self.by_id.insert(place, row)
        self.id_by_email[email_key(row["email"])] = row["id"]
        self.ground.store.reserve_number(self.contacts.name, int(row["id"]))

    def change_email(self, row: Row, email: str) -> None:
        self.id_by_email.pop(email_key(row["email"]), None)
        row["email"] = email
        self.id_by_email[email_key(email)] = row["id"]

    def remove_contact(self, row: Row) -> None:
        id_ = row["id"]
        for kind, shelf, links in self._link_shelves():
            for link in list(links[id_].values()):
                self.unlink(shelf, links, kind, shelf.rows[link])
            del links[id_]
        self.memberships.end(id_)
        for rows in self._rows_by_contact():
            rows.forget(id_)
        self.id_by_email.pop(email_key(row["email"]), None)
        place = bisect_left(self.ids, int(id_))
        del self.ids[place], self.by_id[place]
        self.contacts.remove(id_)

    def link(self, shelf: Shelf, links: defaultdict[str, Links], kind: str, row: Row) -> Row:
        """Put a row that ties a contact to a field, tag, list or score."""
        shelf.put(row["id"], row)
        links[row["contact"]][row[kind]] = row["id"]
        self._standing[_place(kind, row)] += 1
        return row

    def change_status(self, row: Row, status: str) -> None:
        """Move a contact's row on a list to another status."""
        self._standing[_place("list", row)] -= 1
        row["status"] = status
        self._standing[_place("list", row)] += 1
        self.contact_lists.touch(row["id"])

    def unlink(self, shelf: Shelf, links: defaultdict[str, Links], kind: str, row: Row) -> None:
        shelf.remove(row["id"])
        links[row["contact"]].pop(row[kind], None)
        self._standing[_place(kind, row)] -= 1

    def react(self, row: Row, changes: Changes) -> None:
        for reaction in self.reactions:
            reaction(row, changes)

    def subscribers_of_tag(self, tag_id: str) -> int:
        return self._standing["tag", tag_id, ""]

    def subscribers_of_list(self, list_id: str) -> tuple[int, int]:
        """All who ever stood on the list, and those who are active on it."""
        active = self._standing["list", list_id, "1"]
        return active + sum(self._standing["list", list_id, status] for status in "023"), active

    def account_named(self, name: str) -> str:
        """The id of the account with this name, made when there is none."""
        found = self.account_by_name.get(name.lower())
        if found:
            return found
        now = self.now()
        id_ = self.next_id(self.accounts)
        self.accounts.put(id_, {"id": id_, "name": name, "url": None, "owner": "1", "created": now, "updated": now})
        self.account_by_name[name.lower()] = id_
        return id_

    def join_account(self, contact: Row, account: str, moment: int) -> None:
        """A contact belongs to one account at most: joining another leaves the first, and "" is none."""
        contact["account"] = account
        if not account:
            self.memberships.end(contact["id"])
        elif not self.memberships.move(contact["id"], account, moment):
            id_ = self.next_id(self.memberships.rows)
            self.memberships.begin(id_, contact["id"], account, moment)

    def _rows_by_contact(self) -> tuple[RowsByContact, ...]:
        return self.entries, self.tracking, self.mail_seen

    def _link_shelves(self) -> list[tuple[str, Shelf, defaultdict[str, Links]]]:
        return [
            ("field", self.field_values, self.values_of),
            ("tag", self.contact_tags, self.tags_of),
            ("list", self.contact_lists, self.lists_of),
            ("score", self.score_values, self.scores_of),
        ]


def _own_words(row: Row) -> str:
    return f"{row['firstName']} {row['lastName']} {row['email']} {row['phone']}".lower().replace("\n", " ")


def _links(shelf: Shelf, kind: str) -> defaultdict[str, Links]:
    links: defaultdict[str, Links] = defaultdict(dict)
    for row in shelf:
        links[row["contact"]][row[kind]] = row["id"]
    return links


def _place(kind: str, row: Row) -> tuple[str, str, str]:
    return kind, row[kind], row.get("status", "")
