"""Which scope a call needs. What a token may do was granted with the refresh token it came from."""

import re

from sandbox.zoho.fields.catalogue import MODULES

GRANTED = (
    "ZohoCRM.modules.ALL",
    "ZohoCRM.settings.ALL",
    "ZohoCRM.users.READ",
    "ZohoCRM.org.READ",
    "ZohoCRM.coql.READ",
    "ZohoSearch.securesearch.READ",
    "ZohoCRM.notifications.ALL",
    "ZohoCRM.bulk.ALL",
)
VERBS = {"GET": "READ", "POST": "CREATE", "PUT": "UPDATE", "PATCH": "UPDATE", "DELETE": "DELETE"}
PLACES: tuple[tuple[str, str, str | None], ...] = (
    (r"/crm/bulk/v8/.*", "ZohoCRM.bulk", "READ"),
    (r"actions/watch", "ZohoCRM.notifications", None),
    (r"coql", "ZohoCRM.coql", "READ"),
    (r"users(/.*)?", "ZohoCRM.users", None),
    (r"org", "ZohoCRM.org", None),
    (r"settings/(?P<part>\w+)(/.*)?", "ZohoCRM.settings", None),
    (r"\w+/search", "ZohoSearch.securesearch", "READ"),
)
"""Path, scope, and the verb where the method does not tell it."""


def may(method: str, path: str, granted: frozenset[str]) -> bool:
    """Whether the scopes that open this call were granted; a path nobody knows is left to its refusal."""
    inside = path.removeprefix("/crm/v8/")
    demanded = _openers(method, inside), _openers_of_the_records(inside)
    return all(not openers or not openers.isdisjoint(granted) for openers in demanded)


def _openers(method: str, path: str) -> frozenset[str]:
    for pattern, scope, verb in PLACES:
        if found := re.fullmatch(pattern, path):
            parts = [scope, *(f"{scope}.{part}" for part in found.groupdict().values())]
            return _with_verbs(parts, verb or VERBS.get(method, "ALL"))
    module = path.partition("/")[0]
    if module not in MODULES:
        return frozenset()
    return _with_verbs(["ZohoCRM.modules", f"ZohoCRM.modules.{module}"], VERBS.get(method, "ALL"))


def _openers_of_the_records(path: str) -> frozenset[str]:
    """Who searches or queries must be allowed to read what is found; a query names its module in its body."""
    if path == "coql":
        return _with_verbs(["ZohoCRM.modules", *(f"ZohoCRM.modules.{module}" for module in MODULES)], "READ")
    module, _, rest = path.partition("/")
    return _with_verbs(["ZohoCRM.modules", f"ZohoCRM.modules.{module}"], "READ") if rest == "search" else frozenset()


def _with_verbs(scopes: list[str], verb: str) -> frozenset[str]:
    verbs = {verb, "ALL"} if verb == "READ" else {verb, "WRITE", "ALL"}
    return frozenset(f"{scope}.{each}" for scope in scopes for each in verbs)
