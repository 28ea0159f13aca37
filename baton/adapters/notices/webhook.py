"""Posts notices to one address, signed, within a deadline. A chat, a pager or a mailer stands behind it."""

import json
from datetime import datetime, timedelta

import httpx

from baton.adapters.http.bounded import BoundedTransport, bounded_by
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import patience
from baton.adapters.notices.signing import KEY, signed
from baton.domain.failures import Rejected, Throttled, Uncertain, Unreachable
from baton.ports.handoffs import Notice

_NOTHING_WAS_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_CONNECT_SECONDS = 3.0
_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(minutes=15)


class WebhookChannel:
    """`record_url` holds `{module}` and `{id}`: where a salesperson opens the record. Shared by all threads."""

    name = "webhook"

    def __init__(
        self,
        *,
        url: str,
        secret: str,
        connection: str,
        deadline: timedelta = timedelta(seconds=10),
        record_url: str | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._url = url
        self._secret = secret
        self._connection = connection
        self._deadline = deadline
        self._record_url = record_url
        self._transport = transport or BoundedTransport()

    def send(self, notice: Notice, *, now: datetime) -> None:
        body = json.dumps(self._body(notice), ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "baton",
            KEY: notice.key,
            **signed(body, self._secret, int(now.timestamp())),
        }
        response = self._post(body, headers)
        _judge(response, now)

    def _post(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        deadline = Deadline.after(self._deadline)
        left = self._deadline.total_seconds()
        timeout = {"connect": min(left, _CONNECT_SECONDS), "read": left, "write": left, "pool": left}
        request = httpx.Request("POST", self._url, content=body, headers=headers, extensions={"timeout": timeout})
        try:
            with bounded_by(deadline):
                response = self._transport.handle_request(request)
                response.close()
        except _NOTHING_WAS_SENT as error:
            raise Unreachable(f"POST webhook: {type(error).__name__}, nothing was sent") from error
        except httpx.TransportError as error:
            raise Uncertain(f"POST webhook: {type(error).__name__}; it may have arrived") from error
        return response

    def _body(self, notice: Notice) -> dict[str, object]:
        return {
            "id": notice.key,
            "kind": notice.kind,
            "connection": self._connection,
            "handoff": notice.handoff,
            "play": notice.play,
            "person": dict(notice.person),
            **notice.facts,
            "url": self._link(notice.facts.get("record")),
        }

    def _link(self, record: object) -> str | None:
        if self._record_url is None or not isinstance(record, str):
            return None
        _, module, id_ = record.split(":")
        return self._record_url.replace("{module}", module).replace("{id}", id_)

    def close(self) -> None:
        self._transport.close()


def _judge(response: httpx.Response, now: datetime) -> None:
    """What the receiver says goes by its status alone; its body may quote ours."""
    status = response.status_code
    if 200 <= status < 300:
        return
    if status == 429:
        header = response.headers.get("retry-after")
        raise Throttled(
            "the webhook asks for a pause",
            wait=patience(header, now, default=_PAUSE, longest=_LONGEST_PAUSE),
        )
    if status >= 500:
        raise Unreachable(f"the webhook answers {status}")
    raise Rejected(f"the webhook answers {status}", code=str(status))
