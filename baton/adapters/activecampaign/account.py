"""Calls to one ActiveCampaign account: where it is, with which token, and the one refusal that is not always meant."""

from collections.abc import Iterable

from baton.adapters.activecampaign.failures import BARE_REFUSAL
from baton.adapters.http.ask import Ask
from baton.adapters.http.caller import Caller
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import Reply
from baton.domain.failures import Unauthorised

_API = "/api/3"

Params = Iterable[tuple[str, str]]


class Account:
    """Shared by all threads of a worker."""

    def __init__(self, *, base_url: str, token: str, caller: Caller) -> None:
        self._root = base_url.rstrip("/").removesuffix(_API) + _API
        self._headers = {"Api-Token": token}
        self._caller = caller

    def read(self, route: str, deadline: Deadline, *, holds: str, params: Params = (), id_: str | None = None) -> Reply:
        ask = Ask(
            method="GET",
            url=self._address(route, id_),
            route=route,
            params=tuple(params),
            headers=self._headers,
            holds=holds,
        )
        try:
            return self._caller.read(ask, deadline)
        except Unauthorised as refused:
            if refused.code != BARE_REFUSAL:
                raise
        # Good keys are refused now and then; believed at once, it would pause the whole connection.
        return self._caller.read(ask, deadline)

    def write(
        self,
        method: str,
        route: str,
        deadline: Deadline,
        *,
        body: object,
        id_: str | None = None,
        holds: str = "contact",
    ) -> Reply:
        ask = Ask(
            method=method,
            url=self._address(route, id_),
            route=route,
            headers=self._headers,
            body=body,
            is_write=True,
            holds=holds,
            records=1,
        )
        return self._caller.call(ask, deadline)

    def set_up(self, method: str, route: str, deadline: Deadline, *, body: object, id_: str | None = None) -> Reply:
        """A write about the account itself and not about a contact; what it holds may be secret, so nothing is kept."""
        ask = Ask(
            method=method,
            url=self._address(route, id_),
            route=route,
            headers=self._headers,
            body=body,
            is_write=True,
            is_confidential=True,
        )
        return self._caller.call(ask, deadline)

    def _address(self, route: str, id_: str | None) -> str:
        return self._root + (route if id_ is None else route.replace("{id}", id_))
