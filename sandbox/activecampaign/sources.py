"""Where a change comes from, in the vendor's words: what webhooks are filtered by."""

from enum import StrEnum

from sandbox.journal import Actor


class Source(StrEnum):
    """The contact, a user at the screens, an API client, an automation."""

    PUBLIC = "public"
    ADMIN = "admin"
    API = "api"
    SYSTEM = "system"

    @property
    def actor(self) -> Actor:
        return ACTORS.get(self, Actor.PERSON)


ACTORS = {Source.API: Actor.API, Source.SYSTEM: Actor.SYSTEM}
