"""What is derived from a shelf's rows stays right whatever happens to them, looked at often or seldom."""

from hypothesis import given
from hypothesis import strategies as st

from sandbox.store import Shelf, Store
from sandbox.views import MANY, Orders, TextView

IDS = st.integers(1, 30).map(str)
TEXTS = st.text("abx\n ", max_size=4)
EDITS = st.lists(st.tuples(st.sampled_from(["put", "change", "remove", "look"]), IDS, TEXTS), max_size=60)


def name(row):
    return row["name"]


def in_one_line(row):
    return row["name"].replace("\n", " ")


def perform(shelf, edit, look):
    what, id_, text = edit
    match what:
        case "put":
            shelf.put(id_, {"id": id_, "name": text})
        case "change" if id_ in shelf.rows:
            shelf.rows[id_]["name"] = text
            shelf.touch(id_)
        case "remove" if id_ in shelf.rows:
            shelf.remove(id_)
        case "look":
            look()


@given(EDITS)
def test_rows_lie_in_order_after_any_edits(edits):
    shelf = Shelf("people")
    view = Orders(shelf).by("name", name)
    for edit in edits:
        perform(shelf, edit, view.rows)

    assert view.rows() == sorted(shelf, key=lambda row: (row["name"], int(row["id"])))
    assert view.rows_from("b") == [row for row in view.rows() if row["name"] >= "b"]


@given(EDITS, st.text("abx", min_size=1, max_size=2))
def test_a_text_is_found_wherever_it_stands_after_any_edits(edits, sought):
    shelf = Shelf("people")
    view = TextView(shelf, in_one_line)
    for edit in edits:
        perform(shelf, edit, lambda: view.ids_holding(sought))

    assert sorted(view.ids_holding(sought)) == sorted(row["id"] for row in shelf if sought in row["name"])


def test_many_changes_at_once_are_seen_too():
    shelf = Shelf("people")
    view = Orders(shelf).by("name", name)
    for number in range(1, MANY + 10):
        shelf.put(str(number), {"id": str(number), "name": f"{-number:05}"})

    assert [row["id"] for row in view.rows()[:2]] == ["1", "2"]


def test_a_wiped_store_leaves_nothing_to_see():
    store = Store()
    shelf = store.shelf("people")
    view, texts = Orders(shelf).by("name", name), TextView(shelf, name)
    shelf.put("1", {"id": "1", "name": "Ada"})
    seen = view.rows()[0], texts.ids_holding("Ada")
    store.wipe()

    assert seen == ({"id": "1", "name": "Ada"}, ["1"])
    assert (view.rows(), texts.ids_holding("Ada")) == ([], [])


def test_the_same_order_is_kept_from_one_asking_to_the_next():
    orders = Orders(Shelf("people"))

    assert orders.by("name", name) is orders.by("name", name)
