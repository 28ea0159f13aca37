"""The practice CRMs' control API, as a person at their screens uses it."""

from collections.abc import Mapping, Sequence
from typing import Any

import click
import httpx

from baton.domain.records import Crm, Module

Record = Mapping[str, Any]


class NoSuchPerson(Exception):
    """Nobody is known under that address or id."""


class Screen:
    """One practice CRM."""

    def __init__(self, crm: Crm, url: str) -> None:
        self.crm = crm
        self._url = url

    def records(self, module: Module, *, limit: int, offset: int = 0) -> tuple[Sequence[Record], int]:
        """A page of records, and how many there are."""
        answer = self._ask("GET", f"records/{module.name}", params={"limit": limit, "offset": offset})
        return answer["records"], answer["total"]

    def create(self, module: Module, values: Mapping[str, object]) -> Record:
        return self._ask("POST", "people/create", json={"module": module.name, "values": values})

    def edit(self, module: Module, who: str, values: Mapping[str, object]) -> Record:
        return self._ask("POST", "people/edit", json={"module": module.name, **named(who), "values": values})

    def delete(self, module: Module, who: str) -> None:
        self._ask("POST", "people/delete", json={"module": module.name, **named(who)})

    def do(self, deed: str, body: Mapping[str, object]) -> Record:
        """What people do there beside editing records: `submit_form`, `complete_task` …"""
        return self._ask("POST", f"people/{deed}", json=dict(body))

    def find(self, module: Module, who: str) -> Record:
        """An edit of nothing would be an effect, so the list is searched."""
        records, _ = self.records(module, limit=1_000_000)
        wanted = who.strip().lower()
        for record in records:
            if wanted in {str(record.get("id")), str(record.get("email", record.get("Email"))).strip().lower()}:
                return record
        raise NoSuchPerson(who)

    def _ask(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        try:
            answer = httpx.request(method, f"{self._url}/_sandbox/{path}", timeout=30, trust_env=False, **more)
        except httpx.HTTPError:
            raise click.ClickException(
                f"the practice {self.crm} does not answer at {self._url}: look into its log"
            ) from None
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise NoSuchPerson(path)
        if answer.is_error:
            raise click.ClickException(f"the practice {self.crm} does not take that: {told(answer)}")
        body: dict[str, Any] = answer.json()
        return body


def named(who: str) -> dict[str, str]:
    return {"email": who} if "@" in who else {"id": who}


def told(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"])
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"
