"""What a person's records say of consent together, what was kept of it, and what lifts it.

An opt-out anywhere holds everywhere, through merges, conversions and re-creation: it is kept beside the person. It is
lifted by evidence of the person's own newer opt-in and by nothing else; a record that merely says otherwise is put
back (Zoho) or left to a person (ActiveCampaign, where people do opt in).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from baton.domain.consent import Evidence, Joint, Restriction, Status, most_restrictive, status_of
from baton.domain.contract import Contract
from baton.domain.person import Candidate
from baton.domain.records import Crm, Seen

SAID = "consent:said"
"""Under this name a membership's base remembers what the record said of consent when it was decided last."""


def word_of(seen: Seen, contract: Contract) -> Status:
    """What this record says by itself."""
    if seen.ref.crm is Crm.ACTIVECAMPAIGN:
        lists = seen.row.get("lists")
        on_lists = status_of(lists if isinstance(lists, dict) else {}, contract.consent_lists)
        return most_restrictive((on_lists, Status.BOUNCED if _has_bounced(seen) else Status.UNKNOWN))
    return Status.UNSUBSCRIBED if _has_left(seen, contract) else Status.UNKNOWN


def joint(
    members: Sequence[Candidate], kept: Restriction | None, evidence: Iterable[Evidence], contract: Contract
) -> Joint:
    words = {member.seen.ref: word_of(member.seen, contract) for member in members}
    news = [m for m in members if words[m.seen.ref] is Status.UNSUBSCRIBED and _said(m) is not Status.UNSUBSCRIBED]
    restriction = _latest([kept, *(Restriction(m.seen.version, str(m.seen.ref)) for m in news)])
    every = most_restrictive(words.values())
    if restriction is None:
        return Joint(every)
    proof = max((e for e in _all(evidence, members, contract) if e.at > restriction.since), key=_at, default=None)
    if proof is None:
        is_doubtful = any(_has_come_back(member, words[member.seen.ref]) for member in members)
        return Joint(Status.UNSUBSCRIBED, restriction, is_doubtful=is_doubtful)
    # What Zoho says was said before the opt-in; ActiveCampaign may still hold an opt-out from another list.
    ours = most_restrictive(word for ref, word in words.items() if ref.crm is Crm.ACTIVECAMPAIGN)
    return Joint(ours, restriction, lifted_by=None if ours is Status.UNSUBSCRIBED else proof)


def opt_ins(seen: Seen, contract: Contract) -> tuple[Evidence, ...]:
    """Subscriptions by a form that the contract takes for the person's own act."""
    found = seen.row.get("opt_ins")
    if seen.ref.crm is Crm.ZOHO or not isinstance(found, Mapping):
        return ()
    return tuple(
        Evidence(datetime.fromisoformat(each["at"]), "form", form=str(each["form"]), list_id=list_id)
        for list_id, each in sorted(found.items())
        if str(each["form"]) in contract.consent.forms
    )


def _all(evidence: Iterable[Evidence], members: Sequence[Candidate], contract: Contract) -> list[Evidence]:
    return [*evidence, *(each for member in members for each in opt_ins(member.seen, contract))]


def _said(member: Candidate) -> Status | None:
    word = member.membership.base.get(SAID) if member.membership else None
    return None if word is None else Status(word)


def _has_come_back(member: Candidate, word: Status) -> bool:
    """A contact that opted out and is subscribed again: ActiveCampaign does not tell whose act that was."""
    is_ours = member.seen.ref.crm is Crm.ACTIVECAMPAIGN
    return is_ours and _said(member) is Status.UNSUBSCRIBED and word is not Status.UNSUBSCRIBED


def _latest(restrictions: Iterable[Restriction | None]) -> Restriction | None:
    return max((each for each in restrictions if each is not None), key=lambda each: each.since, default=None)


def _at(evidence: Evidence) -> datetime:
    return evidence.at


def _has_bounced(seen: Seen) -> bool:
    return str(seen.row.get("bounced_hard") or "0") not in ("", "0")


def _has_left(seen: Seen, contract: Contract) -> bool:
    module = seen.ref.module
    opted, mode = contract.consent.opt_out.get(module), contract.consent.left_by.get(module)
    has_opted = opted is not None and seen.row.get(opted) is True
    return has_opted or (mode is not None and seen.row.get(mode) not in (None, "", "-None-"))
