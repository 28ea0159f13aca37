"""Access tokens: how they are given, how long they are good, and how refusals are said."""

import pytest


def test_a_refresh_token_buys_an_hour_and_names_the_address_of_the_api(organisation, strangers, sign_in):
    answer = sign_in(strangers(organisation))

    assert answer.status_code == 200
    told = answer.json()
    assert (told["api_domain"], told["token_type"], told["expires_in"]) == (
        "http://organisation.example",
        "Bearer",
        3600,
    )


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"refresh_token": "1000.nobody"}, "invalid_code"),
        ({"client_secret": "wrong"}, "invalid_client_secret"),
        ({"client_id": "1000.NOBODY"}, "invalid_client"),
    ],
)
def test_wrong_credentials_are_refused_with_200(organisation, strangers, sign_in, said, word):
    answer = sign_in(strangers(organisation), **said)

    assert (answer.status_code, answer.json()) == (200, {"error": word})


def test_the_eleventh_token_in_ten_minutes_is_refused(open_organisation, strangers, sign_in, hand_clock):
    client = strangers(open_organisation(limits=True))
    ten = [sign_in(client).status_code for _ in range(10)]

    refused = sign_in(client)
    hand_clock.advance(minutes=11)

    assert ten == [200] * 10
    assert refused.json()["error"] == "Access Denied"
    assert "access_token" in sign_in(client).json()


def test_the_sixteenth_living_token_kills_the_oldest(organisation, strangers, sign_in):
    client = strangers(organisation)
    tokens = [sign_in(client).json()["access_token"] for _ in range(16)]

    statuses = [
        client.get("users", headers={"authorization": f"Zoho-oauthtoken {token}"}).status_code for token in tokens
    ]

    assert statuses == [401] + [200] * 15


def test_a_token_dies_after_an_hour(client, hand_clock):
    hand_clock.advance(minutes=59)
    still_good = client.get("users").status_code
    hand_clock.advance(minutes=2)

    answer = client.get("users")

    assert (still_good, answer.status_code, answer.json()["code"]) == (200, 401, "INVALID_TOKEN")


def test_a_revoked_token_is_no_longer_good(client):
    token = client.headers["authorization"].removeprefix("Zoho-oauthtoken ")

    revoked = client.post("http://organisation.example/oauth/v2/token/revoke", params={"token": token})

    assert revoked.json() == {"status": "success"}
    assert client.get("users").status_code == 401


def test_a_call_without_a_token_and_one_with_the_wrong_scheme_are_told_apart(organisation, strangers):
    client = strangers(organisation)

    without, bearer = client.get("users"), client.get("users", headers={"authorization": "Bearer x"})

    assert [answer.json()["code"] for answer in (without, bearer)] == ["AUTHENTICATION_FAILURE", "INVALID_TOKEN"]


def test_a_token_outlives_a_restart(open_organisation, strangers, clients, tmp_path):
    first = open_organisation(data=tmp_path / "zoho.db")
    token = clients(first).headers["authorization"]
    first.close()

    again = strangers(open_organisation(data=tmp_path / "zoho.db"))

    assert again.get("users", headers={"authorization": token}).status_code == 200


def test_a_revoked_refresh_token_takes_its_access_tokens_along(client, sign_in):
    revoked = client.post(
        "http://organisation.example/oauth/v2/token/revoke", params={"token": "1000.practice.refresh"}
    )

    assert revoked.json() == {"status": "success"}
    assert client.get("users").status_code == 401
    assert (sign_in(client).status_code, sign_in(client).json()) == (200, {"error": "invalid_code"})


def test_a_person_who_agrees_again_makes_the_refresh_token_good_again(client, control, sign_in):
    control("people/revoke_token", refresh=True)
    code = control("people/authorise", by="anybody")["code"]

    bought = sign_in(client, grant_type="authorization_code", code=code).json()

    assert bought["refresh_token"] == "1000.practice.refresh"
    assert "access_token" in sign_in(client).json()
    assert sign_in(client, grant_type="authorization_code", code=code).json() == {"error": "invalid_code"}


def test_a_code_is_good_for_three_minutes(client, control, sign_in, hand_clock):
    code = control("people/authorise", by="anybody")["code"]

    hand_clock.advance(minutes=3)

    assert sign_in(client, grant_type="authorization_code", code=code).json() == {"error": "invalid_code"}


def test_revoking_by_hand_kills_the_access_tokens_alone(client, control, sign_in):
    control("people/revoke_token", refresh=False)

    assert client.get("users").json()["code"] == "INVALID_TOKEN"
    assert "access_token" in sign_in(client).json()


def test_a_scope_that_is_taken_is_missing_at_once_and_given_back_at_once(client, control):
    control("people/take_scope", scope="ZohoCRM.users.READ")
    without = client.get("users")

    control("people/give_scope", scope="ZohoCRM.users.READ")

    assert (without.status_code, without.json()["code"]) == (401, "OAUTH_SCOPE_MISMATCH")
    assert client.get("users").status_code == 200


@pytest.mark.parametrize(("kind", "waits"), [("sliding", 7), ("fixed", 1)])
def test_the_ten_minutes_of_ten_tokens_slide_or_are_those_of_the_clock(
    open_organisation, strangers, sign_in, hand_clock, kind, waits
):
    client = strangers(open_organisation(limits=True, token_window=kind))
    hand_clock.advance(minutes=6)
    for _ in range(10):
        sign_in(client)
    hand_clock.advance(minutes=3, seconds=30)
    refused = sign_in(client).json()["error"]

    hand_clock.advance(minutes=waits)

    assert refused == "Access Denied"
    assert "access_token" in sign_in(client).json()


@pytest.mark.parametrize(("counts", "is_good"), [(False, True), (True, False)])
def test_asking_on_while_refused_may_make_it_last(open_organisation, strangers, sign_in, hand_clock, counts, is_good):
    client = strangers(open_organisation(limits=True, refused_tokens_count=counts))
    for _ in range(10):
        sign_in(client)
    hand_clock.advance(minutes=5)
    for _ in range(10):
        sign_in(client)

    hand_clock.advance(minutes=6)

    assert ("access_token" in sign_in(client).json()) is is_good


def test_the_refusal_of_a_token_may_come_with_200(open_organisation, strangers, sign_in):
    client = strangers(open_organisation(limits=True, token_refusal_status=200))
    for _ in range(10):
        sign_in(client)

    refused = sign_in(client)

    assert (refused.status_code, refused.json()["error"]) == (200, "Access Denied")
