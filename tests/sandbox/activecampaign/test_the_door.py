"""Credentials, the limit of five calls a second, and addresses that lead nowhere."""


def test_a_bad_token_is_a_403_without_body_or_type(client):
    answer = client.get("users/me", headers={"Api-Token": "wrong"})

    assert (answer.status_code, answer.content) == (403, b"")
    assert "content-type" not in answer.headers


def test_the_user_behind_the_token_can_be_asked(client):
    answer = client.get("users/me")

    assert answer.json()["user"]["id"] == "1"


def test_the_sixth_call_within_a_second_is_told_to_wait(open_account, clients):
    client = clients(open_account(limits=True))

    statuses = [client.get("users/me").status_code for _ in range(6)]

    assert statuses == [200] * 5 + [429]


def test_the_wait_is_told_in_whole_seconds_and_nothing_else_about_limits(open_account, clients):
    client = clients(open_account(limits=True, requests_per_second=0))

    answer = client.get("users/me")

    assert answer.headers["retry-after"] == "1"
    assert not [name for name in answer.headers if name.startswith(("ratelimit", "x-ratelimit"))]


def test_after_a_second_calls_are_welcome_again(open_account, clients, hand_clock):
    client = clients(open_account(limits=True))
    refused = [client.get("users/me").status_code for _ in range(7)][-1]

    hand_clock.advance(seconds=1)

    assert (refused, client.get("users/me").status_code) == (429, 200)


def test_what_is_left_can_be_told_by_a_switch(open_account, clients):
    client = clients(open_account(rate_headers=True))

    answer = client.get("users/me")

    assert (answer.headers["ratelimit-limit"], answer.headers["ratelimit-remaining"]) == ("5", "4")


def test_a_refused_call_is_journalled_as_throttled_and_has_no_effect(open_account, clients):
    app = open_account(limits=True, requests_per_second=0)

    clients(app).post("contacts", json={"contact": {"email": "late@halden.example"}})

    entries = app.ground.journal.read(after=0, limit=10)
    assert [(entry["status"], entry["outcome"]) for entry in entries] == [(429, "throttled")]


def test_an_address_that_leads_nowhere_is_a_404(client):
    assert client.get("nothing/here").status_code == 404
    assert client.get("lists/99").json() == {"message": "No Result found for _List with id 99"}


def test_calls_can_be_counted_by_the_second_of_the_clock(open_account, clients, hand_clock):
    client = clients(open_account(limits=True, rate_window="fixed"))
    hand_clock.advance(seconds=0.9)

    statuses = [client.get("users/me").status_code for _ in range(6)]
    hand_clock.advance(seconds=0.1)

    assert statuses == [200] * 5 + [429]
    assert [client.get("users/me").status_code for _ in range(5)] == [200] * 5


def test_events_of_sites_do_not_count_as_calls(open_account, clients):
    client = clients(open_account(limits=True))

    statuses = [client.post("http://account.example/event", data={}).status_code for _ in range(8)]

    assert statuses == [200] * 8
    assert client.get("users/me").status_code == 200
