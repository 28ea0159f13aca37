"""Who may use the pages: a browser on this machine, that asked for this server by a loopback name, from its own pages.

A site elsewhere that a browser has open can neither post here nor, through a name of its own, read.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


def objection(request: Request) -> str | None:
    """Why this request is not answered; None when it is."""
    caller = request.client.host if request.client else ""
    if not _is_loopback(caller):
        return "These pages answer only callers on the same machine."
    host = request.headers.get("host", "")
    if not _is_loopback(urlsplit(f"//{host}").hostname or ""):
        return "Open these pages as localhost or 127.0.0.1."
    if request.method == "POST" and request.headers.get("origin") != f"{request.url.scheme}://{host}":
        return "This form was not sent from these pages."
    return None


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
