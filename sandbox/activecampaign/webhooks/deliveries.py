"""Who hears of a happening: the webhooks that asked for the event, from this source, on this list."""

from collections.abc import Iterable

from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks.bodies import FORM, event_body
from sandbox.activecampaign.webhooks.catalogue import BLIND_TO_LISTS, SUBSCRIBE
from sandbox.activecampaign.webhooks.happenings import NO_LIST, Happening
from sandbox.activecampaign.world import World
from sandbox.hooks.hook import Hook
from sandbox.store import Row


def tell(world: World, row: Row | None, happenings: Iterable[Happening], source: Source) -> None:
    """One request per event and webhook, as the vendor sends them; nothing is sent again. `row` is a contact."""
    listening = _listening(world)
    for happening in happenings if listening else ():
        for webhook in listening:
            if _hears(world, webhook, row, happening, source):
                _send(world, webhook, row, happening, source)


def _listening(world: World) -> list[Row]:
    """A target that answered "gone" is not called again until somebody registers it anew."""
    for id_ in world.ground.hooks.gone & world.webhooks.rows.keys():
        world.webhooks.rows[id_]["is_active"] = False
        world.webhooks.touch(id_)
    return [webhook for webhook in world.webhooks if webhook["is_active"]]


def _hears(world: World, webhook: Row, row: Row | None, happening: Happening, source: Source) -> bool:
    if happening.event not in webhook["events"] or source not in webhook["sources"]:
        return False
    if happening.event == SUBSCRIBE and happening.list == NO_LIST and not _announces_creates(world, source):
        return False
    wanted = webhook["listid"]
    if wanted == NO_LIST or happening.event in BLIND_TO_LISTS:
        return True
    return wanted == happening.list or (row is not None and happening.list == NO_LIST and _is_on(world, row, wanted))


def _is_on(world: World, row: Row, list_id: str) -> bool:
    return list_id in world.lists_of[row["id"]]


def _announces_creates(world: World, source: Source) -> bool:
    """Nothing shows what the vendor does when the API creates a contact on no list, so it can be had both ways."""
    return source is not Source.API or bool(world.ground.settings["api_creates_are_told"])


def _send(world: World, webhook: Row, row: Row | None, happening: Happening, source: Source) -> None:
    hook = Hook(
        url=webhook["url"],
        content_type=FORM,
        body=event_body(world, row, happening, source),
        label=happening.event,
        ids=(happening.subject or (row["id"] if row else ""),),
        subscription=webhook["id"],
    )
    world.ground.hooks.send(hook)
