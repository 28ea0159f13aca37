"""What somebody wants a contact to be, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SUBSCRIBED_BY_API = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Whatever is not named stays as it is."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    account: str | None = None
    values: Mapping[str, str | None] = field(default_factory=dict)
    """By field id; None removes the value's row."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """Status by list id."""
    tags: tuple[str, ...] = ()
    tags_gone: tuple[str, ...] = ()
    sourceid: str = SUBSCRIBED_BY_API
    form: str | None = None
    """The form that was submitted, by id."""
    reason: str = ""
    """Why somebody unsubscribes."""

    def names_the_contact_itself(self) -> bool:
        return bool(self.attributes or self.values or self.account is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What really changed: the contact's own values by name, statuses by list id, and tags by id (put on or not)."""

    own: Mapping[str, Any] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, bool] = field(default_factory=dict)
