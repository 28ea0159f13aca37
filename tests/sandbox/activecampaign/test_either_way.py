"""Where nobody knows what the vendor does, the account can be had either way."""

import pytest

DAY = "2026-03-02"


def test_the_body_of_a_429_may_be_a_message_or_a_list_of_errors(open_account, clients):
    limited = {"limits": True, "requests_per_second": 0}
    one, other = (clients(open_account(**limited, too_many_body=shape)) for shape in ("message", "errors"))

    assert one.get("users/me").json() == {"message": "Too many requests for this account."}
    assert other.get("users/me").json()["errors"][0]["title"] == "Too Many Requests"


def test_a_429_may_say_nothing_but_when_to_come_back(open_account, clients):
    client = clients(open_account(limits=True, requests_per_second=0, too_many_body="empty"))

    answer = client.get("users/me")

    assert (answer.status_code, answer.content, answer.headers["retry-after"]) == (429, b"", "1")


@pytest.mark.parametrize(("what", "status"), [("refused", 422), ("returned", 200)])
def test_making_a_tag_that_is_there(open_account, clients, what, status):
    client = clients(open_account(existing_tag_name=what))
    made = client.post("tags", json={"tag": {"tag": "Fair", "tagType": "contact"}}).json()["tag"]

    again = client.post("tags", json={"tag": {"tag": "fair", "tagType": "contact"}})

    assert again.status_code == status
    assert again.json().get("tag", made)["id"] == made["id"]


@pytest.mark.parametrize(("clock", "total"), [("central", "0"), ("utc", "1")])
def test_the_clock_of_a_date_without_an_offset(open_account, clients, clock, total):
    client = clients(open_account(people=0, naive_filter_dates=clock))
    client.post("contacts", json={"contact": {"email": "new@halden.example"}})

    found = client.get("contacts", params={"filters[updated_after]": f"{DAY} 14:00:00"}).json()

    assert found["meta"]["total"] == total


@pytest.mark.parametrize(("column", "total"), [("udate", "0"), ("updated", "1")])
def test_the_stamp_that_updated_after_compares(open_account, clients, hand_clock, column, total):
    app = open_account(people=0, updated_filter_column=column)
    client = clients(app)
    client.post("contacts", json={"contact": {"email": "new@halden.example"}})
    hand_clock.advance(hours=1)
    app.crm.deeds["open_mail"]({"email": "new@halden.example"})

    found = client.get("contacts", params={"filters[updated_after]": f"{DAY}T15:30:00+00:00"}).json()

    assert found["meta"]["total"] == total


@pytest.mark.parametrize(("takes", "status"), [(True, 404), (False, 200)])
def test_a_deleted_list_takes_those_who_stood_on_no_other(open_account, clients, takes, status):
    client = clients(open_account(deleted_lists_take_contacts=takes))
    sender = {"name": "Readers", "stringid": "r", "sender_url": "https://us.example", "sender_reminder": "You asked."}
    made = client.post("lists", json={"list": sender}).json()["list"]
    contact = client.post("contacts", json={"contact": {"email": "only@there.example"}}).json()["contact"]
    client.post("contactLists", json={"contactList": {"contact": contact["id"], "list": made["id"], "status": 1}})

    client.delete(f"lists/{made['id']}")

    assert client.get(f"contacts/{contact['id']}").status_code == status


@pytest.mark.parametrize(("inclusive", "found"), [(True, 1), (False, 0)])
def test_whether_the_second_that_is_named_is_in_the_range(open_account, clients, inclusive, found):
    client = clients(open_account(people=0, after_is_inclusive=inclusive))
    contact = client.post("contacts", json={"contact": {"email": "then@there.example"}}).json()["contact"]

    rows = client.get("contacts", params={"filters[updated_after]": contact["udate"]}).json()["contacts"]

    assert len(rows) == found


@pytest.mark.parametrize("moves", [True, False])
def test_whether_taking_a_tag_off_moves_the_stamp(open_account, clients, hand_clock, moves):
    client = clients(open_account(tag_removal_moves_udate=moves))
    contact = client.post("contacts", json={"contact": {"email": "tagged@there.example"}}).json()["contact"]
    tag = client.post("tags", json={"tag": {"tag": "Fair", "tagType": "contact"}}).json()["tag"]
    worn = {"contactTag": {"contact": contact["id"], "tag": tag["id"]}}
    assignment = client.post("contactTags", json=worn).json()["contactTag"]
    before = client.get(f"contacts/{contact['id']}").json()["contact"]["udate"]
    hand_clock.advance(seconds=60)

    client.delete(f"contactTags/{assignment['id']}")

    after = client.get(f"contacts/{contact['id']}").json()["contact"]["udate"]
    assert (after != before) is moves
