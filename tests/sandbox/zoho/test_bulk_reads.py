"""Whole modules read at once, by a job whose end is a CSV in an archive."""

import csv
import io
import json
import zipfile

import pytest

BULK = "http://organisation.example/crm/bulk/v8/read"


@pytest.fixture
def begin(client):
    """Begins a bulk read of the leads; what else is asked for goes by name."""

    def ask(*, callback=None, **query):
        body = {"query": {"module": {"api_name": "Leads"}, **query}}
        return client.post(BULK, json=body if callback is None else {**body, "callback": callback})

    return ask


@pytest.fixture
def rows_of(client):
    """The lines of a job's result."""

    def read(job):
        answer = client.get(f"{BULK}/{job}/result")
        assert answer.headers["content-type"] == "application/zip"
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.namelist() == [f"{job}.csv"]
            return list(csv.DictReader(io.StringIO(archive.read(f"{job}.csv").decode())))

    return read


def id_of(answer):
    assert answer.status_code == 201, answer.text
    return answer.json()["data"][0]["details"]["id"]


def test_a_job_is_added_under_way_and_completed_by_the_clock(client, begin, hand_clock):
    job = id_of(begin(fields=["Last_Name"]))
    states = [client.get(f"{BULK}/{job}").json()["data"][0]["state"]]
    for seconds in (1, 3):
        hand_clock.advance(seconds=seconds)
        states.append(client.get(f"{BULK}/{job}").json()["data"][0]["state"])

    assert states == ["ADDED", "IN PROGRESS", "COMPLETED"]


def test_the_result_has_the_records_that_meet_the_criteria_by_id(client, make, begin, rows_of, hand_clock):
    ids = make({"City": "Zell", "Email_Opt_Out": True}, {"City": "Graz"}, {"City": "Zell"})
    where = {
        "group_operator": "and",
        "group": [{"field": {"api_name": "City"}, "comparator": "equal", "value": "Zell"}],
    }

    job = id_of(begin(fields=["City", "Email_Opt_Out", "Owner"], criteria=where))
    hand_clock.advance(seconds=3)

    assert rows_of(job) == [
        {"Id": ids[0], "City": "Zell", "Email_Opt_Out": "true", "Owner": "487600000000023001"},
        {"Id": ids[2], "City": "Zell", "Email_Opt_Out": "false", "Owner": "487600000000023001"},
    ]


def test_what_is_more_than_a_page_is_read_on_by_its_token(client, control, begin, rows_of, hand_clock):
    control("settings", bulk_read_rows=3)
    wanted = [row["id"] for row in client.get("Leads", params={"fields": "id", "sort_order": "asc"}).json()["data"]]
    first = id_of(begin(fields=["City"]))
    hand_clock.advance(seconds=3)
    result = client.get(f"{BULK}/{first}").json()["data"][0]["result"]

    second = id_of(begin(fields=["City"], page_token=result["next_page_token"]))
    hand_clock.advance(seconds=3)

    assert (result["count"], result["more_records"]) == (3, True)
    assert [row["Id"] for row in rows_of(first) + rows_of(second)] == wanted[:6]


def test_a_token_is_bound_to_the_rest_of_the_query(client, control, begin, hand_clock):
    control("settings", bulk_read_rows=3)
    job = id_of(begin(fields=["City"]))
    hand_clock.advance(seconds=3)
    token = client.get(f"{BULK}/{job}").json()["data"][0]["result"]["next_page_token"]

    answer = begin(fields=["Phone"], page_token=token)

    assert (answer.status_code, answer.json()["code"]) == (400, "TOKEN_BOUND_DATA_MISMATCH")


def test_who_asked_to_be_called_back_is_when_the_job_is_done(client, begin, delivered, hand_clock):
    job = id_of(begin(fields=["City"], callback={"url": "http://127.0.0.1:9/done?s=1", "method": "post"}))
    hand_clock.advance(seconds=3)
    client.get("org")
    client.get(f"{BULK}/{job}")

    [hook] = delivered()

    said = json.loads(hook.body)
    assert (hook.url, said["job_id"], said["state"]) == ("http://127.0.0.1:9/done?s=1", job, "COMPLETED")


def test_a_result_is_neither_there_before_its_time_nor_after_a_day(client, begin, hand_clock, sign_in):
    job = id_of(begin(fields=["City"]))
    early = client.get(f"{BULK}/{job}/result")
    hand_clock.advance(days=1, seconds=5)
    client.headers["authorization"] = f"Zoho-oauthtoken {sign_in(client).json()['access_token']}"
    late = client.get(f"{BULK}/{job}/result")

    assert [(answer.status_code, answer.json()["code"]) for answer in (early, late)] == [
        (404, "RESOURCE_NOT_FOUND")
    ] * 2


def test_results_are_taken_home_at_most_ten_times_a_minute(client, control, begin, hand_clock):
    control("settings", limits=True)
    job = id_of(begin(fields=["City"]))
    hand_clock.advance(seconds=3)

    statuses = [client.get(f"{BULK}/{job}/result").status_code for _ in range(11)]
    hand_clock.advance(minutes=1)

    assert statuses == [200] * 10 + [429]
    assert client.get(f"{BULK}/{job}/result").status_code == 200


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"module": {"api_name": "Notes"}}, "MODULE_NOT_SUPPORTED"),
        ({"module": {"api_name": "Leaves"}}, "MODULE_NOT_AVAILABLE"),
        ({"fields": ["Strange"]}, "FIELD_NOT_AVAILABLE"),
        ({"page": 501}, "PAGE_RANGE_EXCEEDED"),
        ({"criteria": {"group_operator": "xor", "group": [{}]}}, "GROUP_OPERATOR_NOT_SUPPORTED"),
        (
            {"criteria": {"field": {"api_name": "Strange"}, "comparator": "equal", "value": "1"}},
            "FIELD_IN_CRITERIA_NOT_SUPPORTED",
        ),
    ],
)
def test_what_cannot_be_read_in_bulk_is_refused_at_once(begin, query, code):
    answer = begin(**query)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
