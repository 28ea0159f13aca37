"""Serves the door with uvicorn: quietly, for an access log would hold the secret of every delivery."""

import logging
import socket
from collections.abc import Mapping

import uvicorn
from starlette.applications import Starlette

from baton.engine import Engine
from config.settings import Settings
from console.web.application import application
from console.web.keeping import Keeping
from console.web.nudging import Nudger, Send
from console.web.spool import Spool

FOLDER = "spool"
MEGABYTE = 1024 * 1024


def door_for(engines: Mapping[str, Engine], settings: Settings, send: Send) -> Starlette:
    spool = Spool(settings.state_dir / FOLDER, most=settings.web.spool_megabytes * MEGABYTE)
    nudger = Nudger(send, gather=settings.web.gather)
    return application(Keeping(engines, spool, nudger), nudger, body_limit=settings.web.body_limit)


def bound_socket(host: str, port: int) -> socket.socket:
    """Bound before anything is promised, so that a taken port is told in one line."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def server_for(door: Starlette) -> uvicorn.Server:
    config = uvicorn.Config(
        door,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        # Beyond this a sender is told 503 at once; one who waits holds memory.
        limit_concurrency=500,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=5,
    )
    # Whoever hangs a handler on that logger later (a debugger, a collector of logs) must not get the secrets either.
    logging.getLogger("uvicorn.access").disabled = True
    return uvicorn.Server(config)
