"""The pages answer the browser of this machine, and nothing another site makes that browser send."""

import httpx
import pytest

from sandbox.in_process import InProcessTransport

UI = "/_sandbox/ui"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8801", "http://[::1]:8801", "http://localhost"])
def test_loopback_names_are_answered(open_browser, url):
    assert open_browser("activecampaign", url).get(f"{UI}/contact").status_code == 200


def test_another_name_for_this_machine_is_not_answered(open_browser):
    refused = open_browser("activecampaign", "http://rebound.example").get(f"{UI}/contact")

    assert (refused.status_code, refused.text) == (403, "Open these pages as localhost or 127.0.0.1.")


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://localhost:9999", ""])
def test_a_form_of_another_site_is_not_done(activecampaign, effects, origin):
    refused = activecampaign.post(f"{UI}/contact/5/do/delete", headers={"Origin": origin})

    assert refused.status_code == 403
    assert effects(activecampaign) == []


def test_a_caller_on_another_machine_is_not_answered(open_crm_here):
    app = open_crm_here("activecampaign")

    async def called_from_afar(scope, receive, send):
        await app({**scope, "client": ("192.0.2.7", 1)}, receive, send)

    with httpx.Client(transport=InProcessTransport(called_from_afar), base_url="http://localhost") as afar:
        assert afar.get(f"{UI}/contact").status_code == 403


def test_answers_tell_the_browser_to_let_nothing_else_in(zoho):
    headers = zoho.get(f"{UI}/Leads").headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
