"""Two connections may not work on the same records."""

import pytest

from config.loading import connection_names, load_connection, read_policies
from config.problems import NotUsable
from config.settings import load_settings


@pytest.fixture
def other(sound_connection):
    """A connection of accounts of its own."""
    return sound_connection.replace("marketing.example", "other.example").replace("ZOHO_ID", "OTHER_ID")


SAME = {
    "the same address": ("other.example", "marketing.example", "ActiveCampaign account"),
    "the same address in other letters": (
        "https://other.example",
        "https://Marketing.EXAMPLE/api/3",
        "ActiveCampaign account",
    ),
    "the same address with its port": (
        "https://other.example",
        "https://marketing.example:443",
        "ActiveCampaign account",
    ),
    "the same client": ("OTHER_ID", "ZOHO_ID", "Zoho organisation"),
}


@pytest.mark.parametrize(("own", "shared", "what"), SAME.values(), ids=SAME)
def test_two_connections_of_one_account_are_refused_with_both_files_named(write, tmp_path, other, own, shared, what):
    write("first")
    write("second", connection=other.replace(own, shared))

    with pytest.raises(NotUsable) as refused:
        read_policies(tmp_path, {})

    problem = str(*refused.value.problems)
    assert f"is the {what} of the connection first too" in problem
    assert "first/connection.yaml:" in problem
    assert "second/connection.yaml:" in problem


def test_two_variables_with_one_client_are_one_organisation(write, tmp_path, other):
    write("first")
    write("second", connection=other)

    with pytest.raises(NotUsable, match="Zoho organisation of the connection first") as refused:
        read_policies(tmp_path, {"ZOHO_ID": "1000.SAME", "OTHER_ID": "1000.SAME"})

    assert "1000.SAME" not in str(refused.value)


def test_one_client_may_serve_two_organisations_that_are_named(write, tmp_path, sound_connection, other):
    write("first", connection=sound_connection.replace("zoho:", "zoho:\n  organisation: '111'"))
    write("second", connection=other.replace("OTHER_ID", "ZOHO_ID").replace("zoho:", "zoho:\n  organisation: '222'"))

    policies = read_policies(tmp_path, {})

    assert [policy.name for policy in policies] == ["first", "second"]


def test_two_clients_of_one_organisation_overlap(write, tmp_path, sound_connection, other):
    write("first", connection=sound_connection.replace("zoho:", "zoho:\n  organisation: '111'"))
    write("second", connection=other.replace("zoho:", "zoho:\n  organisation: '111'"))

    with pytest.raises(NotUsable, match="Zoho organisation of the connection first"):
        read_policies(tmp_path, {})


def test_two_connections_cannot_both_practise(write, tmp_path, sound_connection, other):
    write("first", connection=sound_connection + "practice: true\n")
    write("second", connection=other + "practice: true\n")

    with pytest.raises(NotUsable, match="ActiveCampaign account of the connection first"):
        read_policies(tmp_path, {"BATON_PRACTICE_ACTIVECAMPAIGN_URL": "http://127.0.0.1:4001"})


def test_connections_of_different_accounts_live_side_by_side(write, tmp_path, other):
    write("first")
    write("second", connection=other)

    assert len(read_policies(tmp_path, {})) == 2


def test_a_broken_neighbour_does_not_stop_a_connection(write, tmp_path, environ):
    write("demo")
    write("broken", contract="version: [")

    connection = load_connection("demo", load_settings(connections_dir=tmp_path), environ)

    assert connection.name == "demo"


def test_an_overlapping_neighbour_stops_a_connection(write, tmp_path, environ):
    write("demo")
    write("twin")

    with pytest.raises(NotUsable, match="connection twin too"):
        load_connection("demo", load_settings(connections_dir=tmp_path), environ)


def test_a_misspelt_name_is_told_with_the_nearest(write, tmp_path, environ):
    write("demo")

    with pytest.raises(NotUsable, match=r'has no connection "dmo"\. Did you mean "demo"'):
        load_connection("dmo", load_settings(connections_dir=tmp_path), environ)


def test_a_name_that_could_not_stand_in_a_queue_is_refused(write, tmp_path):
    write("Demo one")

    with pytest.raises(NotUsable, match="is no name for a connection"):
        connection_names(tmp_path)


def test_a_folder_without_connections_says_where_they_belong(tmp_path):
    with pytest.raises(NotUsable, match=r"holds no connection\. BATON_CONNECTIONS_DIR names the folder"):
        connection_names(tmp_path / "nowhere")
