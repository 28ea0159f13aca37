"""A wave of risky writes is held, told, and goes out or not as a person says; all else goes on."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from baton.adapters.database.plans import Watch
from baton.domain.guard import Guard, Risk
from console.cli.main import main
from workers import wiring


@pytest.fixture
def world(make_world):
    """In step; three values an hour may be cleared."""
    world = make_world(people=25)
    world.cycle()
    world.settle()
    watch = Watch(Guard({Risk.CLEAR: 3}), ("log",))
    world.engine = replace(world.engine, people=replace(world.engine.people, watch=watch))
    return world


@pytest.fixture
def leads(world) -> list[dict]:
    """Leads whose contact has the same phone."""
    found = [row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID") and row.get("Phone")]
    return [row for row in found if not row.get("Converted__s") and world.contact_of(row)["phone"]][:6]


@pytest.fixture
def baton(world, database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    # The same engine for every command: one that each made for itself would be closed by its process only.
    monkeypatch.setattr(wiring, "engine_for", lambda _: world.engine)
    return lambda *arguments: CliRunner().invoke(main, ("guard", *arguments))


def clear(world, leads) -> None:
    """An import that blanks the column."""
    for lead in leads:
        world.edit_lead(lead, Phone=None)
    world.cycle()


def phones(world, leads) -> list[bool]:
    return [bool(world.contact_of(lead)["phone"]) for lead in leads]


def test_what_stays_within_the_limit_goes_out(world, leads, baton):
    clear(world, leads[:3])

    assert phones(world, leads) == [False] * 3 + [True] * 3
    assert baton("list").exit_code == 0


def test_a_wave_is_held_whole_told_once_and_released_by_a_person(world, leads, baton):
    clear(world, leads)
    held, (told,) = phones(world, leads), json.loads(baton("list", "--json").output)
    world.cycle()

    released = baton("release", "clear")
    world.cycle()
    world.settle()

    assert held == [True] * 6
    assert (told["risk"], told["most"], told["waiting"]) == ("clear", 3, 6)
    assert (released.exit_code, phones(world, leads)) == (0, [False] * 6)
    assert world.is_quiet()


def test_while_a_wave_is_held_other_edits_go_on(world, leads):
    clear(world, leads)

    world.edit_lead(leads[0], Lifecycle_Stage="Customer")
    other = next(row for row in world.zoho.records("Leads") if row["id"] not in {lead["id"] for lead in leads})
    world.edit_lead(other, Lifecycle_Stage="Customer")
    world.cycle()

    assert all(phones(world, leads))
    assert world.status().dead_letters == 0


def test_a_wave_that_is_dropped_is_not_sent_and_what_is_said_later_is_decided_again(world, leads, baton):
    clear(world, leads)

    dropped = baton("drop", "clear", "--yes")
    world.settle()
    for lead in leads:
        world.edit_lead(lead, Phone="+493012345678")
    world.cycle()

    assert dropped.exit_code == 0
    assert {world.contact_of(lead)["phone"] for lead in leads} == {"+493012345678"}


def test_what_is_not_held_can_be_neither_released_nor_dropped(baton):
    assert baton("release", "clear").exit_code == 1
    assert baton("drop", "create", "--yes").exit_code == 1
    assert baton("list").output == "Nothing is held.\n"
