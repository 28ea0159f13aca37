"""The form a webhook arrives as: bracket keys, fields by number, Central time; and the other one, of automations."""

from sandbox.activecampaign.webhooks.bodies import NO_ADDRESS


def test_the_whole_contact_travels_with_an_edit(contact, collected, listen, person, told):
    listen()
    values = {"firstName": "Ida", "orgname": "Halden AS", "fields": {"COUNTRY": "Norway", "BUDGET": ""}}

    person("edit", module="contact", id=contact["id"], values=values)

    [form] = told()
    assert collected.hooks[0].content_type == "application/x-www-form-urlencoded"
    account_id = form.pop("customer_acct_id")
    assert account_id.isdigit()
    assert form == {
        "type": "update",
        "date_time": "2026-03-02T09:00:00-06:00",
        "initiated_from": "admin",
        "initiated_by": "admin",
        "list": "0",
        "contact[id]": contact["id"],
        "contact[email]": "ada@halden.example",
        "contact[first_name]": "Ida",
        "contact[last_name]": "Birk",
        "contact[phone]": "030 231250",
        "contact[tags]": "",
        "contact[customer_acct_name]": "Halden AS",
        "contact[orgname]": "Halden AS",
        "contact[ip]": NO_ADDRESS,
        "contact[fields][1]": "Norway",
        "customer_acct_name": "Halden AS",
        "orgname": "Halden AS",
    }


def test_a_cleared_field_is_simply_not_there(client, contact, listen, told):
    sent = {"fieldValues": [{"field": "1", "value": "Norway"}, {"field": "2", "value": "Buyer"}]}
    client.put(f"contacts/{contact['id']}", json={"contact": sent})
    listen()

    client.put(f"contacts/{contact['id']}", json={"contact": {"fieldValues": [{"field": "1", "value": ""}]}})

    [form] = told()
    assert [name for name in form if name.startswith("contact[fields]")] == ["contact[fields][2]"]


def test_tags_come_as_one_string_and_the_new_one_by_name(contact, listen, person, told):
    person("edit", module="contact", id=contact["id"], values={"tags": ["VIP"]})
    listen()

    person("edit", module="contact", id=contact["id"], values={"tags": ["Trial, 14 days"]})

    [form] = told()
    assert (form["tag"], form["contact[tags]"]) == ("Trial, 14 days", "VIP, Trial, 14 days")


def test_an_automations_own_call_has_another_shape(contact, collected, person, told):
    steps = [{"set_field": "COUNTRY", "to": "Norway"}, {"webhook": "http://127.0.0.1:8080/auto/secret"}]
    made = person("automation", name="Call us", starts_on={"form": "Demo request"}, steps=steps)

    person("submit_form", form="Demo request", email=contact["email"])

    [form] = told()
    assert (collected.hooks[0].label, collected.hooks[0].ids) == ("automation", (contact["id"],))
    assert (form["seriesid"], form["contact[ip4]"], form["contact[id]"]) == (made["id"], NO_ADDRESS, contact["id"])
    assert form["contact[fields][country]"] == "Norway"
    assert not {"type", "date_time", "contact[ip]"} & form.keys()
