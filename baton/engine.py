"""All ports of one connection in one frozen record, so that a flow takes one argument."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from baton.domain.contract import Contract
from baton.domain.imprint import imprint
from baton.domain.records import Crm, Seen, Stream
from baton.domain.rulebook import Rulebook
from baton.domain.standing import ruled
from baton.domain.values.spelling import Spelling
from baton.ports import (
    Calls,
    Connections,
    Cursors,
    DeadLetters,
    DeadQueues,
    Gateway,
    Imprinted,
    Intake,
    Outbox,
    People,
    Runs,
    Schedule,
    Schemas,
    Trickle,
)
from baton.ports.audits import Audits
from baton.ports.backfills import Backfills, Sightings
from baton.ports.conflicts import Conflicts, StandingRulings
from baton.ports.consents import Consents
from baton.ports.drift import Drifts
from baton.ports.guards import Guards
from baton.ports.handoffs import Automation
from baton.ports.hooks import Doors
from baton.ports.plans import SavedPlans
from baton.ports.reviews import Reviews


@dataclass(frozen=True, slots=True)
class Engine:
    """One connection, ready to work."""

    connection: str
    contract: Contract
    spelling: Spelling
    gateways: Mapping[Crm, Gateway]
    streams: tuple[Stream, ...]
    cursors: Cursors
    intake: Intake
    people: People
    outbox: Outbox
    connections: Connections
    dead_letters: DeadLetters
    dead_queues: DeadQueues
    schedule: Schedule
    schemas: Schemas
    drifts: Drifts
    audits: Audits
    conflicts: Conflicts
    standing_rulings: StandingRulings
    consents: Consents
    saved_plans: SavedPlans
    reviews: Reviews
    guards: Guards
    trickle: Trickle
    backfills: Backfills
    sightings: Sightings
    calls: Calls
    runs: Runs
    automation: Automation
    doors: Doors
    now: Callable[[], datetime]
    jitter: Callable[[], float]

    def imprinted(self, seen: Seen) -> Imprinted:
        return Imprinted(seen, imprint(seen, self.contract, self.spelling, self.automation.watched(seen.ref.module)))

    @property
    def rulebook(self) -> Rulebook:
        winners = {ruling.field: ruling.winner for ruling in self.standing_rulings.read()}
        return Rulebook(
            ruled(self.contract, winners),
            self.schemas.read(),
            self.spelling,
            self.connections.zoho_user(),
            {person.id: person.name for person in self.automation.users.read()},
            self.automation.plays,
            self.drifts.open(),
        )
