"""Asks Zoho's accounts server for an access token. Its answers are judged by the body: refusals come with 200, too."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from baton.adapters.http.ask import Ask
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.line import Line
from baton.adapters.http.reply import Document
from baton.adapters.http.witness import Witness
from baton.domain.failures import Failure, Throttled, Unauthorised, Unreachable
from baton.ports import Clock, Token

_ROUTE = "/oauth/v2/token"
_AN_HOUR = 3600.0
_TOO_MANY = "access denied"
_SILENCE = timedelta(minutes=12)
"""Repeated tries prolong the block; it clears after ten to thirty minutes of silence."""

_API_HOSTS = tuple(
    f"zohoapis.{end}" for end in ("com", "eu", "in", "com.au", "jp", "com.cn", "ca", "sa", "ae", "uk", "sg")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)


class SignIn:
    """`api_url` is where the API is when the answer does not say. A practice server is both addresses in one."""

    def __init__(
        self,
        *,
        line: Line,
        witness: Witness,
        clock: Clock,
        accounts_url: str,
        api_url: str | None,
        credentials: Credentials,
    ) -> None:
        self._line = line
        self._witness = witness
        self._clock = clock
        self._accounts = accounts_url.rstrip("/")
        self._api = api_url.rstrip("/") if api_url else None
        self._credentials = credentials

    def refresh(self, deadline: Deadline) -> Token:
        asked, ask = self._clock.now(), self._ask()
        with self._witness.watching(ask) as watched:
            watched.reply = self._line.send(ask, deadline)
            document = watched.reply.document or {}
            access = document.get("access_token")
            if not isinstance(access, str) or not access:
                raise _refusal(document.get("error"), watched.reply.status)
            return Token(access, self._api_domain(document), asked + _life(document))

    def _ask(self) -> Ask:
        held = self._credentials
        form = {
            "grant_type": "refresh_token",
            "refresh_token": held.refresh_token,
            "client_id": held.client_id,
            "client_secret": held.client_secret,
        }
        # In the body: addresses are written into logs on the way.
        return Ask(method="POST", url=self._accounts + _ROUTE, route=_ROUTE, form=form, cost=0, is_confidential=True)

    def _api_domain(self, document: Document) -> str:
        named = document.get("api_domain")
        if not isinstance(named, str) or not named:
            if self._api is None:
                raise Unauthorised("Zoho's sign-in names no API address, nor does the connection", code="no_api_domain")
            return self._api
        named = named.rstrip("/")
        if named in (self._api, self._accounts) or _is_zoho(named):
            return named
        # Following it would hand the token to a stranger.
        raise Unauthorised("Zoho's sign-in names an API address that is not Zoho's", code="foreign_api_domain")


def _is_zoho(url: str) -> bool:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    is_bare = parts.netloc.lower() == host and parts.path in ("", "/")
    return parts.scheme == "https" and is_bare and any(host == end or host.endswith(f".{end}") for end in _API_HOSTS)


def _refusal(error: object, status: int) -> Failure:
    word = error if isinstance(error, str) else ""
    if word.casefold() == _TOO_MANY:
        return Throttled("Zoho's sign-in was asked too often", wait=_SILENCE, code="too_many_tokens")
    if not word:
        return Unreachable(f"Zoho's sign-in answered {status} without a token", code=str(status))
    known = word if word.replace("_", "").isalnum() else "refused"
    return Unauthorised(f"Zoho's sign-in refused the credentials: {known}", code=known)


def _life(document: Document) -> timedelta:
    # Where `expires_in_sec` stands, `expires_in` is in milliseconds.
    for key in ("expires_in_sec", "expires_in"):
        try:
            return timedelta(seconds=float(str(document[key])))
        except (KeyError, ValueError, OverflowError):
            continue
    return timedelta(seconds=_AN_HOUR)
