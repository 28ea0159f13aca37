"""The calls of a person as `baton explain --calls` tells them: when, how it went, what was sent and what came back."""

import json
from datetime import datetime, timedelta
from textwrap import indent

from rich.console import Console

from baton.domain.calls import CallStory, Paper, ToldCall, UnkeptWrite
from console.cli.reaching import reaching_the_database


def calls_of(connection: str, person: int) -> CallStory:
    from workers import reports  # noqa: PLC0415 - the adapters are imported only after the environment names the servers

    with reaching_the_database():
        return reports.call_story(connection, person)


def tell_calls(console: Console, story: CallStory) -> None:
    console.print(
        "\n  API calls" if story.calls or story.unkept else "\n  No API call has written this person's records."
    )
    for call in story.calls:
        _tell_call(console, call)
    for write in story.unkept:
        console.print(f"    {_moment(write.since)}  {_unkept(write)}", markup=False)


def _tell_call(console: Console, call: ToldCall) -> None:
    console.print(f"    {_moment(call.at)}  {_headline(call)}", markup=False)
    if call.exchange is None:
        console.print(f"        request and answer cannot be shown: {call.withheld}", markup=False)
        return
    console.print(f"        sent to {call.exchange.address}", markup=False)
    _tell_paper(console, call.exchange.request)
    console.print("        answered" if call.exchange.answer else "        no answer could be read", markup=False)
    if call.exchange.answer is not None:
        _tell_paper(console, call.exchange.answer)


def _tell_paper(console: Console, paper: Paper) -> None:
    for part in (paper.rest, *paper.items):
        if part is not None:
            console.print(indent(_written(part), " " * 10), markup=False)


def _written(part: object) -> str:
    return part if isinstance(part, str) else json.dumps(part, indent=2, ensure_ascii=False)


def _headline(call: ToldCall) -> str:
    status = "no answer" if call.status is None else f"status {call.status}"
    code = f" ({call.code})" if call.code else ""
    request = f", request {call.request_id}" if call.request_id else ""
    writes = f", write {', '.join(str(row) for row in call.writes)}" if call.writes else ""
    among = f" in a batch of {call.among}" if call.among > 1 else ""
    return f"{call.crm} {call.endpoint}: {call.outcome}{code}, {status}, {_span(call.took)}{request}{writes}{among}"


def _unkept(write: UnkeptWrite) -> str:
    return f"write {write.row} to {write.ref or write.module} ({write.state}): its call is not kept, {write.why}"


def _span(span: timedelta) -> str:
    return f"{span.total_seconds() * 1000:.0f} ms"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
