"""Flower: the fleet's window, for this machine only and behind a made-up password."""

import sys
from collections.abc import Mapping
from pathlib import Path

import httpx

from console.embedded.child import Command
from console.embedded.ports import LOOPBACK
from console.embedded.secret import secret_in
from console.up.processes import AT_ONCE, CHECKOUT

USER = "baton"
FIRST_PORT = 5555


def password_file(state: Path) -> Path:
    return state / "flower-password"


def flower_url(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"


def flower_command(environment: Mapping[str, str], state: Path, port: int) -> Command:
    # Through the environment, because command lines can be read by everybody on the machine. An open API would let
    # any page in a browser here run tasks, so a setting that opens it is not passed on.
    login = {
        "FLOWER_BASIC_AUTH": f"{USER}:{secret_in(password_file(state))}",
        "FLOWER_UNAUTHENTICATED_API": "",
    }
    argv = (sys.executable, "-m", "celery", "-A", "workers.app", "flower", f"--address={LOOPBACK}", f"--port={port}")
    return Command("flower", argv, env={**environment, **login}, folder=CHECKOUT, stop=AT_ONCE)


def flower_answers(port: int) -> bool:
    try:
        return httpx.get(f"{flower_url(port)}/healthcheck", timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False
