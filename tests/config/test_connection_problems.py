"""What an engineer is told about connection.yaml, and how a connection finds its secrets without ever showing them."""

import pytest

from config.policy.reading import read_policy

LINES = {
    "a secret written out": (
        "token: {env: AC_TOKEN}",
        "token: 1000.abcdef0123456789",
        (
            "4: activecampaign.token: holds something else than where the secret is kept. A secret is never written "
            "here: name where it is kept, {env: NAME} or {file: PATH}."
        ),
    ),
    "a secret kept in two places": (
        "token: {env: AC_TOKEN}",
        "token: {env: AC_TOKEN, file: token}",
        "4: activecampaign.token: names one place: either {env: NAME} or {file: PATH}.",
    ),
    "a secret kept nowhere": (
        "token: {env: AC_TOKEN}",
        "token: {}",
        "4: activecampaign.token: names one place: either {env: NAME} or {file: PATH}.",
    ),
    "a secret kept elsewhere": (
        "token: {env: AC_TOKEN}",
        "token: {vault: AC_TOKEN}",
        "4: activecampaign.token.vault: is no key here. Known: env, file.",
    ),
    "a variable with a dollar sign": (
        "token: {env: AC_TOKEN}",
        "token: {env: $AC_TOKEN}",
        (
            "4: activecampaign.token.env: is not written as it should be. An environment variable, like "
            "BATON_ZOHO_CLIENT_ID."
        ),
    ),
    "an address that is none": (
        "https://marketing.example",
        "marketing.example",
        "3: activecampaign.base_url: should be a web address, like https://accounts.zoho.eu.",
    ),
    "an address in plain http": (
        "https://marketing.example",
        "http://marketing.example",
        "3: activecampaign.base_url: should begin with https://, for a token travels in every call.",
    ),
    "an address with a password": (
        "https://marketing.example",
        "https://me:1000.abcdef0123456789@marketing.example",
        "3: activecampaign.base_url: should be the bare address, without user, question mark or hash.",
    ),
    "no refresh token": (
        "  refresh_token: {env: ZOHO_REFRESH}\n",
        "",
        "5: zoho.refresh_token: is missing. Where the refresh token is kept: {env: NAME} or {file: PATH}.",
    ),
    "too many calls at once": (
        "version: 1",
        "version: 1\nlimits: {zoho_concurrency: 26}",
        "2: limits.zoho_concurrency: should be at most 25. Calls at one time; Zoho's editions allow 5 to 25.",
    ),
    "a cadence of nothing": (
        "version: 1",
        "version: 1\npull: {zoho_changes: 0}",
        "2: pull.zoho_changes: should be more than 0.0. Seconds between two reads.",
    ),
    "a cadence in words": (
        "version: 1",
        "version: 1\npull: {zoho_changes: 5s}",
        "2: pull.zoho_changes: should be a number. Seconds between two reads.",
    ),
    "a country in words": (
        "version: 1",
        "version: 1\ndefault_region: Germany",
        "2: default_region: should be an ISO 3166 code of two capital letters, like DE, GB or US.",
    ),
    "a country by its nickname": (
        "version: 1",
        "version: 1\ndefault_region: UK",
        (
            "2: default_region: should be an ISO 3166 code of two capital letters, like DE, GB or US. The United "
            "Kingdom is GB."
        ),
    ),
    "an organisation without quotes": (
        "accounts_url:",
        "organisation: 20123\n  accounts_url:",
        "6: zoho.organisation: should be text. Put it in quotes.",
    ),
}


@pytest.mark.parametrize(("sound", "broken", "message"), LINES.values(), ids=LINES)
def test_a_connection_that_cannot_be_used_says_where_and_why(told, sound_connection, sound, broken, message):
    problems = told(connection=sound_connection.replace(sound, broken))

    assert problems == [f"connection.yaml:{message}"]


def test_problems_of_both_files_are_told_together(told, sound_connection, sound_contract):
    problems = told(
        connection=sound_connection.replace("version: 1", "version: 3"),
        contract=sound_contract.replace("version: 1", "version: 3"),
    )

    assert [problem.split(": ")[0] for problem in problems] == ["connection.yaml:1", "contract.yaml:1"]


def test_a_file_that_this_release_does_not_read_is_named(write, told):
    folder = write("other")
    (folder / "segments.yaml").write_text("version: 1")

    with pytest.raises(Exception, match=r"segments\.yaml: is not read by this release\. Known: handoff") as refused:
        read_policy(folder)

    assert len(refused.value.problems) == 1


def test_a_file_with_the_other_ending_is_recognised(write):
    folder = write()
    (folder / "contract.yaml").rename(folder / "contract.yml")

    with pytest.raises(
        Exception, match=r"contract\.yml: is not read by this release\. Did you mean \"contract\.yaml\"\?"
    ):
        read_policy(folder)


def test_a_folder_without_a_contract_says_what_to_copy(write):
    folder = write()
    (folder / "contract.yaml").unlink()

    with pytest.raises(Exception, match=r"contract\.yaml:1: is missing\. Copy it from config/connections/demo"):
        read_policy(folder)


def test_a_file_that_is_no_text_is_told(write):
    folder = write()
    (folder / "contract.yaml").write_bytes(b"\xff\xfe version")

    with pytest.raises(Exception, match="is not UTF-8"):
        read_policy(folder)


def test_a_country_for_phones_reaches_the_contract(write, sound_connection):
    policy = read_policy(write(connection=sound_connection + "default_region: DE\n"))

    assert policy.contract.default_region == "DE"
