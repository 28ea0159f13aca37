"""Reads the organisation's users: those who may be given records, and those who may not any more."""

from collections.abc import Iterator

from baton.adapters.http.ask import Ask
from baton.adapters.http.deadline import Deadline
from baton.adapters.zoho.account import Account
from baton.domain.routing import Salesperson

_PAGE = 200
_MOST_PAGES = 50


def all_users(account: Account, deadline: Deadline) -> tuple[Salesperson, ...]:
    return tuple(_described(user) for user in _listed(account, deadline) if user.get("id"))


def _listed(account: Account, deadline: Deadline) -> Iterator[dict[str, object]]:
    for number in range(1, _MOST_PAGES + 1):
        params = (("type", "AllUsers"), ("page", str(number)), ("per_page", str(_PAGE)))
        ask = Ask(method="GET", url="/users", route="/users", params=params, holds="users")
        reply = account.send(ask, deadline)
        yield from reply.items("users")
        info = (reply.document or {}).get("info")
        if not (isinstance(info, dict) and info.get("more_records") is True):
            return


def _described(user: dict[str, object]) -> Salesperson:
    return Salesperson(
        id=str(user["id"]),
        name=str(user.get("full_name") or ""),
        email=str(user.get("email") or ""),
        is_active=user.get("status", "active") == "active",
    )
