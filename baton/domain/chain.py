"""Why a value is what it is, and where a change stopped: seen, filtered, matched, decided, written, answered.

Made of a person's story alone, so it tells what was recorded and guesses nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from baton.domain.contract import Contract
from baton.domain.drift import PUT_OFF
from baton.domain.imprint import forms
from baton.domain.merge import STAYS_WHERE_IT_IS
from baton.domain.person import Role, Standing
from baton.domain.records import RecordRef, Seen, Value
from baton.domain.story import Happening, Story, ToldRecord, Waiting
from baton.domain.values.spelling import Spelling

DONE, STOPPED, WAITS, NOTHING, NOT_REACHED = "done", "stopped", "waits", "nothing to do", "not reached"
_STAGES = ("seen", "filtered", "matched", "decided", "written", "answered")
_FILTERED = (Standing.FILTERED, Standing.REFUSED)
_UNMATCHED = (Standing.REVIEW, Standing.ALONE, Standing.GONE)


@dataclass(frozen=True, slots=True)
class Link:
    stage: str
    state: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """The last ruling about a field, and the write that carried it out.

    editors  who had edited each record last when it was decided, as far as the vendor tells.
    """

    at: datetime
    revision: int
    rule: str
    target: str
    run: int | None
    before: Value
    after: Value
    editors: Mapping[str, str] = field(default_factory=dict)
    written_at: datetime | None = None
    request: str | None = None
    key: str | None = None

    @property
    def asks_for_a_write(self) -> bool:
        return self.before != self.after and STAYS_WHERE_IT_IS not in self.rule


@dataclass(frozen=True, slots=True)
class FieldStory:
    """One field of one person: what each record shows, what was agreed on, why, and how far its last change came."""

    name: str
    shown: Mapping[str, Value]
    base: Mapping[str, Value]
    why: Why | None
    chain: tuple[Link, ...]


def field_stories(
    story: Story, contract: Contract, spelling: Spelling, only: str | None = None
) -> tuple[FieldStory, ...]:
    names = [rule.name for rule in contract.rules] if only is None else [only]
    shown = {record.ref: _forms(record, contract, spelling) for record in story.records}
    return tuple(_told(name, story, shown) for name in names)


def chain(story: Story) -> tuple[Link, ...]:
    """How far this person's last change came."""
    return _complete(_person_links(story))


def _told(name: str, story: Story, shown: Mapping[str, Mapping[str, Value]]) -> FieldStory:
    values = {ref: said[name] for ref, said in shown.items() if name in said}
    base = {record.ref: record.base[name] for record in story.records if name in record.base}
    why = _why(name, story.happenings)
    return FieldStory(name, values, base, why, _complete(_field_links(name, story, values, base, why)))


def _forms(record: ToldRecord, contract: Contract, spelling: Spelling) -> Mapping[str, Value]:
    return forms(Seen(RecordRef.parse(record.ref), record.row, record.version), contract, spelling)


def _why(name: str, happenings: Sequence[Happening]) -> Why | None:
    for happening in reversed(happenings):
        rules = happening.facts.get("rules")
        if happening.kind == "decided" and isinstance(rules, Mapping) and name in rules:
            return _ruled(name, str(rules[name]), happening, happenings)
    return None


def _ruled(name: str, rule: str, decided: Happening, happenings: Sequence[Happening]) -> Why:
    values = decided.values.get(name, {})
    target = str(values.get("target") or "")
    written = _write_of(decided, target, happenings) if values.get("before") != values.get("after") else None
    editors = decided.facts.get("editors")
    return Why(
        at=decided.at,
        revision=_whole(decided.facts.get("revision")),
        rule=rule,
        target=target,
        run=decided.run,
        before=values.get("before"),
        after=values.get("after"),
        editors={str(ref): str(who) for ref, who in editors.items()} if isinstance(editors, Mapping) else {},
        written_at=None if written is None else written.at,
        request=None if written is None else _text(written.facts.get("request")),
        key=None if written is None else _text(written.facts.get("key")),
    )


def _write_of(decided: Happening, target: str, happenings: Sequence[Happening]) -> Happening | None:
    keys = decided.facts.get("writes")
    wanted = [key for key in keys if f"/{target}:" in str(key)] if isinstance(keys, list) else []
    return next((each for each in happenings if each.kind == "written" and each.facts.get("key") in wanted), None)


def _person_links(story: Story) -> Iterator[Link]:
    yield from _until_decided(story)
    decided = next((each for each in reversed(story.happenings) if each.kind == "decided"), None)
    if decided is None:
        return
    yield Link("decided", DONE, f"revision {decided.facts.get('revision')} at {_moment(decided.at)}")
    yield from _after_decided(story)


def _until_decided(story: Story) -> Iterator[Link]:
    """Ends with a link that says why, where it went no further."""
    if not story.records:
        yield Link("seen", STOPPED, "no record of this person is kept any more")
        return
    unread = _waiting(story, "inbox", "to be read again")
    if unread is not None:
        yield Link("seen", WAITS, _since(unread))
        return
    newest = max(story.records, key=lambda record: record.version)
    yield Link("seen", DONE, f"{len(story.records)} records; {newest.ref} as of {_moment(newest.version)}")
    inbox = _waiting(story, "inbox", "to be decided")
    if inbox is not None:
        yield Link("filtered", NOTHING)
        yield Link("matched", NOTHING)
        yield Link("decided", WAITS, _since(inbox))
        return
    yield from _standing_links(story)


def _standing_links(story: Story) -> Iterator[Link]:
    by_standing = {record.standing: record for record in reversed(story.records)}
    for stage, standings in (("filtered", _FILTERED), ("matched", _UNMATCHED)):
        held = next((by_standing[each] for each in standings if each in by_standing), None)
        others = any(record.role == Role.PRIMARY and record.standing not in standings for record in story.records)
        if held is not None and not others:
            yield Link(stage, STOPPED, f"{held.standing}: {held.reason or 'no reason was kept'}")
            return
        members = ", ".join(record.ref for record in story.records if record.role)
        yield Link(stage, DONE, "takes part" if stage == "filtered" else members or "no member yet")
    if Standing.DEAD in by_standing and _waiting(story, "outbox") is None:
        yield Link("decided", STOPPED, f"dead: {by_standing[Standing.DEAD].reason or 'baton dead list says why'}")


def _after_decided(story: Story) -> Iterator[Link]:
    row = _waiting(story, "outbox")
    written = next((each for each in reversed(story.happenings) if each.kind == "written"), None)
    if row is None and written is None:
        yield Link("written", NOTHING, "both sides agreed")
        yield Link("answered", NOTHING)
    elif row is None or row.state == "superseded":
        at = written.at if written else row.since if row else None
        yield Link("written", DONE, f"{written.ref if written else ''} at {_moment(at) if at else ''}")
        yield Link("answered", DONE, f"request {written.facts.get('request') or 'found by look-up'}" if written else "")
    elif row.state == "dead":
        yield Link("written", STOPPED, f"{row.what}: {row.last_failure or 'baton dead list says why'}")
    elif row.state == "waiting":
        yield Link("written", WAITS, _since(row))
    else:
        yield Link("written", DONE, row.what)
        yield Link("answered", WAITS, _since(row))


def _field_links(
    name: str, story: Story, shown: Mapping[str, Value], base: Mapping[str, Value], why: Why | None
) -> Iterator[Link]:
    links = list(_until_decided(story))
    if not shown and story.records:
        yield links[0]
        yield Link("filtered", STOPPED, f"the contract names no field {name} for these records")
        return
    yield from links
    if links and links[-1].state in (STOPPED, WAITS):
        return
    if why is None:
        told = "nobody has said anything since both sides agreed" if base else "no decision was about it yet"
        yield Link("decided", NOTHING, told)
        return
    if why.after is None and why.before is None and all(value is None for value in shown.values()):
        yield Link("decided", NOTHING, "blank on both sides")
        return
    if not why.asks_for_a_write:
        is_held = why.rule.startswith(PUT_OFF) or bool(_differs(shown, base))
        yield Link("decided", WAITS if is_held else STOPPED, why.rule)
        return
    yield Link("decided", DONE, why.rule)
    if why.written_at is not None:
        yield Link("written", DONE, f"at {_moment(why.written_at)}")
        yield Link("answered", DONE, f"request {why.request or 'found by look-up'}")
        return
    yield from _after_decided(story) if _waiting(story, "outbox") else (Link("written", STOPPED, "superseded"),)


def _differs(shown: Mapping[str, Value], base: Mapping[str, Value]) -> list[str]:
    return [ref for ref, agreed in base.items() if ref in shown and shown[ref] != agreed]


def _complete(links: Iterator[Link]) -> tuple[Link, ...]:
    """Every stage stands there; those after the one that stopped were not reached."""
    told = tuple(links)
    reached = {link.stage for link in told}
    return (*told, *(Link(stage, NOT_REACHED) for stage in _STAGES if stage not in reached))


def _waiting(story: Story, box: str, state: str | None = None) -> Waiting | None:
    return next((each for each in story.waiting if each.box == box and state in (None, each.state)), None)


def _since(waiting: Waiting) -> str:
    why = f"; last: {waiting.last_failure}" if waiting.last_failure else ""
    return f"{waiting.what} {waiting.state} since {_moment(waiting.since)}, due {_moment(waiting.due)}{why}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _text(value: object) -> str | None:
    return None if value is None else str(value)
