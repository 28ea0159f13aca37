"""Run as a module by `make clean`: ends the `make up` of the state folder, or what is left of one."""

import signal
import sys
from datetime import timedelta

from config.problems import NotUsable
from config.settings import load_settings
from console.up.record import end_leftovers, read_running

# Longer than the supervisor's own patience with its slowest children.
STEPS = ((signal.SIGTERM, timedelta(seconds=90)), (signal.SIGKILL, timedelta(seconds=5)))


def main() -> int:
    try:
        state = load_settings().state_dir
    except NotUsable as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command's own words
        return 1
    running = read_running(state)
    if running is not None:
        print(f"stopping the Baton that runs in {state} (pid {running.supervisor.pid})")  # noqa: T201 - the same
        running.supervisor.end(STEPS)
    end_leftovers(state)
    return 0


if __name__ == "__main__":
    sys.exit(main())
