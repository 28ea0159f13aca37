"""One run of `make up`: the children it keeps and the record others read."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from console.embedded.child import Child, Command
from console.embedded.mark import ProcessMark
from console.embedded.server import PrivateServer, start_server, wait_until
from console.up.keeper import Keeper
from console.up.logs import fresh_log
from console.up.processes import Stage
from console.up.record import RunRecord, forget_record, write_record
from console.up.stopping import Stop


class Run:
    """Everything started through it is ended by `end`, in the order of the stages."""

    def __init__(self, state: Path, console: Console, stop: Stop) -> None:
        self.state = state
        self.console = console
        self.stop = stop
        self.record = RunRecord(ProcessMark.of(os.getpid()) or ProcessMark(os.getpid(), 0.0))
        self._keeper = Keeper()

    def serve(self, stage: Stage, server: PrivateServer) -> None:
        """Starts a private server and comes back when it answers."""
        child = start_server(server, fresh_log(self.state, server.command.name), self.stop.rest)
        self._keep(stage, child)

    def launch(self, stage: Stage, command: Command) -> Child:
        """Starts a child; whether it is ready is asked with `wait`."""
        child = Child.start(command, fresh_log(self.state, command.name))
        self._keep(stage, child)
        return child

    def wait(self, child: Child, is_ready: Callable[[], bool]) -> None:
        wait_until(is_ready, child, self.stop.rest)

    def rest(self, wait: timedelta) -> None:
        self.stop.rest(wait)

    def know(self, record: RunRecord) -> None:
        self.record = replace(record, children=self._keeper.marks())
        write_record(self.state, self.record)

    def look(self) -> tuple[str, ...]:
        """Starts again what died; returns what there is to tell."""
        told = self._keeper.look(time.monotonic())
        if told:
            self.know(self.record)
        return told

    def end(self) -> None:
        for names in self._keeper.stop_all():
            self._say(f"[dim]stopping {', '.join(names)}[/]")
        forget_record(self.state)
        self._say(f"[dim]ended; the data stays in {self.state}[/]")

    def _say(self, words: str) -> None:
        # A terminal that is gone cannot be told; everything must be ended all the same.
        with suppress(OSError):
            self.console.print(words, soft_wrap=True)

    def _keep(self, stage: Stage, child: Child) -> None:
        self._keeper.keep(stage, child, time.monotonic())
        self.know(self.record)
