"""The terminal's Ctrl-C, kept to ourselves.

make, which started us, would die of the same Ctrl-C and report an error after an orderly end. As the terminal's
foreground group we alone hear it, and make sees our exit code.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def foreground_to_ourselves() -> Iterator[None]:
    before = _group_to_leave()
    if before is None:
        yield
        return
    # A group that hands the terminal to another is stopped for it unless it ignores this; and nobody could wake
    # us after a Ctrl-Z, because the shell watches make and not us.
    for number in (signal.SIGTTOU, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(sys.stdin.fileno(), os.getpgrp())
    try:
        yield
    finally:
        os.tcsetpgrp(sys.stdin.fileno(), before)


def _group_to_leave() -> int | None:
    """Our process group, if it is make's and holds the terminal; None when there is nothing to do."""
    if not sys.stdin.isatty() or os.getpgrp() == os.getpid():
        return None
    try:
        holder = os.tcgetpgrp(sys.stdin.fileno())
    except OSError:
        return None
    return holder if holder == os.getpgrp() else None
