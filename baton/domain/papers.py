"""What a person is shown of a call: of a batch only the part that concerns one record."""

from collections.abc import Sequence
from dataclasses import replace

from baton.domain.calls import Exchange, Paper

LEFT_OUT = "(too large to be kept whole)"
INSEPARABLE = "(concerns several records and cannot be taken apart)"


def part_of(exchange: Exchange, positions: Sequence[int], among: int) -> Exchange:
    """The exchange as it concerns the records at these positions of a call about `among` records."""
    if among <= 1:
        return exchange
    answer = exchange.answer
    return Exchange(
        # A query may name the others.
        exchange.address.partition("?")[0],
        _part(exchange.request, positions, among, is_about_all=exchange.request.rest is None),
        None if answer is None else _part(answer, positions, among, is_about_all=_is_refusal(answer)),
    )


def _part(paper: Paper, positions: Sequence[int], among: int, *, is_about_all: bool) -> Paper:
    if len(paper.items) == among:
        found = (paper.items[position] for position in positions)
        return replace(paper, items=tuple(LEFT_OUT if item is None else item for item in found))
    return paper if is_about_all and not paper.items else Paper(INSEPARABLE)


def _is_refusal(answer: Paper) -> bool:
    """A document without a list of records tells of the batch as a whole; a text may be half of such a list."""
    return not isinstance(answer.rest, str)
