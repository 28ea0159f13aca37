"""Where a connection's notices go: the webhook's address and secret, fetched from where handoff.yaml says they are."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr

from config.connection import Webhook
from config.policy.addresses import web_address
from config.policy.automation import AutomationPolicy
from config.policy.keeping import Keeping
from config.problems import Problem

_PATH = ("notices", "webhook")
_ADVICE = "Set it, or take the webhook out."


def webhook_of(
    policy: AutomationPolicy, environ: Mapping[str, str], folder: Path
) -> tuple[Webhook | None, tuple[Problem, ...]]:
    """The webhook, or None; and what is lacking, without any value in it."""
    written, document = policy.webhook, policy.document
    if written is None or document is None:
        return None, ()
    keeping, problems = Keeping(environ, folder), list[Problem]()
    url, secret = "", ""
    try:
        url = web_address(written.url if isinstance(written.url, str) else keeping.value(written.url))
    except ValueError as error:
        problems.append(document.problem((*_PATH, "url"), str(error), _ADVICE))
    try:
        secret = keeping.value(written.secret)
    except ValueError as error:
        problems.append(document.problem((*_PATH, "secret"), str(error), _ADVICE))
    return Webhook(url, SecretStr(secret), written.record_url), tuple(problems)
