"""Channels: how they are opened, judged, listed, changed, renewed and closed, and when they end."""

import pytest

TARGET = "http://127.0.0.1:9/hooks/zoho?secret=s3&of=demo"


def channels(client, **asked):
    answer = client.get("actions/watch", params=asked)
    return {row["resource_name"]: row for row in answer.json()["watch"]} if answer.status_code == 200 else {}


def test_opening_a_channel_tells_of_each_module_when_it_ends(watch):
    answer = watch("Leads.all", "Contacts.edit", channel_expiry="2026-03-03T15:00:00+00:00")

    [item] = answer.json()["watch"]
    assert (answer.status_code, item["code"]) == (201, "SUCCESS")
    assert item["message"] == "Successfully subscribed for actions-watch of the given module"
    assert item["details"]["events"][0] == {
        "channel_expiry": "2026-03-03T16:00:00+01:00",
        "resource_uri": "http://organisation.example/crm/v8/Leads",
        "resource_id": "487600000000002001",
        "resource_name": "Leads",
        "channel_id": "10001",
    }
    assert [event["resource_name"] for event in item["details"]["events"]] == ["Leads", "Contacts"]


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        (None, "2026-03-02T17:00:00+01:00"),
        ("2026-03-09T15:00:00+00:00", "2026-03-09T16:00:00+01:00"),
        ("2026-03-09T15:00:01+00:00", "2026-03-02T17:00:00+01:00"),
    ],
    ids=["nothing said", "a week", "more than a week"],
)
def test_a_channel_lives_an_hour_or_a_week_at_most_and_more_is_an_hour_again(client, watch, asked, ends):
    watch("Leads.all", channel_expiry=asked)

    assert channels(client)["Leads"]["channel_expiry"] == ends


def test_a_channel_is_gone_when_its_time_is_over(client, watch, hand_clock):
    watch("Leads.all", channel_expiry="2026-03-02T15:30:00Z")

    hand_clock.advance(minutes=30)

    wish = {"channel_id": "10001", "events": ["Leads.all"], "notify_url": TARGET}
    assert client.get("actions/watch").status_code == 204
    [item] = client.put("actions/watch", json={"watch": [wish]}).json()["watch"]
    assert item["code"] == "NOT_SUBSCRIBED"


@pytest.mark.parametrize(
    ("said", "code", "name"),
    [
        ({"notify_url": None}, "MANDATORY_NOT_FOUND", "notify_url"),
        ({"channel_id": None}, "MANDATORY_NOT_FOUND", "channel_id"),
        ({"events": []}, "MANDATORY_NOT_FOUND", "events"),
        ({"events": ["Leaves.all"]}, "INVALID_DATA", "events"),
        ({"events": ["Leads.rename"]}, "INVALID_DATA", "events"),
        ({"channel_id": "first"}, "INVALID_DATA", "channel_id"),
        ({"notify_url": "http://far.example/hooks"}, "INVALID_DATA", "notify_url"),
        ({"notify_url": "https://far.example/" + "a" * 250}, "INVALID_DATA", "notify_url"),
        ({"token": "t" * 51}, "INVALID_DATA", "token"),
        ({"channel_expiry": "next week"}, "INVALID_DATA", "channel_expiry"),
        ({"channel_expiry": "2026-03-01T15:00:00+00:00"}, "INVALID_DATA", "channel_expiry"),
        ({"notify_on_related_action": "no"}, "INVALID_DATA", "notify_on_related_action"),
        ({"notification_condition": [{"type": "field_selection"}]}, "INVALID_DATA", "notification_condition"),
    ],
)
def test_a_wish_that_cannot_be_fulfilled_is_refused_and_says_where(watch, client, said, code, name):
    answer = watch("Leads.all", **said)

    [item] = answer.json()["watch"]
    assert (answer.status_code, item["code"], item["details"]["api_name"]) == (400, code, name)
    assert channels(client) == {}


def test_one_bad_wish_does_not_sink_its_neighbour(client):
    wishes = [{"channel_id": id_, "events": ["Leads.all"], "notify_url": TARGET} for id_ in ("1", "one")]

    answer = client.post("actions/watch", json={"watch": wishes})

    assert (answer.status_code, [item["status"] for item in answer.json()["watch"]]) == (207, ["success", "error"])


def test_more_than_fifty_wishes_are_refused_whole(client):
    answer = client.post("actions/watch", json={"watch": [{"channel_id": str(n)} for n in range(51)]})

    assert (answer.status_code, answer.json()["code"]) == (400, "LIMIT_EXCEEDED")


def test_channels_are_listed_by_module_and_by_id(client, watch):
    watch("Leads.all", "Deals.edit")
    watch("Contacts.all", channel_id=10002)

    assert set(channels(client)) == {"Leads", "Deals", "Contacts"}
    assert set(channels(client, channel_id="10001")) == {"Leads", "Deals"}
    assert set(channels(client, module="Contacts")) == {"Contacts"}
    assert channels(client)["Deals"]["events"] == ["Deals.edit"]
    assert channels(client)["Contacts"]["channel_id"] == "10002"


def test_opening_a_channel_again_renews_it(client, watch, hand_clock):
    watch("Leads.all", "Deals.all")
    hand_clock.advance(minutes=30)

    watch("Leads.all")

    assert {name: row["channel_expiry"] for name, row in channels(client).items()} == {
        "Leads": "2026-03-02T17:30:00+01:00"
    }


def test_a_channel_is_replaced_whole(client, watch):
    watch("Leads.all")
    wish = {"channel_id": "10001", "events": ["Contacts.edit"], "notify_url": "https://far.example/hooks"}

    [item] = client.put("actions/watch", json={"watch": [wish]}).json()["watch"]

    assert item["message"] == "Successfully updated the subscribe details"
    assert set(channels(client)) == {"Contacts"}
    assert (channels(client)["Contacts"]["token"], channels(client)["Contacts"]["notify_url"]) == (
        None,
        "https://far.example/hooks",
    )


def test_parts_of_a_channel_are_changed_and_the_rest_stays(client, watch):
    watch("Leads.all")
    wish = {"channel_id": "10001", "channel_expiry": "2026-03-05T15:00:00+00:00", "events": ["Deals.edit"]}

    client.patch("actions/watch", json={"watch": [wish]})

    rows = channels(client)
    assert {name: row["channel_expiry"][:10] for name, row in rows.items()} == {
        "Leads": "2026-03-05",
        "Deals": "2026-03-05",
    }
    assert rows["Deals"]["token"] == "open sesame"


def test_events_are_taken_out_of_a_channel(client, watch):
    watch("Leads.edit", "Leads.delete", "Contacts.all")
    wish = {"channel_id": "10001", "events": ["Leads.edit", "Contacts.all"], "_delete_events": True}

    [item] = client.patch("actions/watch", json={"watch": [wish]}).json()["watch"]

    assert item["message"] == "Successfully removed the subscribe details"
    assert {name: row["events"] for name, row in channels(client).items()} == {"Leads": ["Leads.delete"]}


def test_channels_are_closed_and_unknown_ones_said_so(client, watch):
    watch("Leads.all", "Contacts.all")

    answer = client.delete("actions/watch", params={"channel_ids": "10001,10002"})

    closed, unknown = answer.json()["watch"]
    assert (answer.status_code, closed["message"]) == (207, "Successfully un-subscribed from actions-watch")
    assert closed["details"]["channel_id"] == "10001"
    assert unknown["code"] == "NOT_SUBSCRIBED"
    assert channels(client) == {}


def test_closing_needs_to_be_told_which(client):
    assert client.delete("actions/watch").json()["code"] == "REQUIRED_PARAM_MISSING"


def test_channels_outlive_a_restart(open_organisation, clients, tmp_path):
    first = open_organisation(data=tmp_path / "zoho.db")
    wish = {"channel_id": "10001", "events": ["Leads.all"], "notify_url": TARGET}
    clients(first).post("actions/watch", json={"watch": [wish]})
    first.close()

    assert set(channels(clients(open_organisation(data=tmp_path / "zoho.db")))) == {"Leads"}
