"""handoff.yaml and sla.yaml: what cannot be used is told with its file, line, key and advice."""

import textwrap

import pytest

from baton.domain.records import CONTACTS, LEADS
from config.policy.reading import read_policy
from config.problems import NotUsable

HANDOFF = """
version: 1
plays:
  demo:
    trigger: {stamped: fields.DEMO_AT}
    owner:
      routes:
        - {countries: [DE, AT], to: bruno@sales.example}
      otherwise: Carla Costa
    task: {subject: "Call {name}"}
"""
SLA = """
version: 1
clocks:
  speed_to_lead:
    plays: [demo]
"""


@pytest.fixture
def policy(write):
    def read(*, handoff: str = HANDOFF, sla: str = SLA):
        folder = write()
        for name, text in (("handoff.yaml", handoff), ("sla.yaml", sla)):
            (folder / name).write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return read_policy(folder)

    return read


@pytest.fixture
def told(policy, tmp_path):
    def problems(**files):
        with pytest.raises(NotUsable) as refused:
            policy(**files)
        return [str(problem.seen_from(tmp_path / "demo")) for problem in refused.value.problems]

    return problems


def test_a_connection_without_the_files_hands_nobody_over(write):
    automation = read_policy(write()).automation

    assert (automation.plays, automation.clock_rules) == ((), ())


def test_a_short_play_has_the_usual_patience(policy):
    (play,) = policy().automation.plays

    assert (play.stale_after.total_seconds(), play.cooldown.days, play.call_within.total_seconds()) == (3600, 7, 900)
    assert play.routing.keep_owner
    assert play.task.priority == "Highest"


def test_a_short_clock_is_due_in_a_quarter_of_an_hour(policy):
    (rule,) = policy().automation.clock_rules

    assert rule.due_in.total_seconds() == 900
    assert rule.touch_fields == ((LEADS, "Lead_Status"),)


def test_a_plain_field_stands_for_both_modules(policy):
    gates = HANDOFF + "    gates: {unless: [{field: Rating, any_of: [Shutdown]}]}\n"

    (play,) = policy(handoff=gates).automation.plays

    assert play.gates.unless[0].places == {LEADS: "Rating", CONTACTS: "Rating"}


@pytest.mark.parametrize(
    ("written", "instead", "expected"),
    [
        ("{stamped: fields.DEMO_AT}", "{stamped: DEMO_AT}", "handoff.yaml:4: plays.demo.trigger.stamped: is not"),
        ("{stamped: fields.DEMO_AT}", "{}", "handoff.yaml:4: plays.demo.trigger: names one thing"),
        (
            "{stamped: fields.DEMO_AT}",
            "{crosses: fields.SCORE}",
            "handoff.yaml:4: plays.demo.trigger: crosses and at_least belong together",
        ),
        ("[DE, AT]", "[DE, UK]", "handoff.yaml:7: plays.demo.owner.routes.0.countries.1: should be an ISO 3166 code"),
        ("otherwise", "otherwhise", 'handoff.yaml:8: plays.demo.owner.otherwhise: is no key here. Did you mean "other'),
        ('{subject: "Call {name}"}', "{priority: Huge}", "handoff.yaml:9: plays.demo.task.subject: is missing."),
        ("  demo:", "  Demo Play:", 'handoff.yaml:3: plays.Demo Play: "Demo Play" is no name'),
    ],
)
def test_a_play_that_cannot_be_used_is_told_with_its_place_and_advice(told, written, instead, expected):
    problems = told(handoff=HANDOFF.replace(written, instead))

    assert any(problem.startswith(expected) for problem in problems), problems


def test_a_second_route_for_a_country_would_never_be_asked(told):
    routes = HANDOFF.replace("      otherwise", "        - {countries: [FR, DE], to: x}\n      otherwise")

    (problem,) = told(handoff=routes)

    assert problem.startswith("handoff.yaml:8: plays.demo.owner.routes.1: DE has a route before this one")


@pytest.mark.parametrize(
    ("written", "instead", "expected"),
    [
        ("[demo]", "[dem]", 'sla.yaml:4: clocks.speed_to_lead.plays: "dem" is no play. Did you mean "demo"?'),
        ("[demo]", "[]", "sla.yaml:4: clocks.speed_to_lead.plays:"),
        (
            "[demo]",
            "[demo]\n    at_risk_before_minutes: 20",
            "sla.yaml:3: clocks.speed_to_lead: at_risk_before_minutes should be less",
        ),
    ],
)
def test_a_clock_that_cannot_be_used_is_told_with_its_place_and_advice(told, written, instead, expected):
    problems = told(sla=SLA.replace(written, instead))

    assert any(problem.startswith(expected) for problem in problems), problems


def test_a_secret_written_out_is_refused_and_not_shown(told):
    hook = HANDOFF + "notices: {webhook: {url: https://hooks.example, secret: hunter2}}\n"

    problems = told(handoff=hook)

    assert "handoff.yaml:10: notices.webhook.secret" in problems[0]
    assert "hunter2" not in str(problems)
