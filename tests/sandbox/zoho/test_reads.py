"""Records read as lists, by ids, alone, and page by page."""

import pytest


def ids_of(answer):
    return [row["id"] for row in answer.json()["data"]]


def test_a_list_must_say_which_fields_it_wants(client):
    answer = client.get("Leads")

    assert (answer.status_code, answer.json()["code"]) == (400, "REQUIRED_PARAM_MISSING")
    assert answer.json()["details"] == {"param_name": "fields"}


def test_more_than_fifty_fields_are_refused(client):
    answer = client.get("Leads", params={"fields": ",".join(f"Field_{n}" for n in range(51))})

    assert answer.json()["details"] == {"limit": 50, "param_name": "fields"}


def test_a_list_gives_the_fields_asked_for_and_the_id_newest_first(client, make):
    ids = make({"First_Name": "Ada"}, {"First_Name": "Eva"})

    answer = client.get("Leads", params={"fields": "First_Name,Nickname", "per_page": 2})

    assert answer.json()["data"] == [
        {"First_Name": "Eva", "id": ids[1]},
        {"First_Name": "Ada", "id": ids[0]},
    ]
    info = answer.json()["info"]
    assert (info["count"], info["page"], info["per_page"], info["more_records"]) == (2, 1, 2, True)


def test_a_list_by_ids_gives_those_that_are_there(client, make):
    ids = make({}, {}, {})

    answer = client.get("Leads", params={"fields": "Email", "ids": f"{ids[0]},{ids[2]},487600000009999999"})

    assert sorted(ids_of(answer)) == [ids[0], ids[2]]


def test_nothing_found_is_a_204_without_body_or_type(client):
    answers = [
        client.get("Leads", params={"fields": "Email", "ids": "487600000009999999"}),
        client.get("Leads/487600000009999999"),
        client.get("Tasks", params={"fields": "Subject"}),
    ]

    assert {(answer.status_code, answer.content, answer.headers.get("content-type")) for answer in answers} == {
        (204, b"", None)
    }


def test_json_comes_with_the_vendors_content_type(client):
    assert client.get("users").headers["content-type"] == "application/json;charset=UTF-8"


def test_a_record_alone_comes_whole_with_its_system_keys(client, make):
    [id_] = make({"First_Name": "Ada"})

    [row] = client.get(f"Leads/{id_}").json()["data"]

    assert (row["Full_Name"], row["Email_Opt_Out"], row["Website"], row["Tag"]) == ("Ada Birk", False, None, [])
    assert row["Owner"]["name"] == "Baton Integration"
    assert (row["$approval_state"], row["$in_merge"]) == ("approved", False)


@pytest.mark.parametrize("sort", ["id", "Created_Time", "Modified_Time"])
def test_a_list_can_be_turned_round(client, sort):
    asked = {"fields": "Email", "sort_by": sort}

    rising = ids_of(client.get("Leads", params={**asked, "sort_order": "asc"}))
    falling = ids_of(client.get("Leads", params={**asked, "sort_order": "desc"}))

    assert rising == falling[::-1]


@pytest.mark.parametrize(
    "asked",
    [{"sort_by": "Email"}, {"sort_order": "up"}, {"per_page": "201"}, {"page": "0"}, {"converted": "perhaps"}],
)
def test_a_strange_parameter_is_refused(client, asked):
    answer = client.get("Leads", params={"fields": "Email", **asked})

    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_DATA")


def test_only_what_changed_after_the_moment_is_listed(client, make, hand_clock):
    make({})
    hand_clock.advance(seconds=10)
    [late] = make({})
    since = {"If-Modified-Since": "2026-03-02T16:00:00+01:00"}

    answer = client.get("Leads", params={"fields": "Email"}, headers=since)

    assert ids_of(answer) == [late]


def test_nothing_changed_is_a_304(client):
    since = {"If-Modified-Since": "2026-03-02T16:00:00+01:00"}

    answer = client.get("Leads", params={"fields": "Email"}, headers=since)

    assert (answer.status_code, answer.content) == (304, b"")


def test_page_tokens_lead_through_the_whole_list_once(client, make):
    make(*({} for _ in range(25)))
    asked = {"fields": "Email", "per_page": "10"}
    pages = [client.get("Leads", params=asked).json()]

    while token := pages[-1]["info"]["next_page_token"]:
        pages.append(client.get("Leads", params={**asked, "page_token": token}).json())

    seen = [row["id"] for page in pages for row in page["data"]]
    assert len(seen) == len(set(seen)) == client.get("Leads/actions/count").json()["count"]
    assert [page["info"]["more_records"] for page in pages] == [True] * (len(pages) - 1) + [False]


def test_plain_pages_end_at_two_thousand(client):
    answer = client.get("Leads", params={"fields": "Email", "page": "11"})

    assert (answer.status_code, answer.json()["code"]) == (400, "DISCRETE_PAGINATION_LIMIT_EXCEEDED")


def test_a_page_token_is_bound_to_its_list_and_lives_a_day(organisation, clients, client, hand_clock):
    asked = {"fields": "Email", "per_page": "2"}
    token = client.get("Leads", params=asked).json()["info"]["next_page_token"]

    other = client.get("Leads", params={**asked, "fields": "Phone", "page_token": token})
    broken = client.get("Leads", params={**asked, "page_token": "x"})
    hand_clock.advance(hours=25)
    late = clients(organisation).get("Leads", params={**asked, "page_token": token})

    codes = [answer.json()["code"] for answer in (other, broken, late)]
    assert codes == ["TOKEN_BOUND_DATA_MISMATCH", "TOKEN_BOUND_DATA_MISMATCH", "EXPIRED_VALUE"]


def test_a_converted_lead_vanishes_from_lists_unless_asked_for(client, make, control):
    [id_] = make({"Email": "ada@halden.example", "First_Name": "Ada"})
    made = control("people/convert", id=id_)

    plain = client.get("Leads", params={"fields": "Email", "ids": id_})
    both = client.get("Leads", params={"fields": "Converted__s,Converted_Contact", "ids": id_, "converted": "both"})

    assert plain.status_code == 204
    assert both.json()["data"] == [{"Converted__s": True, "Converted_Contact": made["Contacts"], "id": id_}]
    assert client.get(f"Contacts/{made['Contacts']['id']}").json()["data"][0]["Email"] == "ada@halden.example"


def test_a_converted_lead_takes_no_more_changes(client, make):
    [id_] = make({})
    first, again = (client.post(f"Leads/{id_}/actions/convert", json={"data": [{}]}) for _ in range(2))

    refused = client.put("Leads", json={"data": [{"id": id_, "First_Name": "Ada"}]})

    assert (first.status_code, again.json()["code"]) == (200, "ID_ALREADY_CONVERTED")
    assert refused.json()["data"][0]["code"] == "CONVERTED_RECORD"


def test_addresses_that_lead_nowhere_are_told_apart(client):
    module = client.get("Leaves", params={"fields": "Email"})
    path = client.get("http://organisation.example/crm/v1")
    method = client.patch("Leads", json={})

    assert [(answer.status_code, answer.json()["code"]) for answer in (module, path, method)] == [
        (400, "INVALID_MODULE"),
        (404, "INVALID_URL_PATTERN"),
        (400, "INVALID_REQUEST_METHOD"),
    ]
