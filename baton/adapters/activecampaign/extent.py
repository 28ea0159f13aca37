"""A part of the contacts: up to a moment, of a list, of a segment, with a tag; and how much there is of it."""

from dataclasses import dataclass
from datetime import datetime

from baton.adapters.activecampaign.account import Account
from baton.adapters.activecampaign.stamps import A_SECOND, as_filter
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import Reply
from baton.domain.failures import Unreachable

_TAGS = 100
_MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Extent:
    """`narrowed`: `listid`, `segmentid` or `tagid`, and the id."""

    until: datetime | None = None
    narrowed: tuple[str, str] | None = None

    def params(self, *, is_first: bool) -> list[tuple[str, str]]:
        """A second later: whether "before" is exclusive is not documented, and flows look at the stamps too."""
        params = [] if self.narrowed is None else [self.narrowed]
        if self.narrowed is not None and self.narrowed[0] == "segmentid" and is_first:
            # The segment is run once, and its result is kept for an hour.
            params.append(("forceQuery", "1"))
        if self.until is not None:
            params.append(("filters[updated_before]", as_filter(self.until + A_SECOND)))
        return params

    def refuse_another(self, reply: Reply) -> None:
        """The vendor repeats what it understood; a filter it does not know is ignored in silence."""
        understood = _meta(reply).get("page_input")
        if self.narrowed is None or not isinstance(understood, dict):
            return
        name, id_ = self.narrowed
        if str(understood.get(name, id_)) != id_:
            raise Unreachable(f"GET /contacts: the filter by {name} was ignored", code="filter_ignored")


EVERYTHING = Extent()


def total(reply: Reply) -> int | None:
    told = str(_meta(reply).get("total"))
    return int(told) if told.isdecimal() else None


def tag_id(account: Account, name: str, deadline: Deadline) -> str | None:
    """The vendor's search finds what contains the name; case does not tell two tags apart."""
    for page in range(_MOST_PAGES):
        params = (("search", name), ("limit", str(_TAGS)), ("offset", str(page * _TAGS)))
        tags = account.read("/tags", deadline, holds="tags", params=params).items("tags")
        for tag in tags:
            if str(tag.get("tag")).casefold() == name.casefold():
                return str(tag["id"])
        if len(tags) < _TAGS:
            return None
    return None


def _meta(reply: Reply) -> dict[str, object]:
    held = (reply.document or {}).get("meta")
    return held if isinstance(held, dict) else {}
