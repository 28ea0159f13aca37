"""Rows, counters and the log in memory and in the file behind it."""

import pytest

from sandbox.store import READ_AT_ONCE, Store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "world.db"


def reopened(store, path):
    store.close()
    return Store(path)


def test_rows_come_back_in_the_order_they_came(path):
    store = Store(path)
    for key in ("10", "9", "b"):
        store.shelf("people").put(key, {"id": key})

    again = reopened(store, path)

    assert [row["id"] for row in again.shelf("people")] == ["10", "9", "b"]
    again.close()


def test_a_changed_row_keeps_its_place(path):
    store = Store(path)
    for key in ("1", "2"):
        store.shelf("people").put(key, {"id": key})
    store.flush()
    store.shelf("people").rows["1"]["name"] = "Ada"
    store.shelf("people").touch("1")

    again = reopened(store, path)

    assert list(again.shelf("people")) == [{"id": "1", "name": "Ada"}, {"id": "2"}]
    again.close()


def test_a_removed_row_stays_away(path):
    store = Store(path)
    store.shelf("people").put("1", {})
    store.flush()
    store.shelf("people").remove("1")

    again = reopened(store, path)

    assert len(again.shelf("people")) == 0
    again.close()


def test_what_was_not_flushed_is_lost_with_the_process(path):
    store = Store(path)
    store.shelf("people").put("1", {})
    other = Store(path)

    assert len(other.shelf("people")) == 0
    other.close()
    store.close()


def test_numbers_are_never_given_twice(path):
    store = Store(path)
    given = [store.next_number("people"), store.next_number("people")]
    store.reserve_number("people", 40)

    again = reopened(store, path)

    assert (given, again.next_number("people"), again.next_number("fresh", first=100)) == ([1, 2], 41, 100)
    again.close()


def test_the_log_goes_on_where_it_stopped(path):
    store = Store(path)
    store.log.append({"n": 1})
    store.flush()
    store.log.append({"n": 2})

    again = reopened(store, path)

    assert again.log == [{"n": 1}, {"n": 2}]
    again.close()


def test_a_wiped_store_is_empty_also_in_the_file(path):
    store = Store(path)
    shelf = store.shelf("people")
    shelf.put("1", {})
    store.log.append({"n": 1})
    store.next_number("people")
    store.flush()
    store.wipe()

    again = reopened(store, path)

    assert (len(shelf), len(again.shelf("people")), again.log, again.next_number("people")) == (0, 0, [], 1)
    again.close()


def test_more_rows_than_are_read_at_once_come_back(path):
    store = Store(path)
    for number in range(READ_AT_ONCE + 5):
        store.shelf("people").put(str(number), {"id": number})
        store.log.append({"n": number})

    again = reopened(store, path)

    assert [row["id"] for row in again.shelf("people")] == list(range(READ_AT_ONCE + 5))
    assert again.log[-1] == {"n": READ_AT_ONCE + 4}
    again.close()


def test_rows_read_back_share_the_texts_of_their_keys(path):
    store = Store(path)
    for key in ("1", "2"):
        store.shelf("people").put(key, {"a long name of a field": key})

    again = reopened(store, path)

    one, other = (next(iter(row)) for row in again.shelf("people"))
    assert one is other
    again.close()


def test_whoever_watches_a_shelf_learns_what_changed():
    shelf = Store().shelf("people")
    shelf.put("before", {})
    watched = shelf.watch()
    shelf.put("1", {})
    shelf.touch("before")
    shelf.put("2", {})
    shelf.remove("2")

    assert watched == {"1", "before", "2"}
