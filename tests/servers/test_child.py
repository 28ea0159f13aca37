"""Children: their own session, their own log, and an end with ours."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import psutil
import pytest

from console.embedded.child import Account, Child, Command
from console.embedded.mark import ProcessMark, read_mark, write_mark

WAITS = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
HAS_A_CHILD = (
    "import subprocess, sys, time; "
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid, flush=True); time.sleep(60)"
)
WHAT_I_MAY = """
import os
from pathlib import Path
rights = [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapEff")]
print(os.getuid(), os.access("{path}", os.R_OK), *rights)
"""
SUPERVISOR = """
import sys, time
from pathlib import Path
from console.embedded.child import Child, Command
print(Child.start(Command("child", (sys.executable, "-c", sys.argv[1])), Path(sys.argv[2])).mark.pid, flush=True)
time.sleep(60)
"""
QUICKLY = ((signal.SIGTERM, timedelta(seconds=0.2)), (signal.SIGKILL, timedelta(seconds=5)))


def python(code, **more):
    return Command("stub", (sys.executable, "-c", code), **more)


@pytest.fixture
def start(tmp_path):
    started = []

    def begin(command):
        started.append(Child.start(command, tmp_path / "logs" / "stub.log"))
        return started[-1]

    yield begin
    for child in started:
        child.stop()


def test_what_it_says_is_in_its_log(start, eventually):
    child = start(python("print('hello')"))

    eventually(lambda: not child.is_running())

    assert child.last_words() == "hello"


def test_it_has_a_session_of_its_own_so_that_ctrl_c_is_not_meant_for_it(start, eventually):
    child = start(python("import os; print(os.getsid(0) == os.getpid())"))

    eventually(lambda: not child.is_running())

    assert child.last_words() == "True"


def test_one_that_ignores_the_request_is_killed(start, eventually):
    child = start(python(STUBBORN, stop=QUICKLY))
    eventually(lambda: child.last_words() == "up")

    child.stop()

    assert child.process.returncode == -signal.SIGKILL


def test_what_it_started_itself_goes_with_it(start, eventually):
    child = start(python(HAS_A_CHILD))
    eventually(lambda: child.last_words().isdigit())
    grandchild = int(child.last_words())

    child.stop()

    eventually(lambda: ProcessMark.of(grandchild) is None)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs its children as somebody else")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can give one right alone")
def test_a_lent_account_can_read_where_only_root_may_and_nothing_else(start, tmp_path, eventually):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "file").write_text("")
    nobody = Account(65534, 65534, keeps_file_access=True)

    child = start(python(WHAT_I_MAY.format(path=closed / "file"), account=nobody))
    eventually(lambda: not child.is_running())

    assert child.last_words() == "65534 True 0000000000000002"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_it_ends_when_its_parent_is_killed_without_a_word(tmp_path, eventually):
    argv = [sys.executable, "-c", SUPERVISOR, WAITS, str(tmp_path / "child.log")]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as supervisor:
        child = ProcessMark.of(int(supervisor.stdout.readline()))
        eventually(lambda: "up" in (tmp_path / "child.log").read_text())
        supervisor.kill()

    eventually(lambda: not child.is_alive())


def test_a_mark_survives_its_file(tmp_path):
    mark = ProcessMark.of(psutil.Process().pid)

    write_mark(tmp_path / "pid", mark)

    assert read_mark(tmp_path / "pid") == mark
    assert read_mark(tmp_path / "pid").is_alive()


def test_a_pid_that_was_given_to_another_process_is_not_taken_for_ours():
    ours = ProcessMark.of(psutil.Process().pid)

    reused = ProcessMark(ours.pid, ours.started - 3600)

    assert not reused.is_alive()
    assert reused.end(QUICKLY)


def test_a_mark_file_with_rubbish_in_it_is_no_mark(tmp_path):
    (tmp_path / "pid").write_text("12")

    assert read_mark(tmp_path / "pid") is None
