"""Two or three records become one: the winner keeps its id and fills its blanks, the losers are deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sandbox.store import Row
from sandbox.zoho import edits
from sandbox.zoho.edits import Hand
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.related.moving import move_related
from sandbox.zoho.world import World

MOST_LOSERS = 2
MERGED = "find_and_merge_duplicate"
MERGEABLE = ("Leads", "Contacts", "Accounts", "Deals")


def merge_records(
    world: World,
    table: RecordTable,
    winner: Row,
    losers: Sequence[Row],
    hand: Hand,
    chosen: Mapping[str, Row] | None = None,
) -> Row:
    """The losers go first, so that a value that must be unique is free for the winner.

    `chosen` names, field by field, the record whose value is taken; else a blank of the winner is filled.
    """
    picked = chosen or {}
    hand = replace(hand, deed=MERGED)
    for loser in losers:
        move_related(world, table, loser["id"], table, winner)
        edits.delete(world, table, loser["id"], hand)
    writable = [field.name for field in table.spec.fields.values() if field.is_writable]
    filled: Row = {}
    for name in writable:
        found = [row[name] for row in (winner, *losers) if row.get(name) not in (None, [])]
        if name in picked:
            filled[name] = picked[name].get(name)
        elif found:
            filled[name] = found[0]
    edits.update(world, table, winner, filled, hand)
    return winner
