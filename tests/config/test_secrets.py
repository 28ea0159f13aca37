"""Where a connection's secrets come from, and that nothing ever shows them."""

import pickle
from datetime import timedelta

import pytest

from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm, Stream, StreamKind
from config.loading import load_connection, load_connections
from config.problems import NotUsable
from config.settings import load_settings


@pytest.fixture
def load(tmp_path):
    def loaded(environ, **given):
        return load_connection("demo", load_settings(connections_dir=tmp_path, **given), environ)

    return loaded


def test_secrets_come_from_the_environment(write, load, environ):
    write()

    connection = load(environ)

    assert connection.activecampaign.token.get_secret_value() == "a-token"
    assert connection.zoho.refresh_token.get_secret_value() == "a-refresh"


def test_a_secret_may_stand_in_a_file_that_the_environment_names(write, load, environ, tmp_path):
    write()
    (tmp_path / "token").write_text("from-a-file\n")
    del environ["AC_TOKEN"]

    connection = load({**environ, "AC_TOKEN_FILE": str(tmp_path / "token")})

    assert connection.activecampaign.token.get_secret_value() == "from-a-file"


def test_a_secret_may_stand_in_a_file_beside_the_yaml(write, load, environ, sound_connection):
    folder = write(connection=sound_connection.replace("{env: AC_TOKEN}", "{file: token.txt}"))
    (folder / "token.txt").write_text("from-beside\n")

    connection = load(environ)

    assert connection.activecampaign.token.get_secret_value() == "from-beside"


def test_every_lacking_secret_is_told_at_once_by_its_name(write, load):
    write()

    with pytest.raises(NotUsable) as refused:
        load({})

    assert [problem.told for problem in refused.value.problems] == [
        "AC_TOKEN is not set. Set it.",
        "ZOHO_ID is not set. Set it.",
        "ZOHO_SECRET is not set. Set it.",
        "ZOHO_REFRESH is not set. Set it.",
    ]


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (lambda path: None, "No such file"),
        (lambda path: path.write_text("\n"), "is empty"),
        (lambda path: path.write_bytes(b"\xff"), "is no text"),
        (lambda path: path.mkdir(), "cannot be read"),
    ],
    ids=["absent", "empty", "no text", "a folder"],
)
def test_a_secret_file_that_cannot_be_used_is_told_without_its_text(write, load, environ, tmp_path, prepare, reason):
    write()
    prepare(tmp_path / "demo" / "token")
    del environ["AC_TOKEN"]

    with pytest.raises(NotUsable, match=reason) as refused:
        load({**environ, "AC_TOKEN_FILE": "token"})

    assert [problem.key for problem in refused.value.problems] == ["activecampaign.token"]


def test_nothing_that_prints_a_connection_shows_a_secret(write, load, environ):
    write()

    connection = load(environ)

    shown = f"{connection} {connection!r} {connection.zoho} {connection.activecampaign!r}"
    assert not [secret for secret in environ.values() if secret in shown]


def test_a_connection_can_be_handed_to_another_process_whole(write, load, environ):
    write()
    connection = load(environ)

    revived = pickle.loads(pickle.dumps(connection))  # noqa: S301 - our own bytes

    assert revived == connection


def test_an_address_in_the_environment_is_checked_like_a_written_one(write, load, environ, sound_connection):
    write(connection=sound_connection.replace("https://marketing.example", "{env: AC_URL}"))

    with pytest.raises(NotUsable, match=r"base_url: what AC_URL holds should begin with https://"):
        load({**environ, "AC_URL": "http://marketing.example"})


@pytest.mark.parametrize("written", ["https://marketing.example/api/3/", "https://marketing.example/"])
def test_the_address_of_activecampaign_is_kept_without_its_api_path(write, load, environ, sound_connection, written):
    write(connection=sound_connection.replace("https://marketing.example", written))

    assert load(environ).activecampaign.base_url == "https://marketing.example"


def test_a_connections_own_cadence_wins_over_the_installations(write, load, environ, sound_connection):
    write(connection=sound_connection + "pull: {zoho_deletions: 300}\n")

    cadences = load(environ, pull={"zoho_changes": 7, "zoho_deletions": 8}).cadences

    assert cadences == {
        Stream(CONTACT, StreamKind.CHANGES): timedelta(seconds=5),
        Stream(LEADS, StreamKind.CHANGES): timedelta(seconds=7),
        Stream(CONTACTS, StreamKind.CHANGES): timedelta(seconds=7),
        Stream(LEADS, StreamKind.DELETIONS): timedelta(minutes=5),
        Stream(CONTACTS, StreamKind.DELETIONS): timedelta(minutes=5),
    }


PRACTICE = {
    "BATON_PRACTICE_ACTIVECAMPAIGN_URL": "http://127.0.0.1:4001",
    "BATON_PRACTICE_ZOHO_URL": "http://127.0.0.1:4002",
}


def test_without_credentials_a_practice_connection_practises(write, load, sound_connection):
    write(connection=sound_connection + "practice: true\n")

    connection = load(PRACTICE)

    assert connection.is_practice(Crm.ACTIVECAMPAIGN)
    assert connection.activecampaign.base_url == "http://127.0.0.1:4001"
    assert connection.zoho.accounts_url == "http://127.0.0.1:4002"


def test_real_credentials_win_over_the_practice_crms_each_side_for_itself(write, load, environ, sound_connection):
    write(connection=sound_connection + "practice: true\n")

    connection = load({**PRACTICE, "AC_TOKEN": environ["AC_TOKEN"]})

    assert connection.activecampaign.base_url == "https://marketing.example"
    assert connection.is_practice(Crm.ZOHO)


def test_half_of_the_real_credentials_is_told_and_does_not_practise_in_silence(write, load, sound_connection):
    write(connection=sound_connection + "practice: true\n")

    with pytest.raises(NotUsable) as refused:
        load({**PRACTICE, "ZOHO_ID": "an-id"})

    assert [problem.told for problem in refused.value.problems] == [
        "ZOHO_SECRET is not set. Set it, or unset ZOHO_ID to practise.",
        "ZOHO_REFRESH is not set. Set it, or unset ZOHO_ID to practise.",
    ]


def test_without_practice_crms_it_is_said_how_to_start_them(write, load, sound_connection):
    write(connection=sound_connection + "practice: true\n")

    with pytest.raises(NotUsable, match="Start the practice CRMs with make up, or set AC_TOKEN"):
        load({})


def test_a_connection_without_practice_never_practises(write, load, environ):
    write()

    with pytest.raises(NotUsable, match="AC_TOKEN is not set"):
        load(PRACTICE)


def test_all_connections_are_loaded_together(write, tmp_path, environ, sound_connection):
    write("brand-a")
    other = sound_connection.replace("marketing.example", "other.example").replace("ZOHO_ID", "OTHER_ID")
    write("brand-b", connection=other)

    connections = load_connections(load_settings(connections_dir=tmp_path), {**environ, "OTHER_ID": "another"})

    assert [connection.name for connection in connections] == ["brand-a", "brand-b"]
