"""One outgoing call, ready to be sent. What is in it, and who asked for it, is each vendor's matter."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """`label` is what faults and readers of the journal know it by (`contact_tag_added`, `Leads.edit`).

    `subscription` names whoever registered the target; one that answers "gone" is remembered under it.
    """

    url: str
    content_type: str
    body: bytes
    label: str
    ids: tuple[str, ...] = ()
    subscription: str = ""
    method: str = "POST"
    headers: tuple[tuple[str, str], ...] = ()
    """Beside the content type: whatever the target asked to be sent."""

    @property
    def host(self) -> str:
        """All of the address that may be shown: path, query and user part may hold the receiver's secret."""
        return urlsplit(self.url).netloc.rpartition("@")[2]
