"""What a token may do is what was granted when it was given."""

import pytest

ALL_BUT_NOTIFICATIONS = ["ZohoCRM.modules.ALL", "ZohoCRM.coql.READ", "ZohoCRM.settings.ALL"]


@pytest.fixture
def modest(open_organisation, clients):
    return clients(open_organisation(scopes=ALL_BUT_NOTIFICATIONS))


def test_a_token_tells_its_scopes(organisation, strangers, sign_in):
    scopes = sign_in(strangers(organisation)).json()["scope"].split()

    assert {"ZohoCRM.modules.ALL", "ZohoCRM.notifications.ALL", "ZohoCRM.coql.READ"} <= set(scopes)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_channels_need_a_scope_of_their_own(modest, method):
    answer = modest.request(method, "actions/watch")

    assert (answer.status_code, answer.json()) == (
        401,
        {"code": "OAUTH_SCOPE_MISMATCH", "details": {}, "message": "Unauthorized", "status": "error"},
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [("users", 401), ("org", 401), ("Leads/search?word=a", 401), ("Leads?fields=id", 200), ("settings/modules", 200)],
)
def test_other_places_are_judged_alike(modest, path, status):
    assert modest.get(path).status_code == status


@pytest.mark.parametrize(
    ("scope", "statuses"),
    [
        ("ZohoCRM.modules.READ", (200, 401)),
        ("ZohoCRM.modules.Leads.ALL", (200, 201)),
        ("ZohoCRM.modules.Leads.WRITE", (401, 201)),
        ("ZohoCRM.modules.Contacts.ALL", (401, 401)),
    ],
)
def test_a_scope_may_be_narrow(open_organisation, clients, scope, statuses):
    client = clients(open_organisation(scopes=[scope]))

    read = client.get("Leads", params={"fields": "id"})
    written = client.post("Leads", json={"data": [{"Last_Name": "Birk", "Company": "Halden"}]})

    assert (read.status_code, written.status_code) == statuses


@pytest.mark.parametrize(
    ("scopes", "status"),
    [
        (["ZohoSearch.securesearch.READ"], 401),
        (["ZohoSearch.securesearch.READ", "ZohoCRM.modules.Contacts.READ"], 401),
        (["ZohoSearch.securesearch.READ", "ZohoCRM.modules.Leads.READ"], 204),
    ],
)
def test_who_searches_must_be_allowed_to_read_what_is_found(open_organisation, clients, scopes, status):
    client = clients(open_organisation(scopes=scopes))

    assert client.get("Leads/search", params={"word": "nobody-like-this"}).status_code == status


def test_who_queries_must_be_allowed_to_read_records(open_organisation, clients):
    client = clients(open_organisation(scopes=["ZohoCRM.coql.READ"]))

    answer = client.post("coql", json={"select_query": "select id from Leads where id is not null"})

    assert answer.json()["code"] == "OAUTH_SCOPE_MISMATCH"
