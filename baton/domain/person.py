"""A person as a decision sees it, and the plan a decision asks for. Values only; nothing here has happened yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from baton.domain.consent import Evidence, Joint, Restriction
from baton.domain.pingpong import Swing
from baton.domain.records import Crm, Module, RecordRef, Seen, Value

Base = Mapping[str, Value]
"""Per field of the contract: the form last agreed on as one side shows it. An absent field was never agreed on."""


class Role(StrEnum):
    PRIMARY = "primary"
    ALIAS = "alias"


class Lane(StrEnum):
    """Who goes first: handoffs, then what people edit now, then backfills. The database sorts by these words."""

    URGENT = "urgent"
    LIVE = "live"
    BULK = "bulk"


@dataclass(frozen=True, slots=True)
class Membership:
    """A record's place in a person. `written` is our last confirmed write, as `own_writes` remembers it."""

    ref: RecordRef
    role: Role
    base: Base = field(default_factory=dict)
    written: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mirrored record that is a member already or shares a key with the person.

    `email` is its normalised address; `is_gone` says that the vendor told us it was deleted; `belongs_to` names
    another person whose member it is.
    """

    seen: Seen
    membership: Membership | None = None
    email: str | None = None
    is_gone: bool = False
    belongs_to: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """All that is known of one human being when it is decided. `refs` are the records whose change asked for it.

    `swings` are the confirmed writes of the last day; `frozen` the fields that swung and wait for somebody. `same` and
    `apart` are what a person has ruled of pairs of a contact and a Zoho record.
    """

    id: int
    revision: int
    email: str | None
    refs: tuple[RecordRef, ...]
    candidates: tuple[Candidate, ...]
    lane: Lane = Lane.LIVE
    swings: tuple[Swing, ...] = ()
    frozen: frozenset[str] = frozenset()
    same: frozenset[tuple[RecordRef, RecordRef]] = frozenset()
    apart: frozenset[tuple[RecordRef, RecordRef]] = frozenset()
    restriction: Restriction | None = None
    evidence: tuple[Evidence, ...] = ()


class Standing(StrEnum):
    """How a record stands after it was decided."""

    IN_STEP = "in step"
    WRITING = "writing"
    REFUSED = "refused"
    REVIEW = "review"
    ALONE = "alone"
    ALIAS = "alias"
    FILTERED = "filtered"
    HELD = "held"
    GONE = "gone"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided for one field, by which rule."""

    field: str
    rule: str
    target: Module
    before: Value = None
    after: Value = None


@dataclass(frozen=True, slots=True)
class Write:
    """One record to be created (`ref` is None) or updated, in the target's own field names.

    `agreed` is what the bases become once the write is confirmed: per record, per field of the contract;
    the new record of a create stands under None. `risk` names what a crowd of such writes would be held for.
    """

    module: Module
    ref: RecordRef | None
    values: Mapping[str, Value]
    agreed: Mapping[RecordRef | None, Base]
    risk: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one side of a conflict says: its half of the base, its value, who set it and when, as far as it is told."""

    base: Value
    value: Value
    actor: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of which only a person may say who is right: both sides have spoken, or it swings without end."""

    field: str
    sides: Mapping[Crm, Spoken]
    is_swinging: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something a play waits for happened to this person.

    `value` is what the trigger shows now and, with play and person, makes the event one and the same however often it
    is seen; `at` is when it happened, where the trigger tells.
    """

    play: str
    contact: RecordRef
    value: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do for one person, and why.

    `bases` move at once: both sides agree there already. `standings` holds for every record its standing and reason.
    """

    memberships: tuple[Membership, ...] = ()
    bases: Mapping[RecordRef, Base] = field(default_factory=dict)
    writes: tuple[Write, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    standings: Mapping[RecordRef, tuple[Standing, str]] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    events: tuple[Event, ...] = ()
    consent: Joint | None = None
