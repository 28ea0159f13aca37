"""`baton contract show`: the page for the demo connection is pinned; what a new key says shows up by itself."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from baton.domain.contract import Contract, Direction, FieldRule, FieldType, Policy
from baton.domain.operating_page import Operated, page
from baton.domain.records import CONTACT, LEADS, Crm
from baton.domain.troubleshooting import troubleshooting
from config.settings import CHECKOUT
from console.cli.contract import contract
from console.cli.main import main

GOLDEN = Path(__file__).parent / "golden" / "demo.md"
EMAIL = FieldRule("email", FieldType.EMAIL, {CONTACT: "email", LEADS: "Email"})


@pytest.fixture
def show(monkeypatch):
    monkeypatch.setenv("BATON_CONNECTIONS_DIR", str(CHECKOUT / "config" / "connections"))
    return lambda *words: CliRunner().invoke(contract, ("show", *words))


def sections(made):
    return {section.title: section for section in page(Operated("demo", made))}


def test_the_page_of_the_demo_connection_is_the_one_that_was_agreed(show):
    """After a change that is meant: baton contract show --format md > tests/config/golden/demo.md"""
    result = show("--format", "md")

    assert result.exit_code == 0
    assert result.output == GOLDEN.read_text(encoding="utf-8")


def test_the_three_forms_tell_the_same(show):
    told = json.loads(show("--format", "json").output)
    text = show().output

    fields = next(section for section in told["sections"] if section["title"] == "Mapping")["rows"]
    assert [row["field"] for row in fields if row["field"] not in text] == []
    assert {"title", "sections"} == told.keys()
    assert "job_title" in text


def test_neither_account_nor_secret_is_asked_for(show, monkeypatch):
    monkeypatch.delenv("BATON_SECRET_KEY", raising=False)

    assert show().exit_code == 0


def test_a_contract_with_problems_is_not_shown_but_told(tmp_path, show, monkeypatch):
    (tmp_path / "broken").mkdir()
    monkeypatch.setenv("BATON_CONNECTIONS_DIR", str(tmp_path))

    result = show()

    assert result.exit_code == 1
    assert "contract.yaml" in result.output


def test_who_decides_is_told_by_direction_and_policy():
    reviewed = replace(EMAIL, name="title", policy=Policy.REVIEW, direction=Direction.BOTH, first_match=Crm.ZOHO)

    told = sections(Contract((EMAIL, reviewed)))["Who owns what"]

    assert told.rows == (
        ("ActiveCampaign", "email"),
        ("a person (baton conflicts); at the first match Zoho", "title"),
    )


@dataclass(frozen=True)
class WiderContract(Contract):
    """A contract of a later release, with a key that no section knows."""

    pilot_tag: str | None = None


def test_a_key_that_no_section_tells_stands_under_other_settings_once_it_is_set():
    assert "Other settings" not in sections(WiderContract((EMAIL,)))
    assert sections(WiderContract((EMAIL,), pilot_tag="pilot"))["Other settings"].rows == (
        ("the contract", "pilot_tag", "pilot"),
    )


def test_every_command_that_the_page_sends_people_to_exists():
    asked = [command.split()[1:] for _, command in troubleshooting().rows]

    unknown = [words for words in asked if CliRunner().invoke(main, (*words[:1], "--help")).exit_code]
    listed = [words for words in asked if "list" in words and CliRunner().invoke(main, (*words, "--help")).exit_code]

    assert (unknown, listed) == ([], [])
