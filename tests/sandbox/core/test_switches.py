"""The tables of switches, and what the settings make of them."""

import pytest

from sandbox.opening import NAMES, open_crm
from sandbox.settings import UnknownSettingError
from sandbox.switches import switches_of


@pytest.mark.parametrize("name", NAMES)
def test_the_table_is_all_that_a_practice_crm_has(name):
    app = open_crm(name, people=0)

    assert app.ground.settings.snapshot() == {each.name: each.default for each in switches_of(name).values()}
    app.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_switch_says_what_it_means_and_every_doubt_leaves_something_open(name):
    for switch in switches_of(name).values():
        assert switch.means
        assert not switch.doubt or switch.otherwise or not isinstance(switch.default, bool | str)
        assert not switch.choices or switch.default in switch.choices


def test_a_word_that_is_no_choice_is_refused(app):
    with pytest.raises(UnknownSettingError, match="sliding or fixed"):
        app.ground.change_settings(rate_window="hourly")


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(app):
    with pytest.raises(UnknownSettingError, match="perhaps rate_window is meant"):
        app.ground.change_settings(rate_windw="fixed")
