"""What a salesperson does on the pages of the practice Zoho CRM, and what came of it."""

import re

import pytest

UI = "/_sandbox/ui"


def first(client, module):
    return client.get(f"/_sandbox/records/{module}", params={"limit": 1}).json()["records"][0]


def create(client, module, **values):
    return client.post("/_sandbox/people/create", json={"module": module, "values": values}).json()


def record(client, module, id_):
    return client.get(f"/_sandbox/records/{module}/{id_}").json()


def test_the_start_leads_to_a_list(zoho):
    page = zoho.get(f"{UI}/")

    assert page.status_code == 200
    assert "<h1>Leads</h1>" in page.text


@pytest.mark.parametrize("module", ["Leads", "Contacts", "Accounts", "Deals", "Tasks", "Calls", "Notes"])
def test_every_module_has_a_list_and_its_recycle_bin(zoho, module):
    assert zoho.get(f"{UI}/{module}").status_code == zoho.get(f"{UI}/{module}?bin=1").status_code == 200


def test_a_list_shows_what_was_searched_for(zoho):
    create(zoho, "Leads", Last_Name="Quillfeather", Company="Tarnhill Bikes")

    page = zoho.get(f"{UI}/Leads", params={"q": "quillf"})

    assert ("Quillfeather" in page.text, "1–1 of 1" in page.text) == (True, True)


def test_a_long_list_is_turned_page_by_page(zoho):
    for number in range(60):
        create(zoho, "Accounts", Account_Name=f"Numbered {number:02}")

    early, late = (zoho.get(f"{UI}/Accounts", params={"q": "numbered", "start": start}).text for start in (0, 50))

    assert ("1–50 of 60" in early, "51–60 of 60" in late) == (True, True)
    assert "Numbered 59" in early or "Numbered 59" in late


def test_what_people_typed_is_shown_as_text(zoho):
    lead = create(zoho, "Leads", Last_Name="<b>Bold</b> & Co", Company='"Quoted"')

    page = zoho.get(f"{UI}/Leads/{lead['id']}").text

    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Co" in page
    assert "<b>" not in page


def test_a_saved_form_changes_only_what_was_typed_anew(zoho, effects, form_of):
    lead = first(zoho, "Leads")
    typed = form_of(zoho.get(f"{UI}/Leads/{lead['id']}"), f"{UI}/Leads/{lead['id']}/edit")

    saved = zoho.post(f"{UI}/Leads/{lead['id']}/edit", data={**typed, "Phone": "+49 30 2312599"})

    assert "Saved." in saved.text
    assert [(each["actor"], each["values"]) for each in effects(zoho)] == [("person", {"Phone": "+49 30 2312599"})]


@pytest.mark.parametrize("module", ["Leads", "Contacts", "Accounts"])
def test_saving_the_form_as_it_stands_writes_nothing(zoho, effects, form_of, module):
    here = f"{UI}/{module}/{first(zoho, module)['id']}"
    typed = form_of(zoho.get(here), f"{here}/edit")

    saved = zoho.post(f"{here}/edit", data=typed)

    assert "Nothing was changed." in saved.text
    assert effects(zoho) == []


def test_a_refused_form_says_why_and_keeps_what_was_typed(zoho, effects):
    refused = zoho.post(f"{UI}/Leads/new", data={"First_Name": "Ada", "Company": "Tarnhill Bikes"})

    assert refused.status_code == 400
    assert "MANDATORY_NOT_FOUND at Last_Name" in refused.text
    assert 'value="Tarnhill Bikes"' in refused.text
    assert effects(zoho) == []


def test_a_new_record_is_shown_once_it_is_made(zoho):
    page = zoho.post(f"{UI}/Leads/new", data={"Last_Name": "Berg", "Company": "Tarnhill Bikes", "Email_Opt_Out": "on"})

    assert "<h1>Berg</h1>" in page.text
    assert record(zoho, "Leads", page.url.path.rpartition("/")[2])["Email_Opt_Out"] is True


def test_numbers_are_stored_as_numbers_and_what_is_none_is_refused(zoho):
    made = zoho.post(f"{UI}/Leads/new", data={"Last_Name": "Berg", "Company": "B", "No_of_Employees": "12"})
    refused = zoho.post(f"{UI}/Leads/new", data={"Last_Name": "Berg", "Company": "B", "No_of_Employees": "many"})

    assert record(zoho, "Leads", made.url.path.rpartition("/")[2])["No_of_Employees"] == 12
    assert (refused.status_code, "INVALID_DATA at No_of_Employees" in refused.text) == (400, True)


def test_whoever_sits_there_signs_the_edit(zoho):
    lead = first(zoho, "Leads")
    carla = "487600000000022002"

    zoho.post(f"{UI}/hand", data={"hand": carla, "back": f"{UI}/Leads/{lead['id']}"})
    zoho.post(f"{UI}/Leads/{lead['id']}/do/opt")

    assert record(zoho, "Leads", lead["id"])["Modified_By"]["id"] == carla


def test_switching_hands_leads_back_to_these_pages_only(zoho):
    back = zoho.post(f"{UI}/hand", data={"hand": "1", "back": "https://elsewhere.example/"}, follow_redirects=False)

    assert back.headers["location"] == UI


def test_a_lead_is_converted_with_a_deal(zoho):
    lead = create(zoho, "Leads", Last_Name="Berg", Company="Tarnhill Bikes", Email="berg@tarnhill-bikes.example")
    deal = {"Deal_Name": "Forty bikes", "Stage": "Qualification", "Closing_Date": "2027-01-31"}

    page = zoho.post(f"{UI}/Leads/{lead['id']}/do/convert", data=deal)

    assert "Convert: done." in page.text
    assert first(zoho, "Deals")["Deal_Name"] == "Forty bikes"
    assert f"{UI}/Leads/{lead['id']}/do/convert" not in page.text


def test_a_converted_lead_is_not_converted_again(zoho):
    lead = create(zoho, "Leads", Last_Name="Berg", Company="Tarnhill Bikes")
    zoho.post(f"{UI}/Leads/{lead['id']}/do/convert")

    refused = zoho.post(f"{UI}/Leads/{lead['id']}/do/convert")

    assert (refused.status_code, "this cannot be done with the record as it is now" in refused.text) == (400, True)


def test_a_task_is_added_to_a_record_and_completed(zoho):
    lead = first(zoho, "Leads")

    zoho.post(f"{UI}/Leads/{lead['id']}/do/task", data={"subject": "Ring back", "due": "2027-01-31"})
    task = first(zoho, "Tasks")
    zoho.post(f"{UI}/Tasks/{task['id']}/do/complete")

    done = record(zoho, "Tasks", task["id"])
    assert (done["Subject"], done["What_Id"]["id"], done["Status"]) == ("Ring back", lead["id"], "Completed")


@pytest.mark.parametrize("module", ["Leads", "Contacts", "Accounts"])
def test_a_call_is_logged_and_a_note_written_beside_a_record(zoho, module):
    here = f"{UI}/{module}/{first(zoho, module)['id']}"

    zoho.post(f"{here}/do/call", data={"subject": "Asked for prices", "type": "Inbound"})
    zoho.post(f"{here}/do/note", data={"content": "Rings back on Monday"})

    call, note = first(zoho, "Calls"), first(zoho, "Notes")
    assert (call["Call_Type"], (call["Who_Id"] or call["What_Id"])["id"]) == ("Inbound", here.rpartition("/")[2])
    assert (note["Note_Content"], note["Parent_Id"]["id"]) == ("Rings back on Monday", here.rpartition("/")[2])


def test_somebody_leaves_by_the_link_in_a_mail(zoho):
    lead = first(zoho, "Leads")

    zoho.post(f"{UI}/Leads/{lead['id']}/do/unsubscribe")

    after = record(zoho, "Leads", lead["id"])
    assert (after["Unsubscribed_Mode"], after["Email_Opt_Out"]) == ("Unsubscribe link", True)
    assert after["Unsubscribed_Time"]


def test_a_box_is_unticked_by_a_form_that_shows_it(zoho, form_of):
    lead = create(zoho, "Leads", Last_Name="Berg", Company="Tarnhill Bikes", Email_Opt_Out=True)
    here = f"{UI}/Leads/{lead['id']}"
    typed = form_of(zoho.get(here), f"{here}/edit")

    zoho.post(f"{here}/edit", data={**typed, "Email_Opt_Out": ""})

    assert (typed["Email_Opt_Out"], record(zoho, "Leads", lead["id"])["Email_Opt_Out"]) == ("on", False)


def test_a_field_that_was_not_on_the_form_stays_as_it_is(zoho, effects):
    lead = first(zoho, "Leads")

    zoho.post(f"{UI}/Leads/{lead['id']}/edit", data={"Phone": "+49 30 2312599"})

    assert effects(zoho)[-1]["values"] == {"Phone": "+49 30 2312599"}


def test_a_deal_moves_to_another_stage(zoho):
    deal = create(zoho, "Deals", Deal_Name="Forty bikes", Stage="Qualification", Closing_Date="2027-01-31")

    zoho.post(f"{UI}/Deals/{deal['id']}/do/stage", data={"stage": "Closed Won"})

    moved = record(zoho, "Deals", deal["id"])
    assert (moved["Stage"], moved["Probability"]) == ("Closed Won", 100)


def test_a_merged_record_leads_to_the_one_that_stays(zoho):
    kept = create(zoho, "Leads", Last_Name="Kept", Company="Tarnhill Bikes")
    lost = create(zoho, "Leads", Last_Name="Lost", Company="Tarnhill Bikes", Phone="+49 30 2312598")

    page = zoho.post(f"{UI}/Leads/{lost['id']}/do/merge", data={"into": kept["id"]})

    assert page.url.path == f"{UI}/Leads/{kept['id']}"
    assert record(zoho, "Leads", kept["id"])["Phone"] == "+49 30 2312598"


@pytest.mark.parametrize(
    ("into", "said"), [("1", "there is no record 1 in Leads"), ("", "there is no record  in Leads")]
)
def test_a_merge_into_nothing_says_so(zoho, into, said):
    lead = first(zoho, "Leads")

    refused = zoho.post(f"{UI}/Leads/{lead['id']}/do/merge", data={"into": into})

    assert (refused.status_code, said in refused.text) == (400, True)


def test_a_deleted_record_is_in_the_bin_and_comes_back(zoho):
    lead = first(zoho, "Leads")

    gone = zoho.post(f"{UI}/Leads/{lead['id']}/do/delete")
    binned = zoho.get(f"{UI}/Leads?bin=1")
    zoho.post(f"{UI}/Leads/{lead['id']}/do/restore")

    assert "This record is deleted." in gone.text
    assert lead["id"] in binned.text
    assert record(zoho, "Leads", lead["id"])["Last_Name"] == lead["Last_Name"]


def test_a_record_tells_what_happened_to_it(zoho):
    lead = first(zoho, "Leads")

    page = zoho.post(f"{UI}/Leads/{lead['id']}/edit", data={"Last_Name": "Renamed", "Company": "Tarnhill Bikes"})

    assert "update by person (Bruno Becker)" in page.text
    assert "Last_Name: Renamed" in page.text


@pytest.mark.parametrize(
    ("path", "status"), [("Leads/1", 404), ("Nowhere", 404), ("Nowhere/1", 404), ("Leads?start=x", 200)]
)
def test_what_is_not_there_is_said_plainly(zoho, path, status):
    assert zoho.get(f"{UI}/{path}").status_code == status


def test_every_input_has_its_label(zoho):
    page = zoho.get(f"{UI}/Leads/{first(zoho, 'Leads')['id']}").text
    named = re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', page)

    assert named
    assert len(set(named)) == len(named)
    assert all(f'for="{id_}"' in page for id_ in named)
