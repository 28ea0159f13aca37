"""What marketing, and the contacts themselves, do on the pages of the practice ActiveCampaign account."""

import pytest

UI = "/_sandbox/ui/contact"


def contact(client, id_):
    return client.get(f"/_sandbox/records/contact/{id_}").json()


def make(client, email, **values):
    body = {"module": "contact", "values": {"email": email, **values}}
    return client.post("/_sandbox/people/create", json=body).json()["id"]


@pytest.fixture
def anna(activecampaign):
    return make(activecampaign, "anna@halden.example", firstName="Anna", lists={"Newsletter": "1"}, tags=["VIP"])


def test_the_newest_contact_comes_first_and_is_found_by_any_part(activecampaign, anna):
    everybody = activecampaign.get(UI).text
    found = activecampaign.get(UI, params={"q": "NNA@HALD"}).text

    assert everybody.index("anna@halden.example") < everybody.index(f"{UI}/60")
    assert ("anna@halden.example" in found, "1–1 of 1" in found) == (True, True)


def test_a_contact_shows_its_lists_and_tags(activecampaign, anna):
    page = activecampaign.get(f"{UI}/{anna}").text

    assert ("Newsletter: subscribed" in page, "VIP" in page) == (True, True)


def test_an_edit_writes_what_was_typed(activecampaign, effects, anna):
    typed = {"email": "anna@halden.example", "firstName": "Anne", "field:COUNTRY": "Austria"}

    activecampaign.post(f"{UI}/{anna}/edit", data=typed)

    last = effects(activecampaign)[-1]
    assert (last["actor"], last["values"]) == ("person", {"firstName": "Anne", "COUNTRY": "Austria"})


def test_saving_a_form_as_it_stands_writes_nothing_whatever_the_dirt(activecampaign, effects, form_of):
    for number in range(1, 61):
        here = f"{UI}/{number}"
        activecampaign.post(f"{here}/edit", data=form_of(activecampaign.get(here), f"{here}/edit"))

    assert effects(activecampaign) == []


def test_an_address_of_somebody_else_is_refused_in_words(activecampaign, anna):
    make(activecampaign, "bert@halden.example")

    refused = activecampaign.post(f"{UI}/{anna}/edit", data={"email": "bert@halden.example", "firstName": "Anna"})

    assert (refused.status_code, "this e-mail belongs to another contact" in refused.text) == (400, True)
    assert 'value="bert@halden.example"' in refused.text


def test_a_new_contact_is_made(activecampaign):
    page = activecampaign.post(f"{UI}/new", data={"email": "new@halden.example", "lastName": "Newman"})

    assert ("<h1>Newman</h1>" in page.text, "Created." in page.text) == (True, True)


def test_a_new_contact_needs_an_address(activecampaign):
    refused = activecampaign.post(f"{UI}/new", data={"lastName": "Newman"})

    assert (refused.status_code, 'value="Newman"' in refused.text) == (400, True)


def test_a_contact_leaves_a_list_and_is_put_on_it_again(activecampaign, anna):
    activecampaign.post(f"{UI}/{anna}/do/list-1")
    left = contact(activecampaign, anna)["lists"]
    activecampaign.post(f"{UI}/{anna}/do/list-1")

    assert (left["Newsletter"], contact(activecampaign, anna)["lists"]["Newsletter"]) == ("2", "1")


def test_a_tag_is_taken_off_and_another_put_on(activecampaign, anna):
    vip = next(
        row["id"] for row in activecampaign.get("/_sandbox/records/tag").json()["records"] if row["tag"] == "VIP"
    )

    activecampaign.post(f"{UI}/{anna}/do/untag-{vip}")
    activecampaign.post(f"{UI}/{anna}/do/tag", data={"tag": "1"})

    assert contact(activecampaign, anna)["tags"] == ["Hot Lead"]


def test_a_submitted_form_subscribes_and_starts_its_automation(activecampaign, anna):
    activecampaign.post(f"{UI}/{anna}/do/form", data={"form": "1"})

    after = contact(activecampaign, anna)
    assert after["lists"]["Demo requests"] == "1"
    assert after["fields"]["DEMO_REQUESTED_AT"]


def test_a_visit_to_a_page_is_done(activecampaign, anna):
    page = activecampaign.post(f"{UI}/{anna}/do/visit", data={"url": "https://www.shop.example/pricing"})

    assert "Visit: done." in page.text


def test_a_merged_contact_leads_to_the_one_that_stays(activecampaign, anna):
    bert = make(activecampaign, "bert@halden.example", phone="+49 30 2312599")

    page = activecampaign.post(f"{UI}/{bert}/do/merge", data={"into": anna})

    assert page.url.path == f"{UI}/{anna}"
    assert contact(activecampaign, anna)["phone"] == "+49 30 2312599"


def test_a_deleted_contact_leads_to_the_list_and_its_page_keeps_the_story(activecampaign, anna):
    after = activecampaign.post(f"{UI}/{anna}/do/delete")
    gone = activecampaign.get(f"{UI}/{anna}")

    assert after.url.path == UI
    assert (gone.status_code, "delete by person" in gone.text) == (404, True)
