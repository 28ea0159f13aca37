"""The channels of a connection, by their names: the log always, the webhook where one is named."""

from baton.adapters.notices.log import LogChannel
from baton.adapters.notices.webhook import WebhookChannel
from baton.ports.handoffs import Channel


def channels(connection: str, *, url: str | None, secret: str | None, record_url: str | None) -> dict[str, Channel]:
    found: list[Channel] = [LogChannel()]
    if url is not None and secret is not None:
        found.append(WebhookChannel(url=url, secret=secret, connection=connection, record_url=record_url))
    return {channel.name: channel for channel in found}
