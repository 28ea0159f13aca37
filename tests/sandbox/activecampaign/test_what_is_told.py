"""Which edits are told to whom: by event, by source, by list; and which are told to nobody."""

CONTROL = "http://account.example/_sandbox"


def events(told):
    return [(form["type"], form["initiated_from"], form["list"]) for form in told()]


def test_a_new_contact_is_announced_under_no_list(client, listen, told):
    listen()

    client.post("contacts", json={"contact": {"email": "new@halden.example"}})

    assert events(told) == [("subscribe", "api", "0")]


def test_creates_of_the_api_can_be_kept_quiet(client, account, listen, person, told):
    listen()
    account.ground.change_settings(api_creates_are_told=False)

    client.post("contacts", json={"contact": {"email": "new@halden.example"}})
    person("create", module="contact", values={"email": "other@halden.example"})

    assert events(told) == [("subscribe", "admin", "0")]


def test_a_contact_made_by_hand_is_announced_on_its_lists(listen, person, told):
    listen()

    person("create", module="contact", values={"email": "new@halden.example", "lists": {"Newsletter": 1}})

    assert events(told) == [("subscribe", "admin", "1")]


def test_an_edit_is_told_with_its_source(client, contact, listen, person, told):
    listen()

    client.put(f"contacts/{contact['id']}", json={"contact": {"firstName": "Ida"}})
    person("edit", module="contact", id=contact["id"], values={"fields": {"COUNTRY": "Norway"}})
    client.post("fieldValues", json={"fieldValue": {"contact": contact["id"], "field": "1", "value": "Chad"}})

    assert events(told) == [("update", "api", "0"), ("update", "admin", "0"), ("update", "api", "0")]


def test_tags_and_lists_have_events_of_their_own(client, contact, listen, told):
    listen()

    tagged = client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": "1"}}).json()
    client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": "1"}})
    client.delete(f"contactTags/{tagged['contactTag']['id']}")
    client.post("contactLists", json={"contactList": {"contact": contact["id"], "list": "2", "status": 1}})
    client.post("contactLists", json={"contactList": {"contact": contact["id"], "list": "2", "status": 2}})

    assert [(form["type"], form.get("tag"), form["list"]) for form in told()] == [
        ("contact_tag_added", "Hot Lead", "0"),
        ("contact_tag_removed", "Hot Lead", "0"),
        ("subscribe", None, "2"),
        ("unsubscribe", None, "2"),
    ]


def test_only_what_was_asked_for_arrives(client, contact, listen, person, told):
    listen(events=["update"], sources=["admin", "public"])

    client.put(f"contacts/{contact['id']}", json={"contact": {"firstName": "Ida"}})
    person("edit", module="contact", id=contact["id"], values={"tags": ["VIP"]})
    person("edit", module="contact", id=contact["id"], values={"firstName": "Ada"})

    assert events(told) == [("update", "admin", "0")]


def test_a_webhook_of_one_list_hears_only_of_its_members(client, contact, listen, person, told):
    listen(listid=2)
    person("edit", module="contact", id=contact["id"], values={"firstName": "Ida"})
    person("edit", module="contact", id=contact["id"], values={"lists": {"Newsletter": 1}})

    person("edit", module="contact", id=contact["id"], values={"lists": {"Product News": 1}})
    person("edit", module="contact", id=contact["id"], values={"firstName": "Ada"})

    assert events(told) == [("subscribe", "admin", "2"), ("update", "admin", "0")]


def test_tags_are_told_whatever_the_list(contact, listen, person, told):
    listen(listid=2)

    person("edit", module="contact", id=contact["id"], values={"tags": ["VIP"]})

    assert events(told) == [("contact_tag_added", "admin", "0")]


def test_loads_deletions_and_merges_are_told_to_nobody(client, contact, listen, person, told):
    other = client.post("contacts", json={"contact": {"email": "twin@halden.example"}}).json()["contact"]
    client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": "1"}})
    listen()

    records = [{"email": "mass@halden.example", "lists": {"Newsletter": 1}, "tags": ["VIP"]}]
    client.post(f"{CONTROL}/load", json={"module": "contact", "records": records})
    person("merge", **{"from": contact["id"], "into": other["id"]})
    person("delete", module="contact", id=other["id"])
    client.delete("contacts/3")

    assert told() == []


def test_a_contact_who_leaves_says_why(contact, listen, person, told):
    person("edit", module="contact", id=contact["id"], values={"lists": {"Newsletter": 1, "Events": 1}})
    listen()

    shown = person("unsubscribe", email=contact["email"], list="Events", reason="Too many")

    [form] = told()
    assert shown["lists"] == {"Newsletter": "1", "Events": "2"}
    assert (form["type"], form["list"], form["initiated_from"]) == ("unsubscribe", "3", "public")
    assert form["unsubscribe[reason]"] == "Too many"


def test_who_leaves_without_naming_a_list_leaves_all(contact, person):
    person("edit", module="contact", id=contact["id"], values={"lists": {"Newsletter": 1, "Events": 3}})

    shown = person("unsubscribe", id=contact["id"])

    assert shown["lists"] == {"Newsletter": "2", "Events": "3"}


def test_a_target_that_is_gone_hears_nothing_until_it_registers_again(client, contact, collected, listen, told):
    listen()
    collected.status = 410
    client.put(f"contacts/{contact['id']}", json={"contact": {"firstName": "Ida"}})
    told()
    collected.status = 200

    client.put(f"contacts/{contact['id']}", json={"contact": {"firstName": "Ada"}})
    silent = told()
    listen()
    client.put(f"contacts/{contact['id']}", json={"contact": {"firstName": "Eda"}})

    assert (len(silent), len(told())) == (1, 2)


def test_the_journal_shows_what_was_delivered_without_the_secret_address(client, contact, account, listen, told):
    listen()

    client.put(f"contacts/{contact['id']}", json={"contact": {"firstName": "Ida"}})

    told()
    [entry] = client.get(f"{CONTROL}/journal", params={"kind": "hook"}).json()["entries"]
    assert (entry["label"], entry["ids"], entry["host"]) == ("update", [contact["id"]], "127.0.0.1:8080")
    assert client.get(f"{CONTROL}/hooks").json() == {"waiting": 0}


def test_a_hook_can_be_lost_on_request(client, contact, listen, told):
    listen()
    client.post(f"{CONTROL}/faults", json={"kind": "hook_dropped", "route": "HOOK contact_tag_added"})

    client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": "1"}})
    client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": "2"}})

    assert [form["tag"] for form in told()] == ["Webinar Attended"]


def test_a_reset_forgets_who_listened(client, contact, listen, told):
    listen()
    client.post(f"{CONTROL}/reset", json={"people": 5})

    client.put("contacts/1", json={"contact": {"firstName": "Ida"}})

    assert told() == []
    assert client.get("webhooks").json()["webhooks"] == []
