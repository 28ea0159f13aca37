"""The private PostgreSQL: starts anywhere, keeps its data, ends without a trace."""

import os
import socket

import psycopg
import pytest

from console.embedded.addresses import database
from console.embedded.child import Child
from console.embedded.ports import any_free_port, is_free
from console.embedded.postgres import prepare_postgres, private_postgres
from console.embedded.server import start_server, stop_server
from console.embedded.trouble import StartError


def ask(url, question):
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def do(url, deed):
    with psycopg.connect(url) as connection:
        connection.execute(deed)


def test_what_was_stored_is_there_after_a_restart(tmp_path):
    with private_postgres(tmp_path, fast=True) as url:
        do(url, "CREATE TABLE kept AS SELECT 7 AS number")

    with private_postgres(tmp_path, fast=True) as url:
        assert ask(url, "SELECT number FROM kept") == 7


def test_a_power_cut_is_survived_unless_speed_was_asked_for(tmp_path):
    with private_postgres(tmp_path) as url:
        durable = ask(url, "SHOW fsync"), ask(url, "SHOW synchronous_commit")

    with private_postgres(tmp_path, fast=True) as url:
        fast = ask(url, "SHOW fsync"), ask(url, "SHOW synchronous_commit")

    assert durable == ("on", "on")
    assert fast == ("off", "off")


def test_letters_of_every_alphabet_are_folded(tmp_path):
    with private_postgres(tmp_path, fast=True) as url:
        assert ask(url, "SELECT lower('ÄÇŽ')") == "äçž"


def test_nobody_gets_in_without_the_password(tmp_path):
    with private_postgres(tmp_path, fast=True) as url:
        stranger = url.replace(url.split("@")[0], "postgresql://baton:guessed")

        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(stranger)


def test_it_answers_on_this_machine_only(tmp_path):
    with private_postgres(tmp_path, fast=True) as url:
        assert ask(url, "SHOW listen_addresses") == "127.0.0.1"


def test_nothing_listens_after_the_end(tmp_path):
    port = any_free_port()

    with private_postgres(tmp_path, fast=True, port=port):
        during = is_free(port)

    assert (during, is_free(port)) == (False, True)
    assert not (tmp_path / "postgres.pid").exists()


def test_a_busy_port_is_told_with_the_way_out(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(StartError, match=f"port {port} is in use by another program"):
            prepare_postgres(tmp_path, port)


def test_a_lock_that_names_a_foreign_process_is_no_hindrance(tmp_path):
    with private_postgres(tmp_path, fast=True):
        pass
    (tmp_path / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path / 'postgres'}\n")

    with private_postgres(tmp_path, fast=True) as url:
        assert ask(url, "SELECT 1") == 1


def test_a_server_that_was_left_behind_is_ended_before_the_next_start(tmp_path):
    left = start_server(prepare_postgres(tmp_path, any_free_port(), fast=True), tmp_path / "postgres.log")

    with private_postgres(tmp_path, fast=True) as url:
        assert ask(url, "SELECT 1") == 1
        assert left.process.wait(timeout=10) == 0


def test_a_data_folder_whose_making_was_cut_short_is_made_again(tmp_path):
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")

    with private_postgres(tmp_path, fast=True) as url:
        assert ask(url, "SELECT 1") == 1


def test_data_of_another_version_is_told_and_left_alone(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("15\n")

    with pytest.raises(StartError, match="was made by PostgreSQL 15"):
        prepare_postgres(tmp_path, any_free_port())


def test_a_password_file_that_was_lost_is_told_instead_of_waited_for(tmp_path):
    with private_postgres(tmp_path, fast=True):
        pass
    (tmp_path / "postgres-password").unlink()

    with pytest.raises(StartError, match="postgres-password"), private_postgres(tmp_path, fast=True):
        pass


def test_rows_that_offend_are_not_quoted_in_the_log(tmp_path):
    with private_postgres(tmp_path, fast=True) as url:
        do(url, "CREATE TABLE people (email text PRIMARY KEY)")
        do(url, "INSERT INTO people VALUES ('anna@example.com')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            do(url, "INSERT INTO people VALUES ('anna@example.com')")

    assert "anna@example.com" not in (tmp_path / "postgres.log").read_text()


def test_an_address_in_the_environment_wins_and_nothing_is_started(tmp_path):
    given = "postgresql://elsewhere/baton"

    with database(tmp_path, environ={"BATON_DATABASE_URL": given}) as url:
        assert url == given

    assert list(tmp_path.iterdir()) == []


def test_it_can_be_ended_with_clients_still_connected(tmp_path):
    server = prepare_postgres(tmp_path, any_free_port(), fast=True)
    child: Child = start_server(server, tmp_path / "postgres.log")

    with psycopg.connect(server.url):
        stop_server(server, child)

    assert child.process.returncode == 0


def test_the_runs_own_server_answers(database_url):
    assert ask(database_url, "SELECT 1") == 1
