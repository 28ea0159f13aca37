"""What an edit means in events. Nothing here knows who listens."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks.catalogue import SUBSCRIBE, TAG_ADDED, TAG_REMOVED, UNSUBSCRIBE, UPDATE
from sandbox.activecampaign.wishes import Changes, Wish

NO_LIST = "0"
ACTIVE = "1"
LEFT = "2"
SAVED_BY_HAND_OR_API = frozenset({Source.ADMIN, Source.API})


@dataclass(frozen=True, slots=True)
class Happening:
    """`more` are the form keys only this kind of event has. A tag is named by its id until it is told.

    `subject` is the id of what it happened to, when that is not the contact.
    """

    event: str
    list: str = NO_LIST
    tag: str | None = None
    more: tuple[tuple[str, str], ...] = field(default=())
    subject: str = ""


def of_a_new_contact(wish: Wish, changes: Changes) -> Iterator[Happening]:
    """A contact without a list is announced too, under list 0."""
    standings = list(_standings(wish, changes))
    if not any(happening.event == SUBSCRIBE for happening in standings):
        yield Happening(SUBSCRIBE, more=_form(wish))
    yield from standings
    yield from _tags(changes)


def of_an_edit(wish: Wish, changes: Changes, source: Source) -> Iterator[Happening]:
    # Saving what was there already moves the contact's stamp, so it is told like any other save. A form that brings
    # nothing new is not: nobody may rely on webhooks to hear of a second submission.
    if changes.own or (wish.names_the_contact_itself() and source in SAVED_BY_HAND_OR_API):
        yield Happening(UPDATE)
    yield from _standings(wish, changes)
    yield from _tags(changes)


def _standings(wish: Wish, changes: Changes) -> Iterator[Happening]:
    for list_id, status in changes.lists.items():
        if status == ACTIVE:
            yield Happening(SUBSCRIBE, list_id, more=_form(wish))
        elif status == LEFT:
            yield Happening(UNSUBSCRIBE, list_id, more=(("unsubscribe[reason]", wish.reason),))


def _tags(changes: Changes) -> Iterator[Happening]:
    for tag_id, is_on in changes.tags.items():
        yield Happening(TAG_ADDED if is_on else TAG_REMOVED, tag=tag_id)


def _form(wish: Wish) -> tuple[tuple[str, str], ...]:
    return () if wish.form is None else (("form[id]", wish.form),)
