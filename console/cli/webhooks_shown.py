"""How the webhooks of one vendor are told: without secrets, and with one sentence where something is amiss."""

from urllib.parse import urlsplit

from baton.flows.webhooks import Shown, Standing


def address_shown(url: str) -> str:
    """The host and the beginning of the path; what follows may be a secret, ours or a stranger's."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "…"
    door = "/".join(parts.path.split("/")[:4])
    rest = "/…" if len(parts.path) > len(door) or parts.query else ""
    # Of addresses that are not ours nothing of the path is known to be harmless.
    path = door + rest if parts.path.startswith("/hooks/") else "/…" if parts.path.strip("/") or parts.query else ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}"


def of_ours(shown: Shown) -> str:
    if not shown.is_ours:
        return "not ours"
    return "ours, well" if shown.is_well else "ours, not as it should be"


def trouble_of(standing: Standing) -> str | None:
    installation = standing.installation
    if installation is None:
        left = sum(shown.is_ours for shown in standing.shown)
        return "Not set up here." + (f" {left} of an earlier installation are left." if left else "")
    if installation.trouble:
        return f"The last look at it failed: {installation.trouble}"
    if standing.missing:
        return f"{standing.missing} of ours are missing; the workers put them again within minutes."
    return None


def is_well(standing: Standing) -> bool:
    if standing.failure:
        return False
    if standing.installation is None:
        return True
    ours = [shown.is_well for shown in standing.shown if shown.is_ours]
    return not standing.missing and not standing.installation.trouble and all(ours)


def as_json(standing: Standing, *, show_url: bool) -> dict[str, object]:
    installation = standing.installation
    return {
        "crm": standing.crm,
        "well": is_well(standing),
        "installed": installation is not None,
        "address": installation.address if installation else None,
        "trouble": standing.failure.reason if standing.failure else trouble_of(standing),
        "missing": standing.missing,
        "webhooks": [_webhook(shown, show_url=show_url) for shown in standing.shown],
        "deliveries": {
            count.outcome: {"count": count.count, "last": count.last_at.isoformat()} for count in standing.counts
        },
    }


def _webhook(shown: Shown, *, show_url: bool) -> dict[str, object]:
    held = shown.held
    return {
        "id": held.id,
        "name": held.name,
        "url": held.url if show_url else address_shown(held.url),
        "events": list(held.events),
        "ours": shown.is_ours,
        "well": shown.is_well,
        "expires": held.expires.isoformat() if held.expires else None,
    }
