"""What the flows ask of the world, each port named after the need. Adapters answer; `workers.wiring` chooses them."""

from baton.ports.calls import Calls, Runs
from baton.ports.gateway import Account, Answer, Budget, Change, Clock, Gateway, NewRecord, Size, Survey, Token, Tokens
from baton.ports.intake import Cursor, Cursors, Imprinted, Intake
from baton.ports.outbox import Confirmation, Crowd, Operation, Outbox, OutboxRow
from baton.ports.people import People, Taken
from baton.ports.upkeep import Connections, DeadLetter, DeadLetters, DeadQueues, Schedule, Schemas, Trickle

__all__ = [
    "Account",
    "Answer",
    "Budget",
    "Calls",
    "Change",
    "Clock",
    "Confirmation",
    "Connections",
    "Crowd",
    "Cursor",
    "Cursors",
    "DeadLetter",
    "DeadLetters",
    "DeadQueues",
    "Gateway",
    "Imprinted",
    "Intake",
    "NewRecord",
    "Operation",
    "Outbox",
    "OutboxRow",
    "People",
    "Runs",
    "Schedule",
    "Schemas",
    "Size",
    "Survey",
    "Taken",
    "Token",
    "Tokens",
    "Trickle",
]
