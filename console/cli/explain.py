"""`baton explain`: a person's story, from the records through every decision to every write."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

import click
from rich.console import Console
from rich.markup import escape

from baton.domain.calls import CallStory
from baton.domain.chain import FieldStory, chain
from baton.domain.masking import masked_calls, masked_story
from baton.domain.story import Happening, Story, ToldRecord, Waiting
from console.cli.enginehouse import one_connection
from console.cli.explain_calls import calls_of, tell_calls
from console.cli.explain_fields import tell_chain, tell_fields
from console.cli.explain_unknown import fields_of, tell_unknown


@click.command()
@click.argument("who")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option(
    "--field", metavar="NAME", help="One field by its name in the contract, and how far its last change came."
)
@click.option("--calls", "with_calls", is_flag=True, help="Each API call too, with what was sent and answered.")
@click.option("--masked", is_flag=True, help="Hide personal values, for a screen that others see.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of persons.")
def explain(
    who: str, connection: str | None, field: str | None, *, with_calls: bool, masked: bool, as_json: bool
) -> None:
    """Tell what is known of WHO, and why it is so.

    WHO is an e-mail address, or a ref such as activecampaign:contact:12 or zoho:Leads:4876000000123. The story names
    the records on both sides and how they stand, each decision with its rule, each write with the vendor's request
    id, and what still waits.

    Then for each field what both sides show, what was agreed on last, and why: the decision, its rule, who edited, the
    run, the write and its request; and how far the last change came: seen, filtered, matched, decided, written,
    answered. Of an address that nobody knows it tells when each stream is read next.

    With --calls, also every call that wrote to the person's records or failed to: its time, endpoint, status, duration,
    request and answer. Of a batch only this person's part is shown. Calls are kept for BATON_CALLS__KEEP days, and open
    only with the key (BATON_SECRET_KEY) they were sealed with.

    \b
    Exit code 0: somebody was found.  1: nobody.
    """
    name = one_connection(connection)
    stories = [masked_story(story) if masked else story for story in _told(name, who)]
    calls = {story.person: calls_of(name, story.person) for story in stories if with_calls}
    if masked:
        calls = {person: masked_calls(story) for person, story in calls.items()}
    fields = {story.person: fields_of(name, story, field) for story in stories}
    if as_json:
        told = [_as_object(story, fields[story.person], calls.get(story.person)) for story in stories]
        click.echo(json.dumps(told, indent=2, default=_text, ensure_ascii=False))
    for story in () if as_json else stories:
        _show(story, fields[story.person], calls.get(story.person), is_whole=field is None)
    if not stories:
        tell_unknown(name, who)
        raise SystemExit(1)


def _as_object(story: Story, fields: Sequence[FieldStory], calls: CallStory | None) -> dict[str, object]:
    return {
        **asdict(story),
        **({} if calls is None else asdict(calls)),
        "chain": [asdict(link) for link in chain(story)],
        "fields": [asdict(each) for each in fields],
    }


def _show(story: Story, fields: Sequence[FieldStory], calls: CallStory | None, *, is_whole: bool) -> None:
    screen = Console(highlight=False, soft_wrap=True)
    _tell(screen, story, is_whole=is_whole)
    tell_fields(screen, fields, with_chain=not is_whole)
    if calls is not None:
        tell_calls(screen, calls)


def _told(connection: str, who: str) -> tuple[Story, ...]:
    from workers import wiring  # noqa: PLC0415 - the adapters are imported only after the environment names the servers

    return wiring.stories(connection, who)


def _tell(console: Console, story: Story, *, is_whole: bool) -> None:
    console.print(f"\n[bold]{escape(story.email or 'somebody without an address')}[/]", end="")
    console.print(f"  (person {story.person}, decided {story.revision} times)")
    if not is_whole:
        return
    for record in story.records:
        _tell_record(console, record)
    if story.happenings:
        console.print("\n  What happened")
    for happening in story.happenings:
        _tell_happening(console, happening)
    console.print("\n  What waits" if story.waiting else "\n  Nothing waits.")
    for waiting in story.waiting:
        console.print(f"    {_waits(waiting)}", markup=False)
    console.print("\n  How far the last change came")
    tell_chain(console, chain(story))


def _tell_record(console: Console, record: ToldRecord) -> None:
    role = f", {record.role}" if record.role else ""
    reason = f" ({record.reason})" if record.reason else ""
    console.print(f"  {record.ref}{role}: {record.standing}{reason}", markup=False)
    for name, value in record.base.items():
        console.print(f"    {name:<18} {'-' if value is None else value}", markup=False)


def _tell_happening(console: Console, happening: Happening) -> None:
    console.print(f"    {_moment(happening.at)}  {_headline(happening)}", markup=False)
    rules = happening.facts.get("rules")
    for field, rule in rules.items() if isinstance(rules, Mapping) else ():
        console.print(f"        {field:<18} {rule}{_change(happening.values.get(field))}", markup=False)


def _headline(happening: Happening) -> str:
    facts = happening.facts
    match happening.kind:
        case "decided":
            run = f", seen by run {happening.run}" if happening.run else ""
            return f"decided (revision {facts.get('revision')}{run}): {_standings(facts.get('standings'))}"
        case "written":
            fields = facts.get("fields")
            names = ", ".join(fields) if isinstance(fields, list) else ""
            return f"written to {happening.ref}: {names} (request {facts.get('request') or 'found by look-up'})"
        case kind:
            return f"{kind} {happening.ref or ''} {facts.get('why', '')}"


def _standings(standings: object) -> str:
    if not isinstance(standings, Mapping):
        return ""
    return "; ".join(f"{ref} {said[0]}" + (f" — {said[1]}" if said[1] else "") for ref, said in standings.items())


def _change(values: Mapping[str, object] | None) -> str:
    if not values or values.get("before") == values.get("after"):
        return ""
    before, after = values.get("before"), values.get("after")
    return f": {'-' if before is None else before} → {'-' if after is None else after}"


def _waits(waiting: Waiting) -> str:
    why = f"; last: {waiting.last_failure}" if waiting.last_failure else ""
    return (
        f"{waiting.box}: {waiting.what} {waiting.state}, since {_moment(waiting.since)}, "
        f"due {_moment(waiting.due)}, tried {waiting.attempts} times{why}"
    )


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _text(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.isoformat() if isinstance(value, datetime) else str(value)
