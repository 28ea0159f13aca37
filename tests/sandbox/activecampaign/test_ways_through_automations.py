"""What starts an automation, who waits in it, and who may not enter."""


def entries_of(client, contact):
    return client.get(f"contacts/{contact['id']}/contactAutomations").json()["contactAutomations"]


def tags_of(client, contact):
    tags = {row["id"]: row["tag"] for row in client.get("tags", params={"limit": 100}).json()["tags"]}
    return [tags[row["tag"]] for row in client.get(f"contacts/{contact['id']}/contactTags").json()["contactTags"]]


def test_a_subscription_starts_the_automation_of_the_list(client, contact, person):
    person("automation", name="Welcome", starts_on={"list": "1"}, steps=[{"add_tag": "welcomed"}])

    client.post("contactLists", json={"contactList": {"list": 1, "contact": contact["id"], "status": 1}})
    client.post("contactLists", json={"contactList": {"list": 2, "contact": contact["id"], "status": 1}})

    assert tags_of(client, contact) == ["welcomed"]
    assert len(entries_of(client, contact)) == 1


def test_a_tag_starts_the_automation_that_waits_for_it_and_that_one_the_next(client, contact, person):
    person("automation", name="First", starts_on={"tag": "one"}, steps=[{"add_tag": "two"}])
    person("automation", name="Second", starts_on={"tag": "two"}, steps=[{"add_tag": "one"}])

    person("edit", module="contact", id=contact["id"], values={"tags": ["one"]})

    assert tags_of(client, contact) == ["one", "two"]
    assert len(entries_of(client, contact)) == 2


def test_a_wait_holds_the_contact_until_its_time_has_come(client, contact, person, hand_clock):
    steps = [{"add_tag": "asked"}, {"wait": 3600}, {"add_tag": "reminded"}]
    made = person("automation", name="Remind", steps=steps)

    person("enter_automation", id=contact["id"], automation="Remind")
    [waiting] = entries_of(client, contact)
    held = client.get("contacts", params={"waitid": "2", "seriesid": made["id"]}).json()["meta"]["total"]
    hand_clock.advance(hours=1)
    [through] = entries_of(client, contact)

    told = ("status", "timespan", "completed", "completeValue")
    assert [waiting[key] for key in told] == ["1", None, 0, 33]
    assert [through[key] for key in told] == ["2", "3600", 1, 100]
    assert held == "1"
    assert tags_of(client, contact) == ["asked", "reminded"]


def test_whoever_is_taken_out_while_waiting_goes_no_further(client, contact, person, hand_clock):
    person("automation", name="Remind", starts_on={}, steps=[{"wait": 60}, {"add_tag": "reminded"}])
    person("enter_automation", id=contact["id"], automation="Remind")
    [entry] = entries_of(client, contact)

    client.delete(f"contactAutomations/{entry['id']}")
    hand_clock.advance(hours=1)

    assert entries_of(client, contact) == []
    assert tags_of(client, contact) == []


def test_a_deleted_contact_is_waited_for_no_longer(client, contact, person, hand_clock):
    person("automation", name="Remind", steps=[{"wait": 60}, {"add_tag": "reminded"}])
    person("enter_automation", id=contact["id"], automation="Remind")

    client.delete(f"contacts/{contact['id']}")
    hand_clock.advance(hours=1)

    assert client.get("contactAutomations").json()["contactAutomations"] == []


def test_nobody_enters_an_automation_that_was_stopped(client, contact, person):
    person("stop_automation", automation="Demo request")
    sent = {"contactAutomation": {"contact": contact["id"], "automation": "1"}}

    refused = client.post("contactAutomations", json=sent)
    person("submit_form", form="Demo request", email=contact["email"])

    assert (refused.status_code, refused.json()) == (403, {"message": "Could not create SubscriberSeries"})
    assert entries_of(client, contact) == []
    assert client.get("automations/1").json()["automation"]["status"] == "2"
    person("start_automation", automation="Demo request")
    assert client.post("contactAutomations", json=sent).status_code == 201


def test_a_person_takes_a_contact_out(client, contact, person):
    person("enter_automation", id=contact["id"], automation="Demo request")

    left = person("leave_automation", email=contact["email"], automation="Demo request")

    assert left["left"] == 1
    assert entries_of(client, contact) == []


def test_the_list_of_automations_says_how_each_begins(client, person):
    person("automation", name="Welcome", starts_on={"list": "1"}, steps=[])

    listed = client.get("automations").json()

    assert [start["type"] for start in listed["meta"]["starts"]] == ["form", "subscribe"]
    assert "screenshot" in listed["automations"][0]
    assert "screenshot" not in client.get("automations/1").json()["automation"]


def test_imports_start_automations_unless_told_not_to(client, person, hand_clock):
    person("automation", name="Welcome", starts_on={"list": "1"}, steps=[{"add_tag": "welcomed"}])
    on = {"subscribe": [{"listid": 1}]}
    contacts = [
        {"email": "a@halden.example", **on},
        {"email": "b@halden.example", **on, "exclude_automations": True},
    ]
    quiet = {"contacts": [{"email": "c@halden.example", **on}], "exclude_automations": True}

    client.post("import/bulk_import", json={"contacts": contacts})
    client.post("import/bulk_import", json=quiet)
    hand_clock.advance(seconds=2)

    entered = client.get("contactAutomations").json()["contactAutomations"]
    names = [client.get(f"contacts/{row['contact']}").json()["contact"]["email"] for row in entered]
    assert names == ["a@halden.example"]


def test_the_links_of_a_way_lead_to_the_contact_and_the_automation(client, contact, person):
    person("enter_automation", id=contact["id"], automation="Demo request")
    [entry] = entries_of(client, contact)

    assert client.get(entry["links"]["contact"]).json()["contact"]["id"] == contact["id"]
    assert client.get(entry["links"]["automation"]).json()["automation"]["name"] == "Demo request"
    inside = client.get("automations/1/contactAutomations").json()["contactAutomations"]
    assert [row["id"] for row in inside] == [entry["id"]]
    assert client.get("automations/9/contactAutomations").status_code == 404
