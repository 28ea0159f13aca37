"""Who wins a field that both sides have filled or changed: its owner, the later edit, the more restrictive word.

Where times or words do not tell, the owner does: a decision is never left to the order in which records were read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from baton.domain.contract import FieldRule, Policy, Winner
from baton.domain.records import Crm, Value


@dataclass(frozen=True, slots=True)
class Won:
    """The side whose value holds, and why, to be read after "both sides spoke"."""

    crm: Crm
    why: str


def winner(rule: FieldRule, asked: Winner, said: Mapping[Crm, Value], edited: Mapping[Crm, datetime | None]) -> Won:
    """`edited` is when a person edited each record last: of the record, not of the field, and in whole seconds."""
    match asked:
        case Crm():
            return Won(asked, f"the contract takes {asked} at the first match")
        case Policy.NEWEST:
            return _newest(rule, edited)
        case Policy.MOST_RESTRICTIVE:
            return _most_restrictive(rule, said)
    return Won(rule.owner, f"{rule.owner} owns the field")


def step(rule: FieldRule, word: Value) -> int | None:
    """How far a word stands in the contract's order, which is in Zoho's words; None when it is not in it."""
    if word in rule.order:
        return rule.order.index(str(word))
    theirs = rule.vocabulary.get(str(word), str(word))
    return rule.order.index(theirs) if theirs in rule.order else None


def _newest(rule: FieldRule, edited: Mapping[Crm, datetime | None]) -> Won:
    ours, theirs = edited[Crm.ACTIVECAMPAIGN], edited[Crm.ZOHO]
    if ours is None or theirs is None or ours == theirs:
        return Won(rule.owner, f"the records' times do not tell which is newer, and {rule.owner} owns the field")
    newer = Crm.ACTIVECAMPAIGN if ours > theirs else Crm.ZOHO
    return Won(newer, f"the record in {newer} was edited last")


def _most_restrictive(rule: FieldRule, said: Mapping[Crm, Value]) -> Won:
    """A word that the order does not know can be compared with none, so the owner decides."""
    ranks = {crm: _restriction(rule, said[crm]) for crm in Crm}
    ours, theirs = ranks[Crm.ACTIVECAMPAIGN], ranks[Crm.ZOHO]
    if ours is None or theirs is None or ours == theirs:
        return Won(rule.owner, f"the words do not tell which is more restrictive, and {rule.owner} owns the field")
    stricter = Crm.ACTIVECAMPAIGN if ours > theirs else Crm.ZOHO
    return Won(stricter, f"the word in {stricter} is more restrictive")


def _restriction(rule: FieldRule, word: Value) -> int | None:
    """A blank restricts nothing, a yes more than a no."""
    if word is None:
        return -1
    return int(word) if isinstance(word, bool) else step(rule, word)
