"""While the database is away: deliveries are answered at once, lie on disk, and come back."""

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest

from baton.domain.hooks import Hint, HintKind
from baton.domain.records import CONTACT, Crm, RecordRef
from console.web.spool import Spool, Spooled

NOBODY = "postgresql://baton@127.0.0.1:9/baton"


@pytest.fixture
def dumb_server() -> Iterator[str]:
    """A database that takes connections and never says a word, as one that is frozen does."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield f"postgresql://baton@127.0.0.1:{listener.getsockname()[1]}/baton?connect_timeout=2"


def test_a_delivery_is_spooled_when_nobody_answers(open_door, make_engine, spool):
    door = open_door(make_engine(NOBODY))

    answer = door.activecampaign(type="update", contact__id="12", contact__email="anna@example.com")

    assert answer.status_code == 202
    assert spool.size() > 0


def test_nobody_waits_for_a_database_that_says_nothing(open_door, make_engine, dumb_server):
    door = open_door(make_engine(dumb_server), patience=timedelta(milliseconds=200))

    answers = [door.activecampaign(contact__id=str(number)) for number in range(20)]

    assert {answer.status_code for answer in answers} == {202}
    assert max(answer.elapsed for answer in answers) < timedelta(seconds=2)


def test_what_was_spooled_comes_back_when_the_database_does(open_door, make_engine, engine, spool, eventually):
    door = open_door(make_engine(NOBODY))
    door.activecampaign(contact__id="12")
    door.zoho(ids=["4876000001234001", "4876000001234002"], operation="delete")

    door.keeping.engines["demo"] = engine
    door.keeping.look()

    assert spool.size() == 0
    door.engine = engine
    assert door.hints() == {
        "activecampaign:contact:12": "changed",
        "zoho:Leads:4876000001234001": "deleted",
        "zoho:Leads:4876000001234002": "deleted",
    }
    eventually(lambda: {str(module) for module in door.nudged} == {"activecampaign:contact", "zoho:Leads"})


def test_deliveries_go_to_the_database_again_afterwards(open_door, make_engine, engine):
    door = open_door(make_engine(NOBODY))
    door.activecampaign(contact__id="12")
    door.keeping.engines["demo"] = engine
    door.keeping.look()

    answer = door.activecampaign(contact__id="13")

    assert answer.status_code == 200


def test_refusals_of_a_dark_time_are_counted_afterwards(open_door, make_engine, engine, eventually):
    door = open_door(make_engine(NOBODY))
    door.activecampaign(contact__id="12")
    door.activecampaign(secret="wrong", contact__id="12")

    door.keeping.engines["demo"] = engine
    door.engine = engine

    eventually(lambda: door.counts() == {"demo activecampaign spooled": 1, "demo activecampaign bad_secret": 1})


def test_health_is_well_while_deliveries_can_be_kept_on_disk(open_door, make_engine):
    door = open_door(make_engine(NOBODY))
    door.activecampaign(contact__id="12")

    answer = door.client.get("/health")

    assert answer.status_code == 200
    assert answer.json()["database"] == "away"


def test_a_full_spool_says_so_and_loses_nothing_it_has(open_door, make_engine, engine, spool):
    door = open_door(make_engine(NOBODY))
    door.keeping.spool = small = Spool(spool._folder, most=300)

    answers = [door.activecampaign(contact__id=str(number)).status_code for number in range(10)]

    assert answers == sorted(answers)
    assert set(answers) == {202, 503}
    assert small.size() <= 300


def test_health_is_ill_when_nothing_can_be_kept(open_door, make_engine, tmp_path):
    (tmp_path / "spool").write_text("in the way")
    door = open_door(make_engine(NOBODY))

    taken = door.activecampaign(contact__id="12")
    answer = door.client.get("/health")

    assert (taken.status_code, answer.status_code) == (503, 503)


def test_a_spool_holds_refs_and_nothing_personal(open_door, make_engine, tmp_path):
    door = open_door(make_engine(NOBODY))

    door.activecampaign(contact__id="12", contact__email="anna@example.com", contact__phone="+49 30 1234567")

    (file,) = (tmp_path / "spool").iterdir()
    assert "activecampaign:contact:12" in file.read_text()
    assert "anna" not in file.read_text()
    assert "1234567" not in file.read_text()


def one(number):
    return Spooled("demo", Crm.ACTIVECAMPAIGN, (Hint(RecordRef(CONTACT, str(number)), HintKind.CHANGED),))


def test_what_a_killed_process_left_is_found_by_the_next(tmp_path, run_and_kill):
    run_and_kill(
        "from pathlib import Path\n"
        "from baton.domain.hooks import Hint, HintKind\n"
        "from baton.domain.records import CONTACT, Crm, RecordRef\n"
        "from console.web.spool import Spool, Spooled\n"
        f"spool = Spool(Path({str(tmp_path)!r}), most=10_000)\n"
        "spool.add(Spooled('demo', Crm.ACTIVECAMPAIGN, (Hint(RecordRef(CONTACT, '7'), HintKind.CHANGED),)))\n"
    )
    found = []

    Spool(tmp_path, most=10_000).drain(found.extend)

    assert found == [one(7)]
    assert list(tmp_path.iterdir()) == []


def test_a_line_torn_by_a_kill_hides_no_other(tmp_path):
    spool = Spool(tmp_path, most=10_000)
    spool.add(one(1))
    spool.close()
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes() + b'{"v":1,"connection":"de')
    found = []

    Spool(tmp_path, most=10_000).drain(found.extend)

    assert found == [one(1)]


def test_what_another_living_process_writes_is_left_to_it(tmp_path):
    writer, other = Spool(tmp_path, most=10_000), Spool(tmp_path, most=10_000)
    writer.add(one(1))
    found = []

    other.drain(found.extend)

    assert found == []
    writer.close()
    other.drain(found.extend)
    assert found == [one(1)]


def test_what_could_not_be_stored_stays(tmp_path):
    spool = Spool(tmp_path, most=10_000)
    spool.add(one(1))

    def fails(_):
        raise ConnectionError

    with pytest.raises(ConnectionError):
        spool.drain(fails)

    found = []
    spool.drain(found.extend)
    assert found == [one(1)]
