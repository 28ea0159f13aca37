"""What must hold at a quiet point, judged by what both practice CRMs show and were told."""

from collections import Counter
from collections.abc import Iterator
from time import time

from baton.domain.failures import Failure
from tests.flows.conftest import World
from tests.two_teams.teams import FIELDS, Teams, record_of


def until_quiet(world: World) -> None:
    """Cycles until two in a row, begun in different seconds, tell neither side anything: stamps have whole seconds."""
    for practice in (world.activecampaign, world.zoho):
        practice.client.delete(f"{practice.url}/_sandbox/faults")
    calm, last = 0, 0
    for _ in range(2_000):
        before, second = _told(world), int(time())
        _let_time_pass(world)
        if not _cycle(world) or _told(world) != before:
            calm, last = 0, second
        elif second != last:
            calm, last = calm + 1, second
        if calm >= QUIET_SECONDS:
            return
    raise AssertionError("it never became quiet")


QUIET_SECONDS = 2
"""One of them may have been half over; the one after it is read whole."""


def _cycle(world: World) -> bool:
    """Whether it came to its end: an account that was throttled is left alone for a while."""
    try:
        world.cycle()
        world.look_up()
        world.settle()
    except Failure:
        return False
    return True


def _let_time_pass(world: World) -> None:
    """As if every back-off, lease and nudge were long ago; nobody waits in a test."""
    world.end_leases()
    for statement in (
        "UPDATE inbox SET not_before = '2000-01-01', nudged_at = '2000-01-01'",
        "UPDATE outbox SET not_before = '2000-01-01', nudged_at = '2000-01-01' WHERE state IN ('waiting', 'uncertain')",
        "UPDATE outbox SET leased_until = '2000-01-01' WHERE state = 'sending'",
        "UPDATE cursors SET leased_until = NULL, not_before = NULL",
        "UPDATE connections SET paused_at = NULL, ask_again_at = NULL",
    ):
        world._run(statement)


def _told(world: World) -> tuple[int, int]:
    return len(world.activecampaign.journal("effect")), len(world.zoho.journal("effect"))


def offences(teams: Teams, told: tuple[int, int]) -> list[str]:
    return [*lost(teams), *doubled(teams), *loosened(teams, told), *unexplained(teams)]


def lost(teams: Teams) -> Iterator[str]:
    """Who alone spoke is heard on both sides; where both spoke, the sides agree on something that was said."""
    for (contact, name), said in teams.said.items():
        record = record_of(teams.world, contact)
        if record is None:
            yield f"{name} of contact {contact}: there is no record of it in Zoho"
            continue
        shown = (_in_marketing(teams.world, contact, name), str(record.get(FIELDS[name][1]) or ""))
        wanted = {values[-1] for values in said.values()} if len(said) == 1 else {v for vs in said.values() for v in vs}
        if len(set(shown)) != 1 or shown[0] not in wanted:
            yield f"{name} of contact {contact}: said {said}, shown {shown}"


def _in_marketing(world: World, contact: str, name: str) -> str:
    row, place = world.activecampaign.get(f"records/contact/{contact}"), FIELDS[name][0]
    return str((row["fields"] if place.isupper() else row).get(place) or "")


def doubled(teams: Teams) -> Iterator[str]:
    """Each newcomer is there once on each side; nobody else has come."""
    contacts = Counter(str(row["email"]).lower() for row in teams.world.activecampaign.records("contact"))
    records = Counter(
        str(row.get("Email")).lower()
        for module in ("Leads", "Contacts")
        for row in teams.world.zoho.records(module)
        if not row.get("Converted__s")
    )
    for address in sorted(teams.made):
        if (contacts[address], records[address]) != (1, 1):
            yield f"{address}: {contacts[address]} times in ActiveCampaign, {records[address]} times in Zoho"
    ids = Counter(
        row["ActiveCampaign_ID"]
        for module in ("Leads", "Contacts")
        for row in teams.world.zoho.records(module)
        if row.get("ActiveCampaign_ID") and not row.get("Converted__s")
    )
    yield from (f"contact {id_} stands {times} times in Zoho" for id_, times in ids.items() if times > 1)


def loosened(teams: Teams, told: tuple[int, int]) -> Iterator[str]:
    """Whoever left anywhere is out everywhere, and nobody was put on a list."""
    for contact in sorted(teams.left):
        record = record_of(teams.world, contact)
        statuses = set(teams.world.activecampaign.get(f"records/contact/{contact}")["lists"].values())
        if record is not None and not (record["Email_Opt_Out"] and record["Marketing_Consent"] == "Unsubscribed"):
            yield f"contact {contact} left, and Zoho shows {record['Email_Opt_Out']}, {record['Marketing_Consent']}"
        if statuses & {"0", "1"}:
            yield f"contact {contact} left, and stands on lists: {statuses}"
    for entry in teams.world.activecampaign.journal("effect", after=told[0]):
        if entry["actor"] == "api":
            wrong = [v for k, v in entry["values"].items() if k.startswith("list:") and v != "2"]
            yield from (f"contact {entry['id']} was told the list status {value}" for value in wrong)


def unexplained(teams: Teams) -> Iterator[str]:
    status = teams.world.status()
    if status.unexplained:
        yield f"{status.unexplained} records differ without a reason"
    for letter in teams.world.engine.dead_letters.listed(limit=10) if status.dead_letters else ():
        yield f"a dead letter: {letter.queue} {letter.ref}: {letter.reason}"
