"""Which records a backfill reads, what it does with trouble, and how it stands back."""

from datetime import datetime, timedelta

import pytest

from baton.domain.backfill import Kind, Scope, State
from baton.domain.failures import Unreachable
from baton.domain.records import CONTACT, LEADS, RecordRef
from baton.flows import backfill
from baton.flows.backfill import work_a_slice
from baton.flows.measuring import measure


@pytest.fixture
def world(make_world):
    return make_world(people=8)


def begin(world, kind=Kind.BACKFILL, **said):
    scope = Scope(**{"modules": (LEADS,), **said})
    return world.engine.backfills.start(kind, scope, now=world.engine.now())


def work(world):
    while world.engine.backfills.has_work(now=world.engine.now()):
        world.due += work_a_slice(world.engine).due


def come(world, number):
    return world.engine.backfills.progress(number)


def stamp(record, name):
    return datetime.fromisoformat(record[name])


def test_a_window_of_contacts_has_two_ends(world):
    stamps = sorted(stamp(record, "udate") for record in world.activecampaign.records("contact"))

    number = begin(world, modules=(CONTACT,), since=stamps[2], until=stamps[-1])
    work(world)

    inside = [each for each in stamps if stamps[2] <= each < stamps[-1]]
    assert come(world, number).read == len(inside) > 0


def test_a_window_of_leads_has_two_ends(world):
    for offset in (60, 120, 180):
        world.zoho.post("settings", clock_offset_seconds=offset)
        values = {"Last_Name": "Late", "Company": "Late", "Email": f"late{offset}@example.org"}
        world.zoho.post("people/create", module="Leads", values=values)
    *_, second, last = sorted(stamp(record, "Modified_Time") for record in world.zoho.records("Leads"))

    number = begin(world, since=second, until=last)
    work(world)

    assert (come(world, number).state, come(world, number).read) == (State.DONE, 1)


def test_a_window_that_the_vendor_ignores_is_kept_all_the_same(world):
    world.activecampaign.post("settings", date_filters_work=False)
    until = min(stamp(record, "udate") for record in world.activecampaign.records("contact"))

    number = begin(world, modules=(CONTACT,), until=until)
    work(world)

    assert (come(world, number).read, come(world, number).changed) == (0, 0)


def test_a_tag_narrows_a_backfill(world):
    tag, *_ = world.activecampaign.records("tag")
    holders = [row for row in world.activecampaign.records("contact") if tag["tag"] in row["tags"]]

    number = begin(world, modules=(CONTACT,), narrowed=("tagid", tag["id"]))
    work(world)

    assert come(world, number).read == len(holders)


def test_a_filter_the_vendor_did_not_understand_reads_nothing(world):
    body = {"contacts": [], "meta": {"page_input": {"segmentid": 0}, "total": "8"}}
    world.activecampaign.post("faults", kind="status", route="GET */contacts", status=200, body=body, every=1)

    number = begin(world, modules=(CONTACT,), narrowed=("segmentid", "4"))

    with pytest.raises(Unreachable, match="segmentid was ignored"):
        work_a_slice(world.engine)
    assert come(world, number).read == 0
    assert "segmentid was ignored" in come(world, number).note


def test_named_records_that_are_not_there_are_missed_and_not_gone(world):
    world.cycle()
    lead = world.zoho.records("Leads")[0]
    world.zoho.post("people/delete", module="Leads", id=lead["id"])

    number = begin(world, refs=(RecordRef(LEADS, lead["id"]), RecordRef(LEADS, "999")))
    work(world)

    assert (come(world, number).read, come(world, number).gone) == (0, 0)
    assert world.engine.sightings.counts(LEADS)[0] == 1


def test_more_named_records_than_one_call_takes_are_read_in_turns(make_world):
    world = make_world(people=120)
    refs = tuple(RecordRef(CONTACT, row["id"]) for row in world.activecampaign.records("contact"))

    number = begin(world, modules=(CONTACT,), refs=refs)
    first = work_a_slice(world.engine)
    work(world)

    assert first.goes_on
    assert come(world, number).read == 120


def test_trouble_at_the_vendor_is_waited_for_and_told(world):
    world.zoho.post("faults", kind="status", route="POST */coql", status=503, every=1)
    number = begin(world)

    with pytest.raises(Unreachable):
        work_a_slice(world.engine)

    assert come(world, number).state is State.RUNNING
    assert "503" in come(world, number).note
    assert world.engine.backfills.has_work(now=world.engine.now()) is False
    assert world.engine.backfills.has_work(now=world.engine.now() + timedelta(minutes=1)) is True


def test_the_note_of_a_trouble_goes_with_the_trouble(world):
    world.zoho.post("faults", kind="status", route="POST */coql", status=503, every=1, times=5)
    number = begin(world)
    with pytest.raises(Unreachable):
        work_a_slice(world.engine)
    world.zoho.client.delete(f"{world.zoho.url}/_sandbox/faults")
    world._run("UPDATE backfills SET not_before = now()")

    work(world)

    assert (come(world, number).state, come(world, number).note) == (State.DONE, None)


def test_a_scope_the_vendor_refuses_ends_it(world):
    number = begin(world, narrowed=("listid", "1"), modules=(LEADS,))
    world._run("""UPDATE backfills SET scope = scope || '{"narrowed": null, "modules": ["zoho:Nowhere"]}'""")

    work(world)

    assert come(world, number).state is State.FAILED
    assert "Nowhere" in come(world, number).note


def test_no_more_is_read_while_the_lane_is_full(world, monkeypatch):
    monkeypatch.setattr(backfill, "MOST_WAITING", 3)
    begin(world, modules=(CONTACT,))
    work_a_slice(world.engine)
    number = begin(world)

    stood_back = work_a_slice(world.engine)

    assert world.engine.backfills.crowd(limit=100) >= 3
    assert (stood_back.goes_on, come(world, number).read) == (False, 0)


def test_two_backfills_take_turns(make_world):
    world = make_world(people=210)
    first, second = begin(world, modules=(CONTACT,)), begin(world, modules=(CONTACT,))

    for _ in range(2):
        work_a_slice(world.engine)

    assert (come(world, first).read, come(world, second).read) == (100, 100)


def test_a_backfill_that_is_cancelled_while_it_reads_stays_cancelled(world):
    number = begin(world)
    ours = world.engine.backfills.claim(now=world.engine.now())
    world.engine.backfills.steer(number, State.CANCELLED, now=world.engine.now())

    world.engine.backfills.advance(ours, None, read=5, changed=0, gone=0, now=world.engine.now())

    assert come(world, number).state is State.CANCELLED
    assert come(world, number).finished_at is not None


def test_a_backfill_that_is_paused_at_its_last_page_is_done_when_resumed(world):
    number = begin(world)
    ours = world.engine.backfills.claim(now=world.engine.now())
    world.engine.backfills.steer(number, State.PAUSED, now=world.engine.now())
    world.engine.backfills.advance(ours, None, read=5, changed=0, gone=0, now=world.engine.now())

    world.engine.backfills.steer(number, State.RUNNING, now=world.engine.now())
    work(world)

    assert (come(world, number).state, come(world, number).read) == (State.DONE, 5)


def test_a_worker_whose_lease_was_taken_over_moves_nothing(world):
    number = begin(world)
    slow = world.engine.backfills.claim(now=world.engine.now())
    world._run("UPDATE backfills SET leased_until = now() - interval '1 second'")
    work(world)
    done = come(world, number)

    world.engine.backfills.advance(
        slow, "2000-01-01T00:00:00+00:00|1", read=7, changed=0, gone=0, now=world.engine.now()
    )

    assert come(world, number) == done


def test_a_live_edit_lifts_what_waits_in_bulk(world):
    world.cycle()
    world.settle()
    lead = next(row for row in world.zoho.records("Leads") if not row["Converted__s"])
    begin(world, Kind.RESYNC, refs=(RecordRef(LEADS, lead["id"]),))
    work(world)
    before = dict(world.status().inbox.depth)

    world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Designation": "Chief"})
    for stream in world.engine.streams:
        world.pull(stream)

    assert before == {"bulk": 1}
    assert world.status().inbox.depth == {"live": 1}


def test_a_row_that_waits_live_keeps_the_run_that_brought_it(world):
    world.cycle()
    world.settle()
    lead = next(row for row in world.zoho.records("Leads") if not row["Converted__s"])
    world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Designation": "Chief"})
    for stream in world.engine.streams:
        world.pull(stream)

    number = begin(world, Kind.RESYNC, refs=(RecordRef(LEADS, lead["id"]),))
    work(world)

    assert come(world, number).to_decide == 0


def test_a_size_is_told_where_the_vendors_tell(world):
    sizes = measure(Kind.BACKFILL, Scope((CONTACT, LEADS)), world.engine)

    assert sizes[CONTACT].records == len(world.activecampaign.records("contact"))
    assert sizes[LEADS].records == len([row for row in world.zoho.records("Leads") if not row["Converted__s"]])
