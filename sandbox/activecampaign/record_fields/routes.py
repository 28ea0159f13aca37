"""The doors to the custom fields of accounts and deals, the same for both."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign.record_fields import endpoints, value_endpoints
from sandbox.activecampaign.record_fields.kinds import ACCOUNT, DEAL, Kind
from sandbox.activecampaign.world import World

Door = Callable[[World, Request], Awaitable[Response]]


def _of(kind: Kind) -> tuple[tuple[str, str, Door], ...]:
    definitions, data, one = f"/{kind.definitions}", f"/{kind.values}", f"/{kind.values}/{{id}}"
    doors = (
        ("GET", definitions, endpoints.list_definitions),
        ("POST", definitions, endpoints.create_definition),
        ("GET", definitions + "/{id}", endpoints.get_definition),
        ("PUT", definitions + "/{id}", endpoints.change_definition),
        ("DELETE", definitions + "/{id}", endpoints.delete_definition),
        ("GET", data, value_endpoints.list_values),
        ("POST", data, value_endpoints.create_value),
        ("POST", data + "/bulkCreate", value_endpoints.create_many),
        ("PATCH", data + "/bulkUpdate", value_endpoints.change_many),
        ("GET", one, value_endpoints.get_value),
        ("PUT", one, value_endpoints.change_value),
        ("DELETE", one, value_endpoints.delete_value),
        ("GET", f"/{kind.owner}s/{{id}}/{kind.values}", value_endpoints.of_a_record),
    )
    return tuple((method, path, partial(door, kind)) for method, path, door in doors)


ROUTES = (*_of(ACCOUNT), *_of(DEAL))
