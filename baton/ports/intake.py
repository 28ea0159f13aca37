"""What reading leaves behind: cursors, the mirror and the inbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from baton.domain.imprint import Imprint
from baton.domain.person import Lane
from baton.domain.records import Module, Page, RecordRef, Seen, Stream


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a stream has been read: the window's start and the position in it.

    `since` is None for a full pass. `pass_began` is the vendor's clock at the pass's first read, None before it.
    `lease` is ours for this slice of reading; whoever holds another one may not move the position.
    """

    stream: Stream
    run: int
    since: datetime | None
    position: str | None
    pass_began: datetime | None
    is_window_proved: bool
    opened_at: datetime
    lease: str

    @property
    def lane(self) -> Lane:
        """A full pass is a backfill; what an increment shows was edited by somebody just now."""
        return Lane.BULK if self.since is None else Lane.LIVE


@dataclass(frozen=True, slots=True)
class Imprinted:
    """A record that was read, with what is kept beside its row."""

    seen: Seen
    imprint: Imprint


class Cursors(Protocol):
    def claim(self, stream: Stream, *, now: datetime, going_on: int | None = None) -> Cursor | None:
        """Opens a pass, or goes on with one that stalled; with `going_on` only with the pass of that run.

        None while another pull reads the stream, or must not yet.
        """

    def release(self, cursor: Cursor, *, now: datetime, not_before: datetime | None = None) -> None:
        """Gives the stream back; nobody reads it before `not_before`."""

    def prove(self, cursor: Cursor, *, now: datetime) -> None:
        """The canaries sang: the window may be trusted for a while."""

    def fall_back(self, cursor: Cursor, reason: str) -> Cursor:
        """Turns the pass into a full one because the window cannot be trusted; the run remembers why."""


class Intake(Protocol):
    """Both doors end here: the mirror and the inbox, in one transaction with the position."""

    def store(self, cursor: Cursor, page: Page, rows: Sequence[Imprinted], *, now: datetime) -> tuple[RecordRef, ...]:
        """Keeps whole rows, queues those whose imprint differs, moves the position (at the end the watermark).

        Returns the refs that went into the inbox. Raises Busy when the cursor's lease was lost meanwhile.
        """

    def store_deals(self, cursor: Cursor, page: Page, shown: Sequence[str], *, now: datetime) -> tuple[RecordRef, ...]:
        """The same for deals: what is due is the contacts whose deals changed in one of the fields that are shown."""

    def store_reading(
        self, rows: Sequence[Imprinted], missing: Sequence[RecordRef], *, began: datetime, now: datetime
    ) -> tuple[RecordRef, ...]:
        """The same for records read by name; those missing are gone. Returns the refs that are due for a decision."""

    def store_backfill(
        self,
        rows: Sequence[Imprinted],
        missing: Sequence[RecordRef],
        *,
        began: datetime,
        run: int,
        is_forced: bool,
        now: datetime,
    ) -> tuple[RecordRef, ...]:
        """The same on the bulk lane, for a run; `is_forced` asks for a decision of every row, changed or not.

        What waits on the live lane already stays there.
        """

    def known(self, module: Module) -> Seen | None:
        """The record seen last of a module, for the canaries."""

    def fresh(self, module: Module, *, now: datetime) -> bool:
        """Whether a pass of this module's changes began so lately that a create need not ask again."""

    def was_read(self, module: Module) -> bool:
        """Whether all of this module was read at least once."""

    def has_to_read(self, *, now: datetime) -> bool: ...

    def to_read(self, module: Module, *, limit: int, now: datetime) -> tuple[RecordRef, ...]:
        """Takes inbox rows that ask for their record to be read again before it is decided."""
