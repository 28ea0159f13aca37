"""What is let in at the door, what is refused and with which answer, and what is kept of it."""

import logging
from contextlib import suppress

import httpx

from baton.domain.records import CONTACT, LEADS, Crm

FORM = {"content-type": "application/x-www-form-urlencoded"}
LEAD = "4876000001234001"


def test_a_webhook_of_activecampaign_is_kept_as_a_hint(door):
    answer = door.activecampaign(type="update", contact__id="12", contact__email="anna@example.com")

    assert answer.status_code == 200
    assert door.hints() == {"activecampaign:contact:12": "changed"}


def test_an_automations_webhook_action_is_kept_as_a_hint(door):
    answer = door.activecampaign(seriesid="7", contact__id="13", contact__email="anna@example.com")

    assert answer.status_code == 200
    assert door.hints() == {"activecampaign:contact:13": "changed"}


def test_a_notification_of_zoho_may_name_several_records(door):
    answer = door.zoho(ids=[LEAD, "4876000001234002"], operation="insert")

    assert answer.status_code == 200
    assert door.hints() == {f"zoho:Leads:{LEAD}": "created", "zoho:Leads:4876000001234002": "created"}


def test_keys_of_a_later_version_are_passed_over(door):
    answer = door.zoho(ids=[LEAD], server_time="soon", affected_fields=[{LEAD: ["Email"]}], novelty={"a": [1]})

    assert answer.status_code == 200


def test_workers_are_told_to_look_at_the_module(door, eventually):
    door.activecampaign(type="update", contact__id="12")
    door.zoho(ids=[LEAD])

    eventually(lambda: set(door.nudged) == {CONTACT, LEADS})


def test_a_notification_that_names_no_record_is_refused(door):
    answer = door.zoho(ids=[])

    assert answer.status_code == 422
    assert door.hints() == {}


def test_a_module_the_contract_does_not_know_is_refused(door):
    answer = door.zoho(module="Invoices", ids=[LEAD])

    assert answer.status_code == 422
    assert door.hints() == {}


def test_a_wrong_secret_is_refused(door):
    assert door.activecampaign(secret="0" * 43, contact__id="12").status_code == 403
    assert door.zoho(token="0" * 43, ids=[LEAD]).status_code == 403
    assert door.zoho(token=None, ids=[LEAD]).status_code == 400
    assert door.hints() == {}


def test_the_secret_of_one_vendor_does_not_open_the_other_ones_door(door):
    answer = door.activecampaign(secret=door.engine.doors.secrets[Crm.ZOHO], contact__id="12")

    assert answer.status_code == 403


def test_a_connection_that_is_none_is_refused(door):
    assert door.activecampaign(connection="other", contact__id="12").status_code == 404
    assert door.zoho(connection="other", ids=[LEAD]).status_code == 404


def test_a_body_is_read_no_further_than_its_limit(door, eventually):
    path = f"/hooks/demo/activecampaign/{door.engine.doors.secrets[Crm.ACTIVECAMPAIGN]}"
    chunks = (b"contact[id]=12&" * 100 for _ in range(100_000))

    with suppress(httpx.TransportError):
        door.client.post(path, content=chunks, headers=FORM)

    # Answered and hung up long before the sender was through.
    assert next(chunks)
    eventually(lambda: door.counts() == {"demo activecampaign too_large": 1})
    assert door.hints() == {}


def test_only_a_form_is_taken_from_activecampaign(door):
    path = f"/hooks/demo/activecampaign/{door.engine.doors.secrets[Crm.ACTIVECAMPAIGN]}"

    assert door.client.post(path, json={"contact": {"id": 1}}).status_code == 415
    assert door.client.post(path, content=b"\xff\xfe=%%%", headers=FORM).status_code == 422
    assert door.client.post(path, content=b"contact[id]=1;drop", headers=FORM).status_code == 400
    assert door.client.post(path, content=b"&" * 4000 + b"contact[id]=", headers=FORM).status_code == 422


def test_only_json_is_taken_from_zoho(door):
    bodies = (b"", b"[]", b"{", b'"token"', b"\xff", b"null", b"[" * 4000)

    answers = [door.client.post("/hooks/demo/zoho", content=body).status_code for body in bodies]

    assert answers == [400] * len(bodies)


def test_refusals_are_counted_by_reason_and_strangers_names_are_not_kept(door, eventually):
    door.activecampaign(secret="wrong", contact__id="12")
    door.activecampaign(secret="wrong", contact__id="12")
    door.zoho(connection="my-mothers-maiden-name", ids=[LEAD])
    door.zoho(ids=[LEAD])

    expected = {"demo activecampaign bad_secret": 2, "(unknown) zoho unknown_connection": 1, "demo zoho stored": 1}
    eventually(lambda: door.counts() == expected)


def test_no_log_line_holds_a_secret_or_what_was_sent(door, caplog, eventually):
    caplog.set_level(logging.DEBUG)
    secret = door.engine.doors.secrets[Crm.ACTIVECAMPAIGN]
    door.activecampaign(type="update", contact__id="12", contact__email="anna@example.com")
    door.activecampaign(secret="almost-" + secret, contact__email="anna@example.com")
    door.zoho(ids=["anna@example.com"])

    eventually(lambda: "demo zoho malformed" in door.counts())

    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert not [line for line in lines if secret in line or "anna@example.com" in line]
    assert any("malformed" in line for line in lines)


def test_health_says_how_database_and_spool_are(door):
    answer = door.client.get("/health")

    assert (answer.status_code, answer.json()) == (
        200,
        {"database": "answers", "spool": "ready", "spooled_bytes": 0},
    )


def test_nothing_else_is_behind_the_door(door):
    assert door.client.get("/").status_code == 404
    assert door.client.get("/hooks/demo/zoho").status_code == 405
