"""Hints as rows: one per record, followed by one worker at a time, and never forgotten."""

from datetime import timedelta

from sqlalchemy import text

from baton.domain.hooks import Hint, HintKind
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef
from baton.flows.receive import receive

MODULES = (CONTACT, LEADS, CONTACTS)


def hint(engine, *refs, kind=HintKind.CHANGED):
    receive([Hint(ref, kind) for ref in refs], engine, crm=refs[0].crm)


def contact(number):
    return RecordRef(CONTACT, str(number))


def take(engine):
    return engine.doors.hints.take(CONTACT, limit=10, now=engine.now())


def waiting(engine, later=timedelta(0)):
    return engine.doors.hints.waiting(MODULES, now=engine.now() + later)


def test_a_hint_that_comes_while_its_record_is_read_is_followed_too(engine):
    hint(engine, contact(1))
    taken = take(engine)
    hint(engine, contact(1))

    engine.doors.hints.done(taken)

    assert waiting(engine) == (CONTACT,)


def test_two_workers_never_follow_the_same_hint(engine):
    hint(engine, contact(1))

    first = take(engine)
    second = take(engine)

    assert [one.ref for one in first] == [contact(1)]
    assert second == ()


def test_hints_of_a_worker_that_died_come_back_after_a_minute(engine):
    hint(engine, contact(1))
    take(engine)

    assert waiting(engine) == ()
    assert waiting(engine, later=timedelta(seconds=61)) == (CONTACT,)


def test_hints_of_one_record_are_one_row_however_many_come(engine):
    for _ in range(3):
        hint(engine, contact(1), contact(2))

    taken = take(engine)

    assert {(str(one.ref), one.generation) for one in taken} == {(str(contact(number)), 3) for number in (1, 2)}


def test_a_miss_of_an_older_hint_says_nothing_of_a_newer_one(engine):
    hint(engine, contact(1))
    taken = take(engine)
    hint(engine, contact(1))

    engine.doors.hints.put_back(taken, not_before=engine.now() + timedelta(minutes=5), is_miss=True)

    assert [(one.generation, one.is_sure) for one in take(engine)] == [(2, False)]


def test_the_hints_of_another_connection_are_not_ours(engine):
    with engine.doors.hints.desk.engine.begin() as tx:
        tx.execute(
            text("INSERT INTO hints (connection, ref, kind, source) VALUES ('other', :ref, 'changed', 'zoho')"),
            {"ref": str(contact(1))},
        )

    assert waiting(engine) == ()
    assert take(engine) == ()
