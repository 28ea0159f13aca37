"""The doors to notes."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign.notes import endpoints
from sandbox.activecampaign.world import World

Door = Callable[[World, Request], Awaitable[Response]]

BEARERS = (("contact", "/contacts"), ("deal", "/deals"), ("account", "/accounts"))
UNDER = (
    ("GET", "/notes", endpoints.list_of_a_bearer),
    ("POST", "/notes", endpoints.create_on_a_bearer),
    ("POST", "/notes/{note}", endpoints.create_on_a_bearer),
    ("PUT", "/notes/{note}", endpoints.change_on_a_bearer),
)
ROUTES: tuple[tuple[str, str, Door], ...] = (
    ("GET", "/notes", endpoints.list_notes),
    ("POST", "/notes", endpoints.create_note),
    ("GET", "/notes/{id}", endpoints.get_note),
    ("PUT", "/notes/{id}", endpoints.change_note),
    ("PATCH", "/notes/{id}", endpoints.change_note),
    ("DELETE", "/notes/{id}", endpoints.delete_note),
    *(
        (method, f"{path}/{{id}}{rest}", partial(door, owner))
        for owner, path in BEARERS
        for method, rest, door in UNDER
    ),
)
