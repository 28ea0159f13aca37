"""Asks whether the vendors may be told to call us. A no slows Baton down and stops nothing, so it is no fault."""

from collections.abc import Iterator

from baton.domain.failures import Unauthorised
from baton.domain.records import Crm
from baton.engine import Engine
from baton.flows.doctor.findings import NAMES, Finding
from baton.flows.webhooks import Standing, look

_SCOPES = {
    Crm.ACTIVECAMPAIGN: "Take the key of a user who may manage webhooks, or do without: the pulls find every change.",
    Crm.ZOHO: (
        "Make a refresh token that also has the scope ZohoCRM.notifications.ALL, or do without: the pulls find every "
        "change."
    ),
}
_INSTALL = "With a public address of `baton web`: baton webhooks install --url https://…"
_PUT_RIGHT = "See what: baton webhooks list. Put it right: baton webhooks install --url https://…"


def check_webhooks(engine: Engine) -> Iterator[Finding]:
    for standing in look(engine):
        yield _found(standing)


def _found(standing: Standing) -> Finding:
    check = f"{NAMES[standing.crm]}: changes are told by webhooks"
    if standing.failure:
        advice = _SCOPES[standing.crm] if isinstance(standing.failure, Unauthorised) else ""
        return Finding(check, None, standing.failure.reason, advice)
    if standing.installation is None:
        return Finding(check, None, "not set up; changes are found by the next pull", _INSTALL)
    ours = [shown for shown in standing.shown if shown.is_ours]
    if standing.missing or standing.installation.trouble or not all(shown.is_well for shown in ours):
        return Finding(check, False, "set up, and not as it should be", _PUT_RIGHT)
    return Finding(check, True, f"{len(ours)} set up and well")
