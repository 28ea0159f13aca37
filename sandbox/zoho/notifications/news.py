"""Gathers what one call or one deed changed, and passes it on together when that is over."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sandbox.journal import Op
from sandbox.store import Row


@dataclass(frozen=True, slots=True)
class Change:
    """`row` is the record as it is now, `fields` the names that were written."""

    op: Op
    module: str
    row: Row
    fields: tuple[str, ...] = ()


class News:
    def __init__(self, pass_on: Callable[[Sequence[Change]], None]) -> None:
        self._pass_on = pass_on
        self._open = 0
        self._changes: list[Change] = []

    def tell(self, change: Change) -> None:
        with self.together():
            self._changes.append(change)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Everything told inside is one piece of news; within another, part of that."""
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1
            if self._open == 0 and self._changes:
                changes, self._changes = self._changes, []
                self._pass_on(changes)
