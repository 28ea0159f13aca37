"""`baton backfill` and `baton resync`, as a person at the terminal sees them."""

import json
import time
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from baton.domain.backfill import Kind, Scope, State
from baton.domain.records import CONTACT, LEADS
from baton.flows.backfill import work_a_slice
from console.cli import backfill_shown
from console.cli.backfill import backfill, resync
from workers import wiring


@pytest.fixture
def world(make_world, monkeypatch):
    made = make_world(people=5)
    monkeypatch.setattr(wiring, "engine_for", lambda _: made.engine)
    return made


@pytest.fixture
def baton(world, monkeypatch, tmp_path):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", "postgresql://unused")
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    return lambda *arguments: CliRunner().invoke(backfill, arguments)


@pytest.fixture
def fleet(world, monkeypatch):
    """Workers that do their work whenever the command waits."""

    def work(_seconds):
        world.due += work_a_slice(world.engine).due
        waiting = world.engine.people.due(limit=1_000, now=world.engine.now())
        world.due += [ref for refs in waiting.values() for ref in refs]
        world.settle()

    monkeypatch.setattr(backfill_shown, "time", SimpleNamespace(sleep=work, monotonic=time.monotonic))


def begun(world, **said):
    scope = Scope(**{"modules": (CONTACT,), **said})
    return world.engine.backfills.start(Kind.BACKFILL, scope, now=world.engine.now())


def test_a_dry_run_tells_records_and_calls_and_begins_nothing(world, baton):
    result = baton("--all", "--dry-run")

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "activecampaign:contact: 5 records, 1 call",
        "zoho:Contacts: 0 records, 1 call",
        "zoho:Leads: 1 record, 1 call",
        "Nothing was begun.",
    ]
    assert world.engine.backfills.listed(limit=10) == ()


def test_a_dry_run_says_what_zoho_does_not_tell(baton):
    result = baton("--module", "zoho:Leads", "--since", "2026-01-01", "--dry-run")

    assert result.output.startswith("zoho:Leads: the vendor does not tell how many records that is\n")


def test_named_records_are_counted_by_their_names(baton):
    result = baton("--ids", "zoho:Leads:1,zoho:Leads:2,activecampaign:contact:3", "--dry-run")

    assert "zoho:Leads: 2 records, 1 call\n" in result.output


def test_waiting_ends_with_nought_when_all_of_it_is_written(world, baton, fleet):
    result = baton("--all", "--wait")

    [come] = world.engine.backfills.listed(limit=10)
    assert result.exit_code == 0
    assert f"backfill {come.id} has begun" in result.output
    assert result.output.splitlines()[-1].startswith(f"backfill {come.id} done: {come.read} of {come.expected} read")
    assert (come.state, come.to_decide, come.to_write) == (State.DONE, 0, 0)


def test_in_a_terminal_it_is_drawn_and_told_once(world, baton, fleet, monkeypatch):
    monkeypatch.setattr(backfill_shown, "Console", lambda: SimpleNamespace(is_terminal=True))

    result = baton("--all", "--wait")

    assert result.exit_code == 0
    assert result.output.splitlines()[-1].startswith("backfill 1 done")


def test_a_resync_takes_the_same_scope(world, baton):
    result = CliRunner().invoke(resync, ["--module", "zoho:Leads"])

    [come] = world.engine.backfills.listed(limit=10)
    assert result.exit_code == 0
    assert come.kind is Kind.RESYNC


def test_a_tag_is_found_by_its_name(world, baton):
    tag, *_ = world.activecampaign.records("tag")
    holders = [row for row in world.activecampaign.records("contact") if tag["tag"] in row["tags"]]

    result = baton("--tag", tag["tag"].upper(), "--dry-run")

    assert f"activecampaign:contact: {len(holders)} record" in result.output


def test_a_tag_that_is_not_there_is_told(baton):
    result = baton("--tag", "no such tag")

    assert (result.exit_code, result.output) == (1, "Error: ActiveCampaign has no tag 'no such tag'\n")


NEVER_MEANT = {
    (): "say which records",
    ("--all", "--list", "3"): "do not go together",
    ("--list", "3", "--tag", "4"): "do not go together",
    ("--ids", "zoho:Leads:1", "--since", "2026-01-01"): "do not go together",
    ("--list", "3", "--module", "zoho:Leads"): "do not go together",
    ("--ids", " , "): "no ids were named",
    ("--ids", "zoho:Leads:abc"): "are numbers",
    ("--ids", "12"): "is not a ref",
    ("--ids", "hubspot:contact:12"): "is not a ref",
    ("--ids", "zoho:Invoices:12"): "zoho:Invoices is no module of the contract",
    ("--module", "zoho:Invoices"): "zoho:Invoices is no module of the contract",
    ("--since", "yesterday"): "is no date",
    ("--since", "2026-02-01", "--until", "2026-01-01"): "is not before",
}


def test_what_cannot_be_meant_is_a_usage_error(world, baton):
    results = {arguments: baton(*arguments) for arguments in NEVER_MEANT}

    assert {result.exit_code for result in results.values()} == {2}
    assert [arguments for arguments, told in NEVER_MEANT.items() if told not in results[arguments].output] == []
    assert world.engine.backfills.listed(limit=10) == ()


def test_ids_may_stand_in_a_file(world, baton, tmp_path):
    (tmp_path / "refs.txt").write_text("zoho:Leads:1\n\nactivecampaign:contact:2\n")

    result = baton("--ids-from", str(tmp_path / "refs.txt"))

    assert result.exit_code == 0
    assert world.engine.backfills.listed(limit=1)[0].expected == 2


def test_a_vendor_that_does_not_answer_is_no_reason_not_to_begin(world, baton):
    world.activecampaign.post("faults", kind="status", route="* */contacts", status=503, every=1)

    result = baton("--module", "activecampaign:contact")

    assert result.exit_code == 0
    assert world.engine.backfills.listed(limit=1)[0].expected is None


def test_a_backfill_is_paused_resumed_and_cancelled_by_its_number(world, baton):
    number = begun(world)

    told = [baton(word, str(number)).output for word in ("pause", "resume", "cancel")]

    assert told == [f"{number}: paused\n", f"{number}: running\n", f"{number}: cancelled\n"]
    assert world.engine.backfills.progress(number).finished_at is not None


def test_what_is_over_cannot_be_resumed(world, baton):
    number = begun(world)
    baton("cancel", str(number))

    result = baton("resume", str(number))

    assert result.exit_code == 1
    assert "is over, or there is no such backfill" in result.output


def test_watching_what_is_not_there_is_told(baton):
    result = baton("watch", "99")

    assert result.exit_code == 1
    assert "there is no backfill 99" in result.output


def test_watching_a_cancelled_backfill_is_no_success(world, baton):
    number = begun(world)
    baton("cancel", str(number))

    assert baton("watch", str(number)).exit_code == 1


def test_programs_are_told_in_json(world, baton):
    begun(world, modules=(LEADS,))

    [told] = json.loads(baton("list", "--json").output)

    assert (told["kind"], told["state"], told["read"], told["finished_at"]) == ("backfill", "running", 0, None)


def test_nothing_begun_is_told_with_what_to_do(baton):
    assert "baton backfill --all" in baton("list").output


def test_a_census_may_be_asked_for(world, baton):
    result = baton("census", "--believe")

    [come] = world.engine.backfills.listed(limit=10)
    assert result.exit_code == 0
    assert come.kind is Kind.CENSUS
