"""One line per step: a tick, or one sentence that says what is wrong and what to do."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

from config.problems import NotUsable
from console.embedded.trouble import StartError

# A config can have several things wrong; they stand under each other.
INDENT = 17


class Step:
    """What there is to say about a step once it is done."""

    def __init__(self) -> None:
        self.note = ""
        self.warnings: list[str] = []


class StepFailed(Exception):
    """A step could not be done, and its line says why."""


@contextmanager
def step(console: Console, name: str) -> Iterator[Step]:
    began = time.monotonic()
    done = Step()
    try:
        with console.status(f"{name} …"):
            yield done
    except (StartError, NotUsable) as reason:
        told = str(reason).replace("\n", "\n" + " " * INDENT)
        console.print(f"[red]✗[/] {name:<14} {escape(told)}", soft_wrap=True)
        raise StepFailed from reason
    console.print(
        f"[green]✓[/] {name:<14} {escape(done.note)} [dim]({time.monotonic() - began:.1f} s)[/]", soft_wrap=True
    )
    for warning in done.warnings:
        console.print(f"[yellow]![/] {name:<14} {escape(warning)}", soft_wrap=True)
