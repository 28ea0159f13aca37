"""Calls to one Zoho organisation: signed with the fleet's token, and once more with a new one when it is refused."""

from dataclasses import replace

from baton.adapters.http.ask import Ask
from baton.adapters.http.caller import Caller
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import Reply
from baton.adapters.zoho.failures import TOKEN_CODES
from baton.adapters.zoho.tokens import TokenSource
from baton.domain.failures import Unauthorised

API = "/crm/v8"


class Account:
    """Shared by all threads of a worker. An ask's `url` is the path below the API; the token knows the rest."""

    def __init__(self, *, caller: Caller, source: TokenSource) -> None:
        self._caller = caller
        self._source = source

    def send(self, ask: Ask, deadline: Deadline) -> Reply:
        make = self._caller.call if ask.is_write else self._caller.read
        first = _Signature(self._source)
        try:
            return make(ask, deadline, first)
        except Unauthorised as refused:
            if refused.code not in TOKEN_CODES or first.used is None:
                raise
        return make(ask, deadline, _Signature(self._source, refused=first.used))


class _Signature:
    """Signs the asks of one call, and knows with which token, should it be refused."""

    def __init__(self, source: TokenSource, refused: str | None = None) -> None:
        self._source = source
        self._refused = refused
        self.used: str | None = None

    def __call__(self, ask: Ask, deadline: Deadline) -> Ask:
        token = self._source.token(deadline, refused=self._refused)
        self.used = token.access
        headers = {**ask.headers, "Authorization": f"Zoho-oauthtoken {token.access}"}
        return replace(ask, url=token.api_domain + API + ask.url, headers=headers)
