"""What is derived from a shelf's rows and kept: brought up to date, row by changed row, when somebody looks."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from sandbox.store import Row, Shelf

MANY = 500
"""From so many changed rows on it is cheaper to begin again."""

Key = Callable[[Row], Any]
Place = tuple[Any, int]
LINE = "\n"


class OrderedView:
    """The rows by a key, and by id where that is the same."""

    def __init__(self, shelf: Shelf, key: Key) -> None:
        self._shelf = shelf
        self._key = key
        self._changed = shelf.watch()
        self._held: dict[str, Place] = {}
        self._places: list[Place] = []
        self._rows: list[Row] = []
        self._begin()

    def rows(self) -> list[Row]:
        """Ascending; to be read, not to be kept."""
        self._catch_up()
        return self._rows

    def rows_from(self, key: Any) -> list[Row]:
        """Those whose key is this or comes after it."""
        self._catch_up()
        return self._rows[bisect_left(self._places, (key,)) :]

    def _catch_up(self) -> None:
        if len(self._changed) > MANY:
            self._begin()
        for id_ in self._changed:
            self._take_out(id_)
            self._put_in(id_)
        self._changed.clear()

    def _begin(self) -> None:
        self._held = {id_: (self._key(row), int(id_)) for id_, row in self._shelf.rows.items()}
        self._places = sorted(self._held.values())
        self._rows = [self._shelf.rows[str(number)] for _, number in self._places]
        self._changed.clear()

    def _take_out(self, id_: str) -> None:
        place = self._held.pop(id_, None)
        if place is not None:
            at = bisect_left(self._places, place)
            del self._places[at], self._rows[at]

    def _put_in(self, id_: str) -> None:
        row = self._shelf.get(id_)
        if row is not None:
            place = self._held[id_] = self._key(row), int(id_)
            at = bisect_left(self._places, place)
            self._places.insert(at, place)
            self._rows.insert(at, row)


class TextView:
    """A text for each row, all of them searched at once: looking at each by itself costs ten times as much."""

    def __init__(self, shelf: Shelf, make: Callable[[Row], str]) -> None:
        self._shelf = shelf
        self._make = make
        self._changed = shelf.watch()
        self._changed.update(shelf.rows)
        self._texts: dict[str, str] = {}
        self._whole = ""
        self._ids: list[str] = []
        self._starts: list[int] = []

    def ids_holding(self, sought: str) -> list[str]:
        """In no order; what is sought must not reach over a line's end."""
        self._catch_up()
        found, at = [], 0 if self._ids else -1
        while at >= 0 and (at := self._whole.find(sought, at)) >= 0:
            place = bisect_right(self._starts, at) - 1
            found.append(self._ids[place])
            at = self._starts[place + 1] if place + 1 < len(self._starts) else -1
        return found

    def _catch_up(self) -> None:
        if not self._changed:
            return
        for id_ in self._changed:
            row = self._shelf.get(id_)
            if row is None:
                self._texts.pop(id_, None)
            else:
                self._texts[id_] = self._make(row)
        self._changed.clear()
        self._ids = list(self._texts)
        self._whole = LINE.join(self._texts.values())
        self._starts = [0, *accumulate(len(text) + 1 for text in self._texts.values())][: len(self._ids)]


class Orders:
    """The ordered views of one shelf, each made when it is first asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._views: dict[str, OrderedView] = {}

    def by(self, name: str, key: Key) -> OrderedView:
        if name not in self._views:
            self._views[name] = OrderedView(self._shelf, key)
        return self._views[name]
