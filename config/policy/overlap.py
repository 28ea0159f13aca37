"""Whether two connections work on the same records: the same ActiveCampaign account, or the same Zoho organisation."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from config.policy.document import Document
from config.problems import Problem

_ADVICE = "Two connections may not work on the same records: take one of the two out."


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a connection's accounts are known. `zoho_client` is an address and a client id, so it is never shown."""

    name: str
    document: Document
    activecampaign: str
    zoho_client: tuple[str, str]
    organisation: str | None


def overlap_problems(identities: Sequence[Identity]) -> Iterator[Problem]:
    """Told once per pair, at the later one, naming the other's file."""
    for first, second in combinations(identities, 2):
        for same, path, what in _SHARED:
            if same(first, second):
                line = first.document.problem(path, "").line
                text = f"is the {what} of the connection {first.name} too ({first.document.place}:{line})."
                yield second.document.problem(path, text, _ADVICE)


def _same_activecampaign(first: Identity, second: Identity) -> bool:
    return first.activecampaign == second.activecampaign


def _same_zoho(first: Identity, second: Identity) -> bool:
    """One client may serve several organisations; when both tell theirs, that decides."""
    if first.organisation is not None and second.organisation is not None:
        return first.organisation == second.organisation
    return first.zoho_client == second.zoho_client


_SHARED: tuple[tuple[Callable[[Identity, Identity], bool], tuple[str, ...], str], ...] = (
    (_same_activecampaign, ("activecampaign", "base_url"), "ActiveCampaign account"),
    (_same_zoho, ("zoho", "accounts_url"), "Zoho organisation"),
)
