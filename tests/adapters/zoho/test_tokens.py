"""One token for the fleet: refreshed early, by one, judged by the body, and never in a storm."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from baton.adapters.zoho.tokens import Token
from baton.domain.failures import Busy, Throttled, Unauthorised, Unreachable
from baton.domain.records import LEADS, RecordRef
from baton.ports import Change

API = "https://www.zohoapis.example"
TOO_MANY = {"error_description": "You have made too many requests", "error": "Access Denied", "status": "failure"}


@pytest.fixture
def me(answer):
    return answer(200, {"users": [{"id": "1", "full_name": "Baton", "status": "active"}]})


@pytest.fixture
def granted(answer):
    def make(**more):
        return answer(200, {"access_token": "new-token", "api_domain": API, "expires_in": 3600, **more})

    return make


@pytest.fixture
def refused(answer):
    return answer(401, {"code": "INVALID_TOKEN", "details": {}, "message": "invalid oauth token", "status": "error"})


def used(there):
    return [request.headers.get("authorization") for request in there.asked]


def test_a_kept_token_is_used_without_asking_for_one(gateway, told, me):
    there = told(me)

    account = gateway(there).whoami()

    assert (account.user_id, account.label, account.is_active) == ("1", "Baton", True)
    assert used(there) == ["Zoho-oauthtoken good-token"]


def test_the_first_worker_signs_in_and_keeps_the_token_for_all(gateway, told, granted, me, memory_tokens, now):
    kept = memory_tokens()
    there = told(granted(), me)

    gateway(there, kept=kept).whoami()

    assert kept.token == Token("new-token", API, now + timedelta(hours=1))
    assert used(there)[1] == "Zoho-oauthtoken new-token"


def test_the_secrets_are_sent_in_the_body_and_not_in_the_address(gateway, told, granted, me, memory_tokens):
    there = told(granted(), me)

    gateway(there, kept=memory_tokens()).whoami()

    assert there.asked[0].url.query == b""
    assert b"client_secret=hush" in there.asked[0].content


@pytest.mark.parametrize(("minutes", "asked"), [(4, 2), (6, 1)])
def test_a_token_is_renewed_five_minutes_early(gateway, told, granted, me, memory_tokens, now, minutes, asked):
    kept = memory_tokens(Token("old", API, now + timedelta(minutes=minutes)))
    there = told(*[granted(), me][-asked:])

    gateway(there, kept=kept).whoami()

    assert len(there.asked) == asked


def test_while_another_renews_the_old_token_is_used_as_long_as_it_lives(gateway, told, me, memory_tokens, now):
    kept = memory_tokens(Token("old", API, now + timedelta(minutes=3)))
    kept.claim_refresh(now)
    there = told(me)

    gateway(there, kept=kept).whoami()

    assert used(there) == ["Zoho-oauthtoken old"]


def test_who_loses_the_claim_and_has_no_token_comes_back_soon(gateway, told, me, memory_tokens, now):
    kept = memory_tokens()
    kept.claim_refresh(now)
    there = told(me)

    with pytest.raises(Busy) as raised:
        gateway(there, kept=kept).whoami()

    assert raised.value.wait <= timedelta(seconds=1)
    assert there.asked == []


def test_many_threads_ask_for_one_token(gateway, told, granted, me, memory_tokens):
    kept = memory_tokens()
    there = told(granted(), me)
    crm = gateway(there, kept=kept)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: crm.whoami(), range(16)))

    assert len(kept.refreshes) == 1


def test_a_refused_token_is_renewed_once(gateway, told, granted, me, refused, tokens):
    there = told(refused, granted(), me)

    gateway(there).whoami()

    assert used(there) == ["Zoho-oauthtoken good-token", None, "Zoho-oauthtoken new-token"]
    assert tokens.token.access == "new-token"


def test_a_refused_token_that_another_has_renewed_already_is_not_renewed_again(
    gateway, told, me, refused, tokens, token, now
):
    there = told(me, refused, me)
    crm = gateway(there)
    crm.whoami()
    tokens.token = Token("newer", API, token.expires)

    crm.whoami()

    assert used(there)[-1] == "Zoho-oauthtoken newer"
    assert tokens.refreshes == []


def test_a_new_token_that_is_refused_too_pauses_the_connection(gateway, told, granted, refused, tokens):
    there = told(refused, granted(), refused)

    with pytest.raises(Unauthorised):
        gateway(there).whoami()

    assert (len(there.asked), len(tokens.refreshes)) == (3, 1)


def test_a_refused_write_is_sent_again_with_the_new_token(gateway, told, granted, refused, done):
    there = told(refused, granted(), done("1"))

    [answer] = gateway(there).update(LEADS, [Change(RecordRef(LEADS, "1"), {"Last_Name": "King"})])

    assert answer.failure is None


@pytest.mark.parametrize("error", ["invalid_code", "invalid_client", "invalid_client_secret"])
def test_bad_credentials_are_told_by_the_body_under_status_200(gateway, told, answer, memory_tokens, error):
    kept = memory_tokens()

    with pytest.raises(Unauthorised) as raised:
        gateway(told(answer(200, {"error": error})), kept=kept).whoami()

    assert raised.value.code == error


@pytest.mark.parametrize("status", [200, 400])
def test_too_many_tokens_mean_silence_for_everybody(gateway, told, answer, memory_tokens, status):
    kept, there = memory_tokens(), told(answer(status, TOO_MANY))
    crm = gateway(there, kept=kept)

    with pytest.raises(Throttled) as raised:
        crm.whoami()
    with pytest.raises(Throttled):
        crm.whoami()

    assert raised.value.wait >= timedelta(minutes=10)
    assert len(there.asked) == 1


@pytest.mark.parametrize("reply", [(503, None), (200, None), (200, {"odd": 1})])
def test_a_sign_in_without_an_answer_is_unreachable_and_rests_a_moment(
    gateway, told, answer, memory_tokens, reply, now
):
    kept = memory_tokens()

    with pytest.raises((Unreachable, Busy)):
        gateway(told(answer(*reply)), kept=kept, deadline=timedelta(seconds=0.6)).whoami()

    assert len(kept.refreshes) == 1
    assert not kept.claim_refresh(now)


@pytest.mark.parametrize(
    "domain",
    [
        "https://www.zohoapis.eu",
        "https://www.zohoapis.com.au",
        "https://sandbox.zohoapis.com",
        API,
        f"{API}/",
        "https://accounts.zoho.example",
        None,
    ],
)
def test_the_api_is_where_zoho_says_or_where_it_was_configured(gateway, told, granted, me, memory_tokens, domain):
    there = told(granted(api_domain=domain), me)

    gateway(there, kept=memory_tokens()).whoami()

    assert str(there.asked[1].url).startswith(f"{(domain or API).rstrip('/')}/crm/v8/users")


@pytest.mark.parametrize(
    "domain",
    [
        "http://www.zohoapis.com",
        "https://zohoapis.com.evil.example",
        "https://evilzohoapis.com",
        "https://www.zohoapis.com@evil.example",
        "https://www.zohoapis.com:444",
        "https://evil.example",
    ],
)
def test_a_token_is_not_carried_to_a_stranger(gateway, told, granted, me, memory_tokens, domain):
    there = told(granted(api_domain=domain), me)

    with pytest.raises(Unauthorised):
        gateway(there, kept=memory_tokens()).whoami()

    assert len(there.asked) == 1


@pytest.mark.parametrize(
    ("life", "seconds"),
    [
        ({"expires_in": 1800}, 1800),
        ({"expires_in": 3600000, "expires_in_sec": 3600}, 3600),
        ({"expires_in": "x"}, 3600),
    ],
)
def test_a_token_lives_as_long_as_it_says(gateway, told, granted, me, memory_tokens, now, life, seconds):
    kept = memory_tokens()

    gateway(told(granted(**life), me), kept=kept).whoami()

    assert kept.token.expires == now + timedelta(seconds=seconds)


def test_no_text_shows_a_token_or_a_secret(token, credentials):
    assert "good-token" not in repr(token)
    assert "hush" not in repr(credentials)
