"""Registering for what the account tells: what it takes, what it refuses, and what the API shows of it."""

import pytest

GOOD = {
    "name": "in",
    "url": "https://hooks.example/in/secret",
    "events": ["update", "account_update"],
    "sources": ["public", "admin"],
}


def register(client, **said):
    return client.post("webhooks", json={"webhook": {**GOOD, **said}})


def test_a_registration_answers_with_what_was_sent(client):
    answer = register(client, listid=1)

    shown = answer.json()["webhook"]
    assert answer.status_code == 201
    assert shown == {**GOOD, "listid": "1", "links": [], "id": "1", "cdate": "2026-03-02T09:00:00-06:00"}


def test_registrations_are_listed_read_changed_and_removed(client):
    id_ = register(client).json()["webhook"]["id"]
    register(client, name="other", url="https://other.example/")

    changed = client.put(f"webhooks/{id_}", json={"webhook": {"events": ["subscribe"]}}).json()["webhook"]

    assert changed["events"] == ["subscribe"]
    assert changed["url"] == GOOD["url"]
    assert client.get(f"webhooks/{id_}").json()["webhook"] == changed
    found = client.get("webhooks", params={"filters[url]": "https://other.example/"}).json()
    assert ([row["name"] for row in found["webhooks"]], found["meta"]["total"]) == (["other"], "1")
    assert client.delete(f"webhooks/{id_}").json() == {}
    assert client.get(f"webhooks/{id_}").status_code == 404


@pytest.mark.parametrize("missing", ["name", "url", "events", "sources"])
def test_nothing_may_be_left_out(client, missing):
    answer = register(client, **{missing: None})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "field_missing"


@pytest.mark.parametrize(
    "wrong",
    [
        {"events": ["update", "contact_deleted"]},
        {"sources": ["api", "everyone"]},
        {"events": "update"},
        {"url": "http://hooks.example/in"},
        {"url": "https://hooks.example:8443/in"},
        {"url": "https://hooks.example:port/in"},
        {"url": "hooks.example"},
        {"listid": 99},
    ],
)
def test_what_the_vendor_would_not_call_is_refused(client, wrong):
    answer = register(client, **wrong)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "field_invalid")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/in", "http://localhost:8080/in", "http://[::1]:8080/in"])
def test_this_machine_may_be_called_without_https_unless_switched_off(client, account, url):
    taken = register(client, url=url)

    account.ground.change_settings(webhooks_to_loopback=False)
    refused = register(client, url=url)

    assert (taken.status_code, refused.status_code) == (201, 422)


def test_the_events_there_are_can_be_asked_for(client):
    answer = client.get("webhook/events").json()

    assert len(answer["webhookEvents"]) == answer["meta"]["total"] == 25
    assert {"subscribe", "update", "contact_tag_added", "list_add"} <= set(answer["webhookEvents"])


def test_registrations_outlive_a_restart(open_account, clients, tmp_path):
    first = open_account(data=tmp_path / "account.db")
    register(clients(first))
    first.close()

    second = open_account(data=tmp_path / "account.db")

    assert clients(second).get("webhooks").json()["webhooks"][0]["url"] == GOOD["url"]
