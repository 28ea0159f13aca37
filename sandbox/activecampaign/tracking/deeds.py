"""What a contact itself does, as the control API orders it."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.activecampaign.named_contact import contact_of
from sandbox.activecampaign.tracking import seen
from sandbox.activecampaign.world import World
from sandbox.crm import RefusedEditError
from sandbox.store import Row

Body = Mapping[str, Any]
A_CAMPAIGN = "1"


def visit_page(world: World, body: Body) -> Row:
    """The contact (`id` or `email`) visits the page at `url`."""
    row = seen.visited(world, contact_of(world, body), str(body["url"]))
    if row is None:
        raise RefusedEditError("visits of this site are not tracked")
    return row


def open_mail(world: World, body: Body) -> Row:
    """The contact (`id` or `email`) opens the mail of a `campaign`."""
    return seen.opened(world, contact_of(world, body), str(body.get("campaign", A_CAMPAIGN)))


def click_link(world: World, body: Body) -> Row:
    """The contact (`id` or `email`) follows `url` in the mail of a `campaign`."""
    contact, campaign = contact_of(world, body), str(body.get("campaign", A_CAMPAIGN))
    return seen.clicked(world, contact, campaign, str(body["url"]))


DEEDS: dict[str, Callable[[World, Body], Row]] = {
    "visit_page": visit_page,
    "open_mail": open_mail,
    "click_link": click_link,
}
