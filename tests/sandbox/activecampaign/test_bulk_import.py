"""Importing contacts in batches: what is refused at once, what is done later, and who hears of it."""

import asyncio
import json
from collections.abc import Callable
from threading import Event
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from sandbox.hooks.hook import Hook

TOKEN = {"Api-Token": "practice-activecampaign-token"}


@pytest.fixture
def hand_over(client) -> Callable[..., Any]:
    """Send these contacts, with whatever else the request says."""

    def send(*contacts: dict[str, Any], **more: Any) -> Any:
        return client.post("import/bulk_import", json={"contacts": list(contacts), **more})

    return send


@pytest.fixture
def imported(client, hand_over, hand_clock) -> Callable[..., dict[str, Any]]:
    """Send these contacts and come back when the batch is done."""

    def carry_out(*contacts: dict[str, Any], **more: Any) -> dict[str, Any]:
        batch = hand_over(*contacts, **more).json()["batchId"]
        hand_clock.advance(seconds=2)
        return client.get("import/info", params={"batchId": batch}).json()

    return carry_out


def by_email(client, email):
    [found] = client.get("contacts", params={"email": email}).json()["contacts"]
    return found


def test_a_batch_is_queued_under_a_capital_success(hand_over):
    answer = hand_over({"email": "iris@halden.example"}, {"email": "jan@halden.example"})

    said = answer.json()
    assert (answer.status_code, said["Success"], said["queued_contacts"]) == (200, 1, 2)
    assert said["message"] == "Contact import queued"
    assert len(said["batchId"]) == 36


def test_nothing_is_there_until_the_batch_is_worked_off(client, hand_over, hand_clock):
    batch = hand_over({"email": "iris@halden.example"}).json()["batchId"]
    seen = []

    for step in (0, 0.9, 0.2, 1):
        hand_clock.advance(seconds=step)
        seen.append(client.get("import/info", params={"batchId": batch}).json()["status"])

    assert seen == [False, False, "active", "completed"]
    assert by_email(client, "iris@halden.example")["email"] == "iris@halden.example"


def test_a_batch_made_of_everything_makes_a_contact_of_everything(client, imported):
    field = client.get("fields", params={"filters[perstag]": "COUNTRY"}).json()["fields"][0]["id"]
    said = {"first_name": "Iris", "last_name": "Falk", "phone": "040 771", "customer_acct_name": "Halden Werke"}

    done = imported(
        {
            "email": "iris@halden.example",
            **said,
            "tags": ["imported", "winter fair"],
            "fields": [{"id": int(field), "value": "Norway"}],
            "subscribe": [{"listid": "1"}],
            "unsubscribe": [{"listid": "2"}],
        }
    )

    [id_] = done["success"]
    contact = client.get(f"contacts/{id_}").json()
    assert [contact["contact"][key] for key in ("firstName", "lastName", "orgname")] == ["Iris", "Falk", "Halden Werke"]
    assert {row["list"]: row["status"] for row in contact["contactLists"]} == {"1": "1", "2": "2"}
    assert [row["value"] for row in contact["fieldValues"]] == ["Norway"]
    tags = client.get("tags", params={"search": "winter fair"}).json()["tags"]
    assert [tag["subscriber_count"] for tag in tags] == ["1"]


def test_an_address_that_is_known_is_changed_and_not_named_as_new(client, contact, imported):
    done = imported({"email": "ADA@halden.example", "first_name": "Adele"})

    assert (done["success"], done["failure"]) == ([], [])
    now = client.get(f"contacts/{contact['id']}").json()["contact"]
    assert (now["firstName"], now["lastName"], now["email"]) == ("Adele", "Birk", "ada@halden.example")


def test_the_switch_names_changed_contacts_too(open_account, clients, hand_clock):
    client = clients(open_account(bulk_success_names_updated=True, bulk_import_seconds=0))
    known = by_email(client, client.get("contacts/3").json()["contact"]["email"])
    sent = {"contacts": [{"email": known["email"], "phone": "1"}]}

    batch = client.post("import/bulk_import", json=sent).json()["batchId"]

    done = client.get("import/info", params={"batchId": batch}).json()
    assert done == {"status": "completed", "success": ["3"], "failure": []}


def test_no_import_brings_back_whoever_unsubscribed(client, contact, imported, person):
    client.post("contactLists", json={"contactList": {"list": 1, "contact": contact["id"], "status": 1}})
    person("unsubscribe", id=contact["id"], list="1")

    imported({"email": contact["email"], "subscribe": [{"listid": 1}, {"listid": 2}]})

    rows = client.get(f"contacts/{contact['id']}/contactLists").json()["contactLists"]
    assert {row["list"]: row["status"] for row in rows} == {"1": "2", "2": "1"}


def test_imports_are_heard_by_no_webhook(contact, imported, listen, told):
    listen()

    imported({"email": contact["email"], "tags": ["x"]}, {"email": "new@halden.example", "subscribe": [{"listid": 1}]})

    assert told() == []


def test_what_a_batch_does_belongs_to_no_call(account, imported):
    imported({"email": "iris@halden.example"})

    [effect] = account.ground.journal.read(after=0, limit=100, kind="effect")
    assert (effect["op"], effect["module"], effect["actor"], effect["call"]) == ("create", "contact", "api", None)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"email": "nobody"}, "Field 'email' incorrect format"),
        ({"first_name": "Iris"}, "Field 'email' is required"),
        ({"email": "a@halden.example", "subscribe": [{"list": 1}]}, "Field 'subscribe' incorrect format"),
        ({"email": "a@halden.example", "fields": [{"value": "x"}]}, "Field 'fields' incorrect format"),
        ({"email": "a@halden.example", "tags": "one"}, "Field 'tags' incorrect format"),
    ],
)
def test_one_wrong_contact_refuses_the_whole_batch(client, hand_over, wrong, reason):
    answer = hand_over({"email": "iris@halden.example"}, wrong)

    assert (answer.status_code, answer.json()["success"]) == (400, 0)
    assert answer.json()["failureReasons"] == [{"contact": 1, "failureReason": reason}]
    assert client.get("import/bulk_import").json() == {"outstanding": [], "recentlyCompleted": []}


def test_a_batch_holds_at_most_250_contacts_and_400000_bytes(client, hand_over):
    people = [{"email": f"p{number}@halden.example"} for number in range(251)]

    assert hand_over(*people).status_code == 400
    assert hand_over(*people[:250]).status_code == 200
    assert hand_over({"email": "big@halden.example", "first_name": "x" * 400_000}).status_code == 400
    assert client.post("import/bulk_import", content=b"not json").status_code == 400


def test_the_hundred_and_first_batch_within_a_minute_is_a_400(open_account, clients, hand_clock):
    client = clients(open_account(limits=True, requests_per_second=1000))
    pair = {"contacts": [{"email": "a@halden.example"}, {"email": "b@halden.example"}]}

    statuses = [client.post("import/bulk_import", json=pair) for _ in range(101)]
    hand_clock.advance(seconds=61)
    later = client.post("import/bulk_import", json=pair)

    assert [answer.status_code for answer in statuses] == [200] * 100 + [400]
    assert statuses[-1].json()["failureReasons"] == ["Up to 100 imports may be requested per minute."]
    assert later.status_code == 200


def test_batches_of_one_have_a_lower_limit_of_their_own(open_account, clients):
    client = clients(open_account(limits=True, requests_per_second=1000))
    one = {"contacts": [{"email": "a@halden.example"}]}
    pair = {"contacts": [{"email": "a@halden.example"}, {"email": "b@halden.example"}]}

    statuses = [client.post("import/bulk_import", json=one).status_code for _ in range(21)]

    assert statuses == [200] * 20 + [400]
    assert client.post("import/bulk_import", json=pair).status_code == 200


def test_progress_is_counted_by_day(client, hand_over, hand_clock):
    hand_over({"email": "a@halden.example"}, {"email": "b@halden.example"})
    hand_clock.advance(seconds=3)
    hand_over({"email": "c@halden.example"})

    listed = client.get("import/bulk_import").json()

    assert listed["outstanding"] == [{"forDate": "2026-03-02", "batches": "1", "contacts": "1"}]
    assert listed["recentlyCompleted"] == [{"forDate": "2026-03-02", "batches": "1", "contacts": "2"}]


def test_a_batch_nobody_knows_has_no_status_and_one_nobody_named_is_a_400(client):
    assert client.get("import/info", params={"batchId": "x"}).json() == {"status": False, "success": [], "failure": []}
    assert client.get("import/info").json() == {"success": 0, "message": "'batchId' is a required field."}
    assert client.get("import/info").status_code == 400


def test_contacts_on_the_exclusion_list_are_skipped(client, open_account, clients, hand_clock):
    client = clients(open_account(bulk_exclusions=["barred.example"], bulk_import_seconds=0))
    sent = {"contacts": [{"email": "x@barred.example"}, {"email": "y@halden.example"}]}

    batch = client.post("import/bulk_import", json=sent).json()["batchId"]

    done = client.get("import/info", params={"batchId": batch}).json()
    assert (done["failure"], len(done["success"])) == (["x@barred.example"], 1)


def test_a_single_contact_can_be_made_to_fail(account, imported):
    order = {"kind": "reject", "route": "POST /api/3/import", "emails": ["bad@halden.example"]}
    account.ground.faults.order(order)

    done = imported({"email": "bad@halden.example"}, {"email": "good@halden.example"})

    assert (done["failure"], len(done["success"])) == (["bad@halden.example"], 1)


def test_whoever_asked_to_be_called_back_is(account, collected, imported):
    account.ground.faults.order({"kind": "reject", "route": "POST /api/3/import", "emails": ["bad@halden.example"]})
    callback = {
        "url": "https://client.example/done",
        "requestType": "POST",
        "detailed_results": "true",
        "params": [{"key": "job", "value": "17"}],
        "headers": [{"key": "x-secret", "value": "s"}],
    }

    imported({"email": "bad@halden.example"}, {"email": "good@halden.example"}, callback=callback)

    assert account.ground.hooks.drained(5)
    [hook] = collected.hooks
    said = dict(parse_qsl(hook.body.decode()))
    assert (hook.method, hook.url, hook.headers) == ("POST", "https://client.example/done", (("x-secret", "s"),))
    assert (said["job"], said["success"], said["failure"]) == ("17", "1", "1")
    assert said["errors[0][email]"] == "bad@halden.example"


def test_a_callback_by_get_carries_its_parameters_in_the_address(account, collected, imported):
    callback = {"url": "https://client.example/done", "requestType": "GET", "params": [{"key": "job", "value": "1 7"}]}

    imported({"email": "good@halden.example"}, callback=callback)

    assert account.ground.hooks.drained(5)
    [hook] = collected.hooks
    assert (hook.method, hook.url, hook.body) == ("GET", "https://client.example/done?job=1+7", b"")


def test_a_callback_without_a_way_to_go_is_refused(hand_over):
    answer = hand_over({"email": "good@halden.example"}, callback={"url": "ftp://client.example", "requestType": "PUT"})

    assert answer.json()["failureReasons"] == ["Callback 'url' incorrect format"]


def test_batches_survive_a_restart(open_account, clients, hand_clock, tmp_path):
    first = open_account(data=tmp_path / "account.db")
    sent = json.dumps({"contacts": [{"email": "late@halden.example"}]})
    clients(first).post("import/bulk_import", content=sent)
    first.close()
    hand_clock.advance(seconds=5)

    again = clients(open_account(data=tmp_path / "account.db"))

    assert by_email(again, "late@halden.example")["email"] == "late@halden.example"


def test_a_client_that_only_waits_to_be_called_back_is(open_account):
    account, arrived = open_account(bulk_import_seconds=0), Event()
    callback = {"url": "https://client.example/done", "requestType": "POST"}
    sent = {"contacts": [{"email": "late@halden.example"}], "callback": callback}

    def take(_hook: Hook) -> int:
        arrived.set()
        return 200

    async def hand_over_and_wait() -> bool:
        transport = httpx.ASGITransport(account)
        async with httpx.AsyncClient(transport=transport, base_url="http://account.example", headers=TOKEN) as client:
            await client.post("/api/3/import/bulk_import", json=sent)
            return await asyncio.to_thread(arrived.wait, 5)

    account.ground.hooks.transport = take

    assert asyncio.run(hand_over_and_wait())
    assert account.crm.desk.find_by_email("contact", "late@halden.example") == "21"
