"""The webhook's address and secret are fetched from where handoff.yaml says they are kept."""

import pytest

from config.policy.automation import read_automation
from config.policy.telling import webhook_of

HANDOFF = """version: 1
plays: {}
notices:
  webhook:
    url: {env: HOOK_URL}
    secret: {file: hook.secret}
    record_url: https://crm.example/tab/{module}/{id}
"""
ENVIRON = {"HOOK_URL": "https://hooks.example/baton/"}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "handoff.yaml").write_text(HANDOFF, encoding="utf-8")
    return tmp_path


def test_the_secret_comes_from_its_file_and_is_never_shown(folder):
    (folder / "hook.secret").write_text("hunter2\n", encoding="utf-8")

    webhook, problems = webhook_of(read_automation(folder)[0], ENVIRON, folder)

    assert problems == ()
    assert (webhook.url, webhook.secret.get_secret_value()) == ("https://hooks.example/baton", "hunter2")
    assert "hunter2" not in repr(webhook)


def test_all_that_is_lacking_is_told_at_once(folder):
    _, problems = webhook_of(read_automation(folder)[0], {}, folder)

    assert [(problem.line, problem.key) for problem in problems] == [
        (5, "notices.webhook.url"),
        (6, "notices.webhook.secret"),
    ]


def test_without_a_webhook_only_the_log_is_told(tmp_path):
    assert webhook_of(read_automation(tmp_path)[0], {}, tmp_path) == (None, ())
