"""The records of one module and the indexes over them, kept in step: by id, by time of change, by indexed value."""

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime

from sandbox.store import Row, Shelf
from sandbox.views import TextView
from sandbox.zoho.coql.kinds import is_known_to
from sandbox.zoho.fields.spec import ModuleSpec
from sandbox.zoho.search import folding
from sandbox.zoho.stamps import parsed

Place = tuple[datetime, str]
BEGINNING = datetime.min.replace(tzinfo=UTC)
ALWAYS_INDEXED = ("Email", "Secondary_Email")
CONVERTED = "Converted__s"


def value_key(value: object) -> str:
    """What makes two values the same to the vendor's unique fields."""
    return str(value).lower()


def _joined(row: Row, names: Sequence[str], fold: Callable[[object], str]) -> str:
    """What the index sees of these fields; a folded text has no tab of its own."""
    return "\t".join(fold(value) for name in names if (value := row.get(name)))


def _in_order(place: Place) -> tuple[datetime, int]:
    return place[0], int(place[1])


class RecordTable:
    """What a query reads from; `kinds` is the data type of every field, `lookups` where its lookups lead."""

    def __init__(self, spec: ModuleSpec, shelf: Shelf) -> None:
        self.shelf = shelf
        self.module = spec.name
        self._texts = TextView(shelf, lambda row: _joined(row, self._of_text, folding.folded))
        self._numbers = TextView(shelf, lambda row: _joined(row, self._of_digits, folding.digits))
        self.take(spec)

    def take(self, spec: ModuleSpec) -> None:
        """Have these fields from now on; rows that were changed for it have been touched."""
        self.spec = spec
        self.kinds: Mapping[str, str] = {field.name: field.kind for field in spec.fields.values()}
        self.lookups: Mapping[str, str] = {field.name: field.lookup for field in spec.fields.values() if field.lookup}
        self._blank: Row = {
            field.name: False if field.kind == "boolean" else [] if field.kind == "text_list" else None
            for field in spec.fields.values()
        }
        self._indexed = tuple(
            field.name for field in spec.fields.values() if field.is_unique or field.name in ALWAYS_INDEXED
        )
        self._of_text = [name for name, kind in self.kinds.items() if is_known_to("like", kind)]
        self._of_digits = [name for name, kind in self.kinds.items() if kind == "phone"]
        self.reindex()

    def reindex(self) -> None:
        self._ids = sorted(self.shelf.rows, key=int)
        self._moments = {id_: parsed(row["Modified_Time"]) or BEGINNING for id_, row in self.shelf.rows.items()}
        self._changes = sorted(((moment, id_) for id_, moment in self._moments.items()), key=_in_order)
        self._having: dict[str, dict[str, dict[str, None]]] = {name: {} for name in self._indexed}
        self._by_creation: list[str] | None = None
        self.converted = {id_ for id_, row in self.shelf.rows.items() if row.get(CONVERTED)}
        for id_, row in self.shelf.rows.items():
            self._index(id_, row, self._indexed)

    def get(self, id: str) -> Row | None:  # noqa: A002 - the name every vendor record gives it
        return self.shelf.rows.get(id)

    def ids(self) -> Sequence[str]:
        return self._ids

    def modified_from(self, moment: datetime) -> Sequence[Place]:
        return self._changes[bisect_left(self._changes, moment, key=lambda place: place[0]) :]

    def having(self, field: str, value: str) -> Collection[str] | None:
        index = self._having.get(field)
        return None if index is None else index.get(value_key(value), {})

    def mentioning(self, text: str) -> Collection[str]:
        return self._texts.ids_holding(text)

    def with_digits(self, digits: str) -> Collection[str]:
        return self._numbers.ids_holding(digits)

    def modified(self, id_: str) -> datetime:
        return self._moments[id_]

    def moment(self, id_: str, by: str) -> datetime:
        """What an order goes by before it goes by the id; all alike in the order of ids."""
        match by:
            case "Modified_Time":
                return self._moments[id_]
            case "Created_Time":
                return parsed(self.shelf.rows[id_]["Created_Time"]) or BEGINNING
        return BEGINNING

    def in_order(self, by: str) -> Sequence[str]:
        """All ids, ascending by `id`, `Modified_Time` or `Created_Time`."""
        match by:
            case "Modified_Time":
                return [id_ for _, id_ in self._changes]
            case "Created_Time":
                if self._by_creation is None:
                    self._by_creation = sorted(self._ids, key=lambda id_: self.moment(id_, by))
                return self._by_creation
        return self._ids

    def add(self, row: Row) -> Row:
        """Put a new record, or one in the place of another with its id; every field is there, blank or not."""
        if row["id"] in self.shelf.rows:
            self.remove(row["id"])
        whole = {**self._blank, **row}
        id_ = whole["id"]
        self.shelf.put(id_, whole)
        insort(self._ids, id_, key=int)
        self._by_creation = None
        self._place(id_, whole)
        self._index(id_, whole, self._indexed)
        return whole

    def change(self, row: Row, values: Mapping[str, object]) -> None:
        id_ = row["id"]
        moved = [name for name in self._indexed if name in values]
        self._unindex(id_, row, moved)
        self._displace(id_)
        row.update(values)
        self._place(id_, row)
        self._index(id_, row, moved)
        self.shelf.touch(id_)

    def remove(self, id_: str) -> Row:
        row = self.shelf.rows[id_]
        self._unindex(id_, row, self._indexed)
        self._displace(id_)
        del self._ids[bisect_left(self._ids, int(id_), key=int)]
        del self._moments[id_]
        self.converted.discard(id_)
        self._by_creation = None
        self.shelf.remove(id_)
        return row

    def _place(self, id_: str, row: Row) -> None:
        moment = parsed(row["Modified_Time"]) or BEGINNING
        self._moments[id_] = moment
        (self.converted.add if row.get(CONVERTED) else self.converted.discard)(id_)
        insort(self._changes, (moment, id_), key=_in_order)

    def _displace(self, id_: str) -> None:
        place = self._moments[id_], id_
        del self._changes[bisect_left(self._changes, _in_order(place), key=_in_order)]

    def _index(self, id_: str, row: Row, names: Collection[str]) -> None:
        for name in names:
            if (value := row.get(name)) not in (None, ""):
                self._having[name].setdefault(value_key(value), {})[id_] = None

    def _unindex(self, id_: str, row: Row, names: Collection[str]) -> None:
        for name in names:
            holders = self._having[name].get(value_key(row.get(name)), {})
            holders.pop(id_, None)
