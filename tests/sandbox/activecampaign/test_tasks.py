"""Tasks on deals and contacts: done is a status, and a deal shows the next one that is open."""

import pytest


@pytest.fixture
def deal(client, contact):
    sent = {"title": "Vans", "value": 500, "currency": "eur", "contact": contact["id"], "group": "1", "owner": "1"}
    return client.post("deals", json={"deal": sent}).json()["deal"]["id"]


@pytest.fixture
def plan(client, deal):
    def planned(**more):
        sent = {"ownerType": "deal", "relid": deal, "duedate": "2026-03-05T10:00:00-06:00", "dealTasktype": 1}
        return client.post("dealTasks", json={"dealTask": sent | more})

    return planned


def test_a_task_is_echoed_as_sent_and_read_in_strings(client, deal, plan):
    answer = plan(note="Ask for the key", status=0)

    echo = answer.json()["dealTask"]
    read = client.get(f"dealTasks/{echo['id']}").json()["dealTask"]
    assert answer.status_code == 201
    assert (echo["dealTasktype"], echo["status"]) == (1, 0)
    assert (read["dealTasktype"], read["status"], read["reltype"]) == ("1", "0", "Deal")
    assert (read["owner"], read["duration"]) == ({"type": "deal", "id": deal}, "15")
    assert read["edate"] == "2026-03-05T10:15:00-06:00"


def test_a_contact_may_have_tasks(client, contact, plan, listen, told):
    listen(events=["contact_task_add"])

    task = plan(ownerType="contact", relid=contact["id"]).json()

    (said,) = told()
    assert (task["dealTask"]["reltype"], [row["id"] for row in task["contacts"]]) == ("Subscriber", [contact["id"]])
    assert (said["contact[id]"], said["task[id]"]) == (contact["id"], task["dealTask"]["id"])


@pytest.mark.parametrize("name", ["relid", "duedate", "dealTasktype"])
def test_a_task_is_not_one_without(plan, name):
    answer = plan(**{name: None})

    assert (answer.status_code, answer.json()["errors"][0]["source"]["pointer"]) == (422, f"/data/attributes/{name}")


@pytest.mark.parametrize("wrong", [{"relid": 9999}, {"dealTasktype": 9999}, {"duedate": "soon"}, {"status": 9}])
def test_a_task_that_makes_no_sense_is_refused(plan, wrong):
    assert plan(**wrong).status_code == 422


def test_a_deal_shows_the_next_open_task(client, deal, plan):
    later = plan().json()["dealTask"]["id"]
    sooner = plan(duedate="2026-03-04T10:00:00-06:00").json()["dealTask"]["id"]

    first = client.get(f"deals/{deal}").json()["deal"]
    client.put(f"dealTasks/{sooner}", json={"dealTask": {"status": 1}})
    then = client.get(f"deals/{deal}").json()["deal"]
    client.delete(f"dealTasks/{later}")
    last = client.get(f"deals/{deal}").json()["deal"]

    assert (first["nexttaskid"], first["nextdate"]) == (sooner, "2026-03-04T10:00:00-06:00")
    assert (then["nexttaskid"], then["nextTask"]) == (later, later)
    assert (last["nexttaskid"], last["nextTask"], last["nextdate"]) == ("0", None, None)


def test_a_task_that_is_done_says_when_and_may_be_opened_again(client, plan, hand_clock):
    task = plan().json()["dealTask"]["id"]
    hand_clock.advance(seconds=5)

    done = client.put(f"dealTasks/{task}", json={"dealTask": {"status": 1}}).json()["dealTask"]
    open_again = client.put(f"dealTasks/{task}", json={"dealTask": {"status": 0}}).json()["dealTask"]

    assert (done["donedate"], open_again["donedate"]) == ("2026-03-02T09:00:05-06:00", None)


def test_a_task_that_is_put_off_keeps_its_length(client, plan):
    task = plan(edate="2026-03-05T11:00:00-06:00").json()["dealTask"]["id"]

    shown = client.put(f"dealTasks/{task}", json={"dealTask": {"duedate": "2026-03-06T10:00:00-06:00"}}).json()

    assert (shown["dealTask"]["edate"], shown["dealTask"]["duration"]) == ("2026-03-06T11:00:00-06:00", "60")


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"filters[reltype]": "Deal"}, 1),
        ({"filters[reltype]": "Subscriber"}, 0),
        ({"filters[status]": "1"}, 0),
        ({"filters[d_tasktypeid]": "1"}, 1),
        ({"filters[due_after]": "2026-03-06"}, 0),
        ({"filters[due_before]": "2026-03-06"}, 1),
        ({"filters[note]": "key"}, 1),
        ({"filters[nonsense]": "1"}, 1),
    ],
)
def test_filters(client, plan, wanted, count):
    plan(note="Ask for the key")

    assert client.get("dealTasks", params=wanted).json()["meta"] == {"total": str(count)}


def test_deals_are_found_by_the_type_of_their_open_tasks(client, deal, plan):
    plan()

    found = client.get("deals", params={"filters[tasktype]": "1"}).json()["deals"]
    others = client.get("deals", params={"filters[tasktype]": "2"}).json()["deals"]

    assert ([row["id"] for row in found], others) == ([deal], [])


def test_an_unknown_task_is_not_found(client):
    answer = client.get("dealTasks/99")

    assert (answer.status_code, answer.json()) == (404, {"message": "No Result found for DealTask with id 99"})


def test_types_have_unique_titles_and_stay_while_tasks_are_of_them(client, plan):
    plan()

    twice = client.post("dealTasktypes", json={"dealTasktype": {"title": "CALL"}})
    kept = client.delete("dealTasktypes/1")
    removed = client.delete("dealTasktypes/2")

    assert (twice.status_code, kept.status_code, removed.status_code) == (422, 403, 200)


def test_all_tasks_of_a_type_become_of_another(client, deal, plan):
    task = plan().json()["dealTask"]["id"]

    moved = client.put("dealTasktypes/1/dealTasks", json={"dealTask": {"dealTasktype": "2"}}).json()

    assert [(row["id"], row["dealTasktype"]) for row in moved["dealTasks"]] == [(task, "2")]
    assert [row["id"] for row in moved["deals"]] == [deal]


def test_a_type_can_be_renamed(client):
    shown = client.put("dealTasktypes/1", json={"dealTasktype": {"title": "Ring"}}).json()["dealTasktype"]

    assert (shown["title"], shown["status"], shown["links"]) == ("Ring", "1", [])


def test_a_person_completes_a_task(client, account, plan, person):
    task = plan().json()["dealTask"]["id"]

    person("complete_task", id=task)

    effects = account.ground.journal.read(after=0, limit=10_000, kind="effect")
    assert client.get(f"dealTasks/{task}").json()["dealTask"]["status"] == "1"
    assert (effects[-1]["module"], effects[-1]["actor"]) == ("dealTask", "person")
