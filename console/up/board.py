"""The live view: a connection's status as a few tables for a person at a terminal."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from baton.domain.status import UNSETTLED, Box, Status

EVENTS_SHOWN = 8


def board(statuses: Sequence[tuple[Status, Mapping[str, float]]], notices: Sequence[str] = ()) -> RenderableType:
    """Every connection under the other, then what the supervisor has to tell."""
    told = [Text(f"! {notice}", style="yellow") for notice in notices]
    return Group(*[connection_board(status, rates) for status, rates in statuses], *told)


def connection_board(status: Status, rates: Mapping[str, float]) -> RenderableType:
    return Group(headline(status), numbers(status, rates), streams(status), events(status))


def headline(status: Status) -> RenderableType:
    line = Table.grid(padding=(0, 2))
    verdict = "[green]in step[/]" if status.is_in_step else f"[yellow]{escape(', '.join(status.what_is_missing()))}[/]"
    line.add_row(f"[bold]{escape(status.connection)}[/]", progress(status), verdict)
    return line


def progress(status: Status) -> RenderableType:
    """How much of the known people is settled: the progress of the first sync."""
    total = sum(status.people.values())
    settled = total - sum(status.people.get(word, 0) for word in UNSETTLED)
    return ProgressBar(total=total or 1, completed=settled, width=30)


def numbers(status: Status, rates: Mapping[str, float]) -> RenderableType:
    table = Table.grid(padding=(0, 3))
    people = "  ".join(f"{word} [bold]{count}[/]" for word, count in status.people.items() if count)
    speed = "  ".join(f"{name} {rate:.0f}/s" for name, rate in rates.items())
    table.add_row("people", people or "none yet")
    table.add_row("inbox", f"{box_words(status.inbox)}    outbox {box_words(status.outbox)}    {speed}")
    letters = "[red]" if status.dead_letters else "[dim]"
    table.add_row("dead letters", f"{letters}{status.dead_letters}[/]    unexplained {status.unexplained}")
    return table


def box_words(box: Box) -> str:
    lanes = ", ".join(f"{lane} {count}" for lane, count in box.depth.items() if count)
    age = f", oldest {short(box.oldest)}" if box.oldest and box.total else ""
    return f"[bold]{box.total}[/]" + (f" ({lanes}{age})" if lanes else "")


def streams(status: Status) -> RenderableType:
    words = [f"{each.stream} {ago(status.at, each.last_pass)}" for each in status.streams]
    return Text("read  " + " · ".join(words) if words else "read  nothing yet", style="dim")


def events(status: Status) -> RenderableType:
    last = sorted(status.events, key=lambda event: event.at)[-EVENTS_SHOWN:]
    lines = [f"{event.at.astimezone():%H:%M:%S}  {event.text}" for event in last]
    return Text("\n".join(lines), no_wrap=True, overflow="ellipsis")


def ago(now: datetime, then: datetime | None) -> str:
    return "not yet" if then is None else f"{short(max(now - then, timedelta()))} ago"


def short(span: timedelta) -> str:
    """The largest unit that says it: 4 s, 3 min, 2 h, 5 d."""
    seconds = int(span.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
