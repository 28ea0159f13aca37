"""The same shape without what a person would be known by, for a screen that others see."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from baton.domain.calls import CallStory, Exchange, Paper, ToldCall
from baton.domain.papers import INSEPARABLE, LEFT_OUT
from baton.domain.records import Value
from baton.domain.story import Happening, Story, ToldRecord

_OURS = (LEFT_OUT, INSEPARABLE)
_TELLING = frozenset(
    {"id", "code", "status", "action", "api_name", "json_path", "field", "trigger", "duplicate_check_fields"}
)
"""Under these keys of requests and answers stand ids, codes and names of fields, never values of a person."""


def masked(value: object, is_telling: Callable[[str], bool] = lambda _: False) -> object:
    if isinstance(value, Mapping):
        return {
            name: held if is_telling(str(name)) and _is_plain(held) else masked(held, is_telling)
            for name, held in value.items()
        }
    if isinstance(value, list | tuple):
        return [masked(held, is_telling) for held in value]
    if value is None or value == "" or isinstance(value, bool):
        return value
    return f"•••({len(str(value))})"


def _is_plain(value: object) -> bool:
    held = value if isinstance(value, list | tuple) else [value]
    return not any(isinstance(each, Mapping | list | tuple) for each in held)


def masked_calls(story: CallStory) -> CallStory:
    return replace(story, calls=tuple(_masked_call(call) for call in story.calls))


def _masked_call(call: ToldCall) -> ToldCall:
    return call if call.exchange is None else replace(call, exchange=_masked_exchange(call.exchange))


def _masked_exchange(exchange: Exchange) -> Exchange:
    answer = exchange.answer
    return Exchange(
        exchange.address.partition("?")[0],
        _masked_paper(exchange.request),
        None if answer is None else _masked_paper(answer),
    )


def _masked_paper(paper: Paper) -> Paper:
    return Paper(_masked_part(paper.rest), tuple(_masked_part(item) for item in paper.items))


def _masked_part(part: object) -> object:
    return part if part in _OURS else masked(part, _TELLING.__contains__)


def masked_story(story: Story) -> Story:
    return replace(
        story,
        email=None if story.email is None else str(masked(story.email)),
        records=tuple(_masked_record(record) for record in story.records),
        happenings=tuple(_masked_happening(happening) for happening in story.happenings),
    )


def _masked_record(record: ToldRecord) -> ToldRecord:
    row = {name: masked(held) for name, held in record.row.items()}
    return replace(record, row=row, base=_hidden(record.base))


def _masked_happening(happening: Happening) -> Happening:
    return replace(happening, values={field: _hidden(sides) for field, sides in happening.values.items()})


def _hidden(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: None if held is None else str(masked(held)) for name, held in values.items()}
