"""What is delivered to a channel when records change, and what is not."""

import json

import pytest


def bodies(hooks):
    return [json.loads(hook.body) for hook in hooks]


def test_an_edit_is_told_with_the_token_and_the_query_but_without_the_record(watch, make, control, delivered):
    [id_] = make({"Email": "ada@halden.example"})
    watch("Leads.edit")

    control("people/edit", module="Leads", id=id_, values={"Phone": "030 1"})

    [hook] = delivered()
    assert (hook.label, hook.ids, hook.content_type) == ("Leads.edit", (id_,), "application/json;charset=UTF-8")
    assert json.loads(hook.body) == {
        "server_time": 1772463600000,
        "affected_values": [],
        "query_params": {"secret": "s3", "of": "demo"},
        "module": "Leads",
        "resource_uri": "http://organisation.example/crm/v8/Leads",
        "ids": [id_],
        "affected_fields": [{id_: ["Phone"]}],
        "operation": "update",
        "channel_id": "10001",
        "token": "open sesame",
    }


def test_one_call_that_changes_several_records_is_one_delivery_for_each_kind_of_change(client, watch, make, delivered):
    [known] = make({"Email": "ada@halden.example"})
    watch("Leads.all")
    people = [
        {"Last_Name": "Birk", "Company": "Halden", "Email": f"{name}@halden.example"} for name in ("ada", "bo", "cy")
    ]

    client.post("Leads/upsert", json={"data": people, "trigger": []})

    told = {body["operation"]: body["ids"] for body in bodies(delivered())}
    assert (told["update"], len(told["insert"]), len(delivered())) == ([known], 2, 2)


def test_many_edits_at_one_stroke_are_told_a_hundred_at_a_time(watch, make, control, delivered):
    ids = make(*({"Email": f"p{n}@halden.example"} for n in range(100))) + make({}, {})
    watch("Leads.edit")

    control("people/edit-many", module="Leads", ids=ids, values={"City": "Halden {n}"})

    assert [body["ids"] for body in bodies(delivered())] == [ids[:100], ids[100:]]


def test_each_kind_of_change_is_told_only_to_those_who_asked(client, watch, make, delivered):
    watch("Leads.delete")

    [id_] = make({"Email": "ada@halden.example"})
    client.put("Leads", json={"data": [{"id": id_, "City": "Oslo"}]})
    make({}, module="Contacts")
    client.delete("Leads", params={"ids": id_})

    assert [(body["operation"], body["ids"]) for body in bodies(delivered())] == [("delete", [id_])]


def test_a_refused_record_is_told_of_to_nobody(client, watch, delivered):
    watch("Leads.all")

    client.post("Leads", json={"data": [{"Last_Name": "Birk"}, {"Last_Name": "Berg", "Company": "Halden"}]})

    assert [len(body["ids"]) for body in bodies(delivered())] == [1]


def test_a_channel_that_has_ended_is_told_nothing(watch, make, hand_clock, delivered):
    watch("Leads.all", channel_expiry="2026-03-02T15:30:00Z")
    hand_clock.advance(minutes=30)

    make({})

    assert delivered() == []


def test_an_organisation_may_speak_of_events(client, watch, make, control, delivered):
    control("settings", notifications_speak_of_events=True)
    watch("Leads.all")

    [id_] = make({})
    client.put("Leads", json={"data": [{"id": id_, "City": "Oslo"}]})
    client.delete(f"Leads/{id_}")

    assert [body["operation"] for body in bodies(delivered())] == ["create", "edit", "delete"]


def test_values_are_sent_to_those_who_asked_for_them(watch, make, control, delivered):
    [id_] = make({})
    watch("Leads.edit", return_affected_field_values=True)

    control("people/edit", module="Leads", id=id_, values={"City": "Oslo"})

    [body] = bodies(delivered())
    assert body["affected_values"] == [{"record_id": id_, "values": {"City": "Oslo"}}]


def test_a_channel_on_certain_fields_hears_of_no_other_edit(watch, make, control, delivered):
    [id_] = make({})
    selection = {
        "group_operator": "or",
        "group": [{"field": {"api_name": "City"}}, {"field": {"api_name": "Phone"}}],
    }
    condition = {"type": "field_selection", "module": {"api_name": "Leads"}, "field_selection": selection}
    watch("Leads.all", notification_condition=[condition])

    control("people/edit", module="Leads", id=id_, values={"Country": "Norway"})
    control("people/edit", module="Leads", id=id_, values={"City": "Oslo", "Country": "Sweden"})

    assert [body["affected_fields"] for body in bodies(delivered())] == [[{id_: ["City", "Country"]}]]


@pytest.mark.parametrize(("is_wanted", "told"), [(True, 1), (False, 0)])
def test_an_edit_of_a_contact_is_also_an_action_on_its_account_unless_declined(
    watch, make, control, delivered, is_wanted, told
):
    [account] = make({}, module="Accounts")
    [contact] = make({"Account_Name": {"id": account}}, module="Contacts")
    watch("Accounts.edit", notify_on_related_action=is_wanted)

    control("people/edit", module="Contacts", id=contact, values={"Phone": "030 1"})

    assert [body["ids"] for body in bodies(delivered())] == [[account]] * told


def test_a_conversion_is_told_module_by_module(watch, make, control, delivered):
    [lead] = make({"Email": "ada@halden.example"})
    watch("Leads.all", "Contacts.all", "Accounts.all")

    made = control("people/convert", id=lead)

    told = {(body["module"], body["operation"]): body["ids"] for body in bodies(delivered())}
    assert told == {
        ("Leads", "update"): [lead],
        ("Contacts", "insert"): [made["Contacts"]["id"]],
        ("Accounts", "insert"): [made["Accounts"]["id"]],
    }


def test_records_loaded_as_they_are_make_no_news(watch, control, delivered):
    watch("Leads.all")

    control("load", module="Leads", records=[{"id": "500000000000000007", "Last_Name": "Birk", "Company": "Halden"}])

    assert delivered() == []


def test_deliveries_are_lost_doubled_and_journalled_on_request(watch, make, control, delivered):
    watch("Leads.create", "Contacts.create")
    control("faults", kind="hook_dropped", route="HOOK Leads.create")
    control("faults", kind="hook_doubled", route="HOOK Contacts.*")

    make({})
    make({}, module="Contacts")

    assert [hook.label for hook in delivered()] == ["Contacts.create", "Contacts.create"]
    outcomes = [(entry["label"], entry["outcome"]) for entry in control("journal?kind=hook")["entries"]]
    assert sorted(outcomes) == [
        ("Contacts.create", "answered"),
        ("Contacts.create", "answered"),
        ("Leads.create", "dropped"),
    ]
