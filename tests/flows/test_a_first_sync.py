"""A first sync from an account full of people into a CRM that knows some of them already."""

from collections import Counter


def test_everybody_is_in_step_refused_or_for_review_after_one_cycle(make_world):
    world = make_world(people=200)

    world.cycle()

    status = world.status()
    assert status.what_is_missing() == ()
    assert [(d.code, d.field, d.reason, d.traceback) for d in world.engine.dead_letters.listed()] == []
    assert set(status.people) <= {"in step", "refused", "review", "alone"}
    assert sum(status.people.values()) >= 200


def test_a_second_cycle_with_no_edits_writes_nothing_and_asks_each_stream_once(make_world):
    world = make_world(people=200)
    world.cycle()
    told, asked = world.zoho.last(), world.activecampaign.last()

    world.cycle()

    assert world.zoho.journal("effect", after=told) == []
    assert world.activecampaign.journal("effect", after=asked) == []
    assert len(world.zoho.journal("call", after=told)) == len(world.engine.streams) - 1
    assert len(world.activecampaign.journal("call", after=asked)) <= 4


def test_no_two_records_carry_the_same_activecampaign_id(make_world):
    world = make_world(people=200)

    world.cycle()

    rows = [row for module in ("Leads", "Contacts") for row in world.zoho.records(module)]
    ids = Counter(row["ActiveCampaign_ID"] for row in rows if row.get("ActiveCampaign_ID"))
    assert [id_ for id_, times in ids.items() if times > 1] == []
