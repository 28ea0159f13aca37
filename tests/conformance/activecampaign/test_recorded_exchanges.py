"""What the vendor really answered, request by request, against what the practice account answers."""

import sys

import pytest

from tests.conformance.activecampaign.exchanges import MATERIAL, SOURCES
from tests.conformance.activecampaign.replaying import replayed
from tests.conformance.activecampaign.report import summary
from tests.conformance.activecampaign.verdicts import ON_PURPOSE, Verdict, excuse_of

pytestmark = pytest.mark.skipif(not MATERIAL.is_dir(), reason="the recorded exchanges are not on this machine")


@pytest.fixture(scope="module")
def verdicts():
    return [verdict for source in SOURCES for verdict in replayed(source)]


def test_every_recorded_exchange_is_judged_and_none_differs_without_a_reason(verdicts):
    sys.stdout.write(f"\n{summary(verdicts)}\n")

    assert len(verdicts) == 441
    assert [(each.exchange.name, each.why) for each in verdicts if each.verdict is Verdict.FAULT] == []


def test_nine_in_ten_of_the_applicable_are_the_same(verdicts):
    applicable = [each for each in verdicts if each.verdict is not Verdict.NOT_APPLICABLE]
    same = [each for each in applicable if each.verdict is Verdict.SAME]

    assert len(same) >= 0.9 * len(applicable)


def test_no_excuse_outlives_what_it_excused(verdicts):
    excused = [each for each in verdicts if each.verdict is Verdict.ON_PURPOSE]
    used = {excuse_of(line) for each in excused for line in each.why} - {None}

    assert used == set(ON_PURPOSE)
