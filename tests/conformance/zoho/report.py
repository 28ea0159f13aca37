"""What was judged, told by operation: how many answers with which statuses, and how many of them were unlike."""

from collections.abc import Sequence

from tests.conformance.zoho.judge import Judgement


def summary(judged: Sequence[Judgement]) -> str:
    names = sorted({each.operation or "not described" for each in judged})
    rows = [_row(name, [each for each in judged if (each.operation or "not described") == name]) for name in names]
    return "\n".join((*rows, _row("all", judged)))


def _row(name: str, judged: Sequence[Judgement]) -> str:
    statuses = " ".join(str(status) for status in sorted({each.status for each in judged}))
    wrong = sum(each.why is not None for each in judged)
    return f"{name:62}{len(judged):>6} judged {wrong:>4} unlike   {statuses}"
