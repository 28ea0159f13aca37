"""How the vendor's SDK is let in, and what it makes of an organisation that has had enough."""

import pytest
from zohocrmsdk.src.com.zoho.crm.api.exception import SDKException
from zohocrmsdk.src.com.zoho.crm.api.initializer import Initializer
from zohocrmsdk.src.com.zoho.crm.api.record import APIException, GetRecordsParam


def calls(control):
    return control.get("journal", params={"kind": "call"}).json()["entries"]


def test_the_client_signs_in_and_learns_whose_token_it_holds(sign_in, control):
    kept = sign_in().read_text()

    assert [call["path"] for call in calls(control)] == ["/oauth/v2/token", "/crm/v8/users", "/crm/v8/org"]
    assert "@sales.example" in kept


def test_the_token_keeps_the_client_at_the_organisation_it_was_given_for(sign_in, address):
    kept = sign_in().read_text()

    assert address in kept
    assert Initializer.get_initializer().environment.url == address


def test_a_client_without_the_right_refresh_token_is_not_let_in(sign_in, control):
    with pytest.raises(SDKException, match="invalid_code"):
        sign_in(refresh_token="1000.wrong")

    assert control.get("journal").json()["entries"][0]["status"] == 200


def test_the_fields_of_a_module_are_asked_for_once(leads, asking, control):
    for _ in range(2):
        leads.get_records(asking({GetRecordsParam.fields: "Email"}))

    queries = [call["query"] for call in calls(control) if call["path"] == "/crm/v8/settings/fields"]
    assert queries.count("module=Leads") == 1


def test_a_day_without_credits_is_told_as_too_many_requests(leads, asking, organisation):
    leads.get_records(asking({GetRecordsParam.fields: "Email"}))
    organisation.ground.change_settings(limits=True, credits=1)

    answer = leads.get_records(asking({GetRecordsParam.fields: "Email"}))

    assert isinstance(answer.get_object(), APIException)
    assert (answer.get_status_code(), answer.get_object().get_code().get_value()) == (429, "TOO_MANY_REQUESTS")


def test_a_client_that_knows_no_fields_yet_breaks_on_too_many_requests(leads, asking, organisation):
    organisation.ground.faults.order({"kind": "too_many", "route": "GET /crm/v8/settings/fields"})

    with pytest.raises(SDKException, match="TOO_MANY_REQUESTS"):
        leads.get_records(asking({GetRecordsParam.fields: "Email"}))


def test_a_revoked_token_is_told_as_such(leads, asking, organisation):
    organisation.ground.faults.order({"kind": "unauthorised", "route": "GET /crm/v8/Leads", "times": 1})

    answer = leads.get_records(asking({GetRecordsParam.fields: "Email"}))

    assert (answer.get_status_code(), answer.get_object().get_code().get_value()) == (401, "INVALID_TOKEN")
