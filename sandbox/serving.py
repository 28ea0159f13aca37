"""Running a practice CRM on a loopback port: for good from the command line, or beside a test in a thread."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic, sleep

import uvicorn

from sandbox.calls import AsgiApp

START_PATIENCE_SECONDS = 10.0


def bound_socket(host: str, port: int) -> socket.socket:
    # Naming the protocol makes asyncio switch Nagle off; without it every answer waits 40 ms for an acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def server_for(app: AsgiApp) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_level="error",
        access_log=False,
        # The Date header follows the practice clock, so the app sends it itself.
        date_header=False,
        server_header=False,
        proxy_headers=False,
        # Answers held back by a fault must not keep the server from closing.
        timeout_graceful_shutdown=1,
        timeout_keep_alive=60,
    )
    return uvicorn.Server(config)


@contextmanager
def running(app: AsgiApp, port: int = 0) -> Iterator[str]:
    """Serve from a background thread; yields the base URL. Closing the app's store stays with the caller."""
    listener = bound_socket("127.0.0.1", port)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = server_for(app)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, name="practice-crm", daemon=True)
    thread.start()
    try:
        _wait_until_started(server, thread)
        yield address
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def _wait_until_started(server: uvicorn.Server, thread: Thread) -> None:
    give_up = monotonic() + START_PATIENCE_SECONDS
    while not server.started:
        if monotonic() > give_up or not thread.is_alive():
            raise RuntimeError("the practice CRM did not start")
        sleep(0.005)
