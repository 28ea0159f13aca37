"""Ctrl-C at the terminal, as somebody types it while `make up` runs."""

import os
import subprocess
import sys

SPAWN = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
SUPERVISOR = """
from datetime import timedelta
from console.up.stopping import Stop, StopAsked
from console.up.terminal import foreground_to_ourselves
stop = Stop()
with stop.listening(), foreground_to_ourselves():
    print('resting', flush=True)
    try:
        stop.rest(timedelta(seconds=60))
    except StopAsked:
        print('ended in good order', flush=True)
"""


def test_make_reports_no_error_after_an_orderly_end(tmp_path):
    (tmp_path / "supervisor.py").write_text(SUPERVISOR)
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"up:\n\t@exec {sys.executable} {tmp_path / 'supervisor.py'}\n")
    argv = [sys.executable, "-c", SPAWN, "make", "-f", str(makefile), "up"]

    # A make that is called by a make announces its folder first, and this line is waited for.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}

    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as terminal:
        said = terminal.stdout.readline()
        terminal.stdin.write(b"\x03")
        terminal.stdin.flush()
        said += terminal.stdout.read()

    assert b"resting" in said
    assert b"ended in good order" in said
    assert terminal.returncode == 0
