"""A whole Baton between two practice CRMs, with people, faults and blows for minutes: both sides agree in the end."""

import pytest

from tests.scenarios.script import UNCONTESTED
from tests.scenarios.stage import scene
from tests.scenarios.storm import Weather, weather


@pytest.mark.processes
@pytest.mark.chaos
@pytest.mark.timeout(3600)
def test_after_minutes_of_storm_both_sides_agree_and_everybody_was_heard(tmp_path, request):
    minutes = request.config.getoption("--minutes")
    seed = request.config.getoption("--seed")

    with scene(tmp_path, people=300, seed=seed) as made:
        complaints = weather(made, Weather(seed=seed, seconds=minutes * 60))

    assert complaints == "", complaints


@pytest.mark.processes
def test_a_short_storm_without_quarrels_ends_with_everybody_heard(tmp_path):
    gentle = Weather(seed=1, seconds=6, blows_every=5, patience=90, deeds=UNCONTESTED)

    with scene(tmp_path, people=24, seed=1) as made:
        complaints = weather(made, gentle)

    assert complaints == "", complaints
