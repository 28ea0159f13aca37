"""The control API: health, journal, settings, reset."""


def test_health_counts_the_records(client):
    health = client.get("/_sandbox/health").json()

    assert (health["ok"], health["crm"], health["records"]["contact"]) == (True, "activecampaign", 10)


def test_the_journal_is_read_on_from_where_one_stopped(client):
    client.get("/api/3/users/me")
    seen = client.get("/_sandbox/journal").json()["last"]
    client.get("/api/3/tags")

    news = client.get("/_sandbox/journal", params={"after": seen}).json()

    assert [entry["path"] for entry in news["entries"]] == ["/api/3/tags"]
    assert news["last"] == seen + 1


def test_calls_and_effects_can_be_read_apart(client):
    client.post("/api/3/contacts", json={"contact": {"email": "new@halden.example"}})

    calls = client.get("/_sandbox/journal", params={"kind": "call"}).json()["entries"]
    effects = client.get("/_sandbox/journal", params={"kind": "effect"}).json()["entries"]

    assert [entry["kind"] for entry in calls] == ["call"]
    assert [(entry["kind"], entry["call"]) for entry in effects] == [("effect", calls[0]["n"])]


def test_the_journal_shows_the_query_without_what_is_personal(client):
    client.get("/api/3/contacts", params={"email": "ada@halden.example", "limit": 5, "orders[id]": "ASC"})

    entry = client.get("/_sandbox/journal").json()["entries"][0]

    assert entry["query"] == "email=…&limit=5&orders[id]=ASC"
    assert entry["records"] == 0
    assert entry["request_id"]


def test_calls_to_the_control_api_are_not_journalled(client):
    client.get("/_sandbox/health")

    assert client.get("/_sandbox/journal").json() == {"entries": [], "last": 0}


def test_settings_are_changed_while_the_server_runs(client, app):
    changed = client.post("/_sandbox/settings", json={"limits": True, "requests_per_second": 2}).json()

    statuses = [client.get("/api/3/users/me").status_code for _ in range(3)]

    assert (changed["limits"], changed["requests_per_second"]) == (True, 2)
    assert statuses == [200, 200, 429]


def test_a_setting_that_is_none_is_refused(client):
    unknown = client.post("/_sandbox/settings", json={"limit": True})
    wrong = client.post("/_sandbox/settings", json={"limits": 5})

    assert (unknown.status_code, wrong.status_code) == (400, 400)
    assert client.get("/_sandbox/settings").json()["limits"] is False


def test_a_shifted_clock_shifts_stamps_and_the_date_header(client):
    before = client.get("/api/3/users/me").headers["date"]

    client.post("/_sandbox/settings", json={"clock_offset_seconds": 5 * 365 * 86_400})

    assert client.get("/api/3/users/me").headers["date"][12:16] == str(int(before[12:16]) + 5)


def test_a_reset_makes_a_new_world_under_the_settings_of_the_start(client):
    client.post("/_sandbox/faults", json={"kind": "reset", "route": "* /"})
    client.post("/_sandbox/settings", json={"latency_ms": 9})

    health = client.post("/_sandbox/reset", json={"people": 30, "seed": 4}).json()

    assert health["records"]["contact"] == 30
    assert client.get("/_sandbox/settings").json()["latency_ms"] == 0
    assert client.get("/_sandbox/journal").json()["last"] == 0
    assert client.get("/api/3/contacts").json()["meta"]["total"] == "30"


def test_two_worlds_of_one_seed_hold_the_same_people(client):
    names = []
    for _ in range(2):
        client.post("/_sandbox/reset", json={"people": 12, "seed": 9})
        names.append([row["email"] for row in client.get("/_sandbox/records/contact").json()["records"]])

    assert names[0] == names[1]


def test_records_are_read_in_pages(client):
    page = client.get("/_sandbox/records/contact", params={"limit": 3, "offset": 4}).json()

    assert [row["id"] for row in page["records"]] == ["5", "6", "7"]
    assert page["total"] == 10


def test_what_people_can_do_is_listed(client):
    deeds = client.get("/_sandbox/people").json()["deeds"]

    assert {"create", "edit", "merge", "unsubscribe"} <= set(deeds)


def test_a_site_elsewhere_orders_nothing(client):
    refused = client.post("/_sandbox/reset", json={}, headers={"origin": "https://elsewhere.example"})

    assert (refused.status_code, client.get("/_sandbox/health").json()["records"]["contact"]) == (403, 10)
