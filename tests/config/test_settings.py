"""Settings come from the environment; what cannot be used is told by the variable's name, never with its value."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from config.problems import NotUsable
from config.settings import load_settings


def problems_told():
    with pytest.raises(NotUsable) as refused:
        load_settings()
    return [str(problem) for problem in refused.value.problems]


def test_an_empty_environment_gives_the_usual_cadences():
    settings = load_settings()

    assert settings.pull.activecampaign_changes == timedelta(seconds=5)
    assert settings.pull.zoho_deletions == timedelta(seconds=60)
    assert settings.pull.wide_overlap_every == timedelta(minutes=10)
    assert settings.write.call_deadline == timedelta(seconds=30)
    assert settings.sync.lease == timedelta(seconds=20)


def test_a_cadence_is_given_in_seconds_and_may_be_a_fraction(monkeypatch):
    monkeypatch.setenv("BATON_PULL__ZOHO_CHANGES", "0.5")

    assert load_settings().pull.zoho_changes == timedelta(milliseconds=500)


def test_the_wide_overlap_is_given_in_minutes(monkeypatch):
    monkeypatch.setenv("BATON_PULL__WIDE_OVERLAP", "15")

    assert load_settings().pull.wide_overlap == timedelta(minutes=15)


def test_limits_can_be_switched_off_for_each_account_alone(monkeypatch):
    monkeypatch.setenv("BATON_LIMITS__ZOHO", "false")

    limits = load_settings().limits

    assert (limits.activecampaign, limits.zoho) == (True, False)


WRONG = {
    "BATON_PULL__ZOHO_CHANGES": ("soon", "should be a number, like 5 or 0.5."),
    "BATON_WRITE__CALL_DEADLINE": ("0", "should be more than 0 and at most a week."),
    "BATON_SYNC__LEASE": ("nan", "should be more than 0 and at most a week."),
    "BATON_SYNC__LEASSE": ("5", "is no setting."),
    "BATON_LIMITS__ZOHO": ("offf", "should be true or false."),
}


@pytest.mark.parametrize("variable", WRONG)
def test_a_setting_that_cannot_be_used_is_told_by_its_variable(monkeypatch, variable):
    value, message = WRONG[variable]
    monkeypatch.setenv(variable, value)

    assert problems_told() == [f"environment: {variable}: {message}"]


def test_all_settings_that_cannot_be_used_are_told_at_once(monkeypatch):
    for variable, (value, _) in WRONG.items():
        monkeypatch.setenv(variable, value)

    assert len(problems_told()) == len(WRONG)


@pytest.mark.parametrize("value", ["abc", "5"])
def test_a_whole_group_in_one_variable_is_refused(monkeypatch, value):
    monkeypatch.setenv("BATON_PULL", value)

    assert "BATON_PULL" in str(problems_told())


def test_a_key_that_is_none_is_refused_without_being_shown(monkeypatch):
    monkeypatch.setenv("BATON_SECRET_KEY", "not-a-key")

    (problem,) = problems_told()

    assert problem.startswith("environment: BATON_SECRET_KEY: is no key. Make one: python -c")
    assert "not-a-key" not in problem


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    key = Fernet.generate_key().decode()
    (tmp_path / "key").write_text(key + "\n")
    monkeypatch.setenv("BATON_SECRET_KEY_FILE", str(tmp_path / "key"))

    secret = load_settings().secret_key

    assert secret is not None
    assert secret.get_secret_value() == key


def test_a_secret_file_that_is_absent_is_told_by_its_variable(monkeypatch, tmp_path):
    monkeypatch.setenv("BATON_DATABASE_URL_FILE", str(tmp_path / "absent"))

    (problem,) = problems_told()

    assert problem.startswith("environment: BATON_DATABASE_URL_FILE:")


def test_nothing_that_prints_the_settings_shows_a_password(monkeypatch):
    monkeypatch.setenv("BATON_DATABASE_URL", "postgresql://baton:open-sesame@127.0.0.1/baton")

    assert "open-sesame" not in repr(load_settings())
