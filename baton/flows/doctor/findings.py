"""What doctor found: a check, whether it holds, what was seen, and what to do about a no."""

from dataclasses import dataclass

from baton.domain.failures import Failure, Rejected, Unauthorised, Unreachable, Waiting
from baton.domain.records import Crm

CONTRACT = "contract.yaml"
NAMES = {Crm.ACTIVECAMPAIGN: "ActiveCampaign", Crm.ZOHO: "Zoho"}


@dataclass(frozen=True, slots=True)
class Finding:
    """`ok` is None for what could not be told, and for what works and is worth knowing.

    `where` leads to the line that it is about: a file of the connection, and the keys down to it.
    """

    check: str
    ok: bool | None
    detail: str
    advice: str = ""
    where: tuple[str, ...] = ()


def found_failing(check: str, crm: Crm, failure: Failure) -> Finding:
    """A call that failed. One that only has to wait (a limit, a token that rests) says nothing, so it is no no."""
    ok = None if isinstance(failure, Waiting) else False
    return Finding(check, ok, failure.reason, _advice(crm, failure))


def _advice(crm: Crm, failure: Failure) -> str:
    match failure:
        case Unreachable():
            return "Check the address in connection.yaml, and whether this machine may reach it."
        case Unauthorised():
            return _NEW_SECRET[crm]
        case Waiting():
            return "It is not the account's last word: ask again in a minute."
        case Rejected():
            return "A read that names a field which the account has not is refused whole: see the fields below."
    return "Look the reason up in the vendor's API documentation, or ask the vendor's support with it."


_NEW_SECRET = {
    Crm.ACTIVECAMPAIGN: (
        "Take the key of a user who may see and edit contacts, from Settings › Developer, and set it where "
        "connection.yaml says."
    ),
    Crm.ZOHO: (
        "Make a new refresh token at api-console.zoho of your data centre with the scopes ZohoCRM.modules.ALL, "
        "ZohoCRM.settings.ALL, ZohoCRM.coql.READ, ZohoCRM.notifications.ALL, ZohoCRM.users.READ and "
        "ZohoCRM.org.READ, and set it where "
        "connection.yaml says."
    ),
}
