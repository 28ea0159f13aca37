"""How an exchange ends: `same`, `differs on purpose` with its reason, or `not applicable` with its own.

Both tables were written before the run that they judge; what is in neither and differs is a fault.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.conformance.activecampaign.exchanges import Exchange

NOT_COVERED = {
    "campaigns": "campaigns are made and sent in the vendor's own screens; no coverage of them is meant",
    "campaign": "campaigns are made and sent in the vendor's own screens; no coverage of them is meant",
}
"""By the first part of the path."""

ON_PURPOSE = {
    ".email_empty is missing": "contacts bore this key for some weeks of June 2020, and neither before nor since",
}
"""By the end of what disagrees. Whoever differs in one thing more is at fault all the same."""


class Verdict(StrEnum):
    SAME = "same"
    ON_PURPOSE = "differs on purpose"
    NOT_APPLICABLE = "not applicable"
    FAULT = "differs"


@dataclass(frozen=True, slots=True)
class Judged:
    exchange: Exchange
    verdict: Verdict
    why: Sequence[str] = ()


def excused(exchange: Exchange) -> Judged | None:
    """An exchange of an endpoint that is not covered is not even replayed."""
    reason = NOT_COVERED.get(exchange.family)
    return None if reason is None else Judged(exchange, Verdict.NOT_APPLICABLE, (reason,))


def judged(exchange: Exchange, differences: Sequence[str]) -> Judged:
    if not differences:
        return Judged(exchange, Verdict.SAME)
    excuses = [excuse_of(difference) for difference in differences]
    if None in excuses:
        return Judged(exchange, Verdict.FAULT, differences)
    return Judged(exchange, Verdict.ON_PURPOSE, (*dict.fromkeys(ON_PURPOSE[str(end)] for end in excuses), *differences))


def excuse_of(difference: str) -> str | None:
    return next((end for end in ON_PURPOSE if difference.endswith(end)), None)
