"""Who gets a person, and the reason of every step."""

import pytest

from baton.adapters.spelling import spelling
from baton.domain.routing import Asked, Route, Routing, Salesperson, route

US = "900"
BRUNO = Salesperson("1", "Bruno Becker", "bruno@sales.example")
CARLA = Salesperson("2", "Carla Costa", "carla@sales.example")
LEFT = Salesperson("3", "Lena Long", "lena@sales.example", is_active=False)
ROBOT = Salesperson(US, "Baton Robot", "baton@sales.example")
USERS = (BRUNO, CARLA, LEFT, ROBOT)
BY_COUNTRY = Routing((Route(frozenset({"DE", "AT"}), "bruno@sales.example"),), "Carla Costa")


def routed(country="Deutschland", owner=US, routing=BY_COUNTRY, users=USERS):
    return route(Asked(country, owner, US), routing, users, spelling().region)


def told(result):
    return [f"{step.looked_at}: {step.outcome}" for step in result.steps]


@pytest.mark.parametrize(
    ("country", "owner"), [("Germany", BRUNO), ("at", BRUNO), ("Peru", CARLA), (None, CARLA), ("Atlantis", CARLA)]
)
def test_the_first_route_of_the_country_wins_and_the_rest_has_one_of_its_own(country, owner):
    assert routed(country).owner == owner


def test_a_salesperson_who_owns_the_record_stays():
    result = routed(owner=CARLA.id)

    assert (result.owner, result.is_kept) == (CARLA, True)
    assert told(result) == ["owner now: Carla Costa: stays"]


@pytest.mark.parametrize("owner", [US, LEFT.id, "nobody", None])
def test_an_owner_who_cannot_call_does_not_stay(owner):
    assert routed(owner=owner).owner == BRUNO


def test_owners_are_not_kept_where_the_play_says_so():
    play = Routing(BY_COUNTRY.routes, BY_COUNTRY.otherwise, keep_owner=False)

    assert routed(owner=CARLA.id, routing=play).owner == BRUNO


def test_an_owner_whom_the_routes_choose_again_need_not_be_written():
    play = Routing(BY_COUNTRY.routes, BY_COUNTRY.otherwise, keep_owner=False)

    assert routed(owner=BRUNO.id, routing=play).is_kept


def test_a_route_to_somebody_who_left_goes_on_to_the_next():
    play = Routing((Route(frozenset({"DE"}), "lena@sales.example"),), "carla@sales.example")

    result = routed(routing=play)

    assert result.owner == CARLA
    assert told(result) == [
        "owner now: Baton Robot: is the integration's own user",
        "country DE: 1 of 1 routes are meant",
        "route to lena@sales.example: is not active",
        "route to carla@sales.example: chosen: Carla Costa",
    ]


@pytest.mark.parametrize("name", ["nobody@sales.example", "baton@sales.example", "lena@sales.example"])
def test_nobody_eligible_is_told_with_its_reasons(name):
    result = routed(routing=Routing(otherwise=name))

    assert result.owner is None
    assert result.steps[-1].outcome == "nobody is eligible"


def test_a_name_that_two_users_bear_is_no_guess():
    twins = (BRUNO, Salesperson("9", "bruno becker", "other@sales.example"))

    result = routed(routing=Routing(otherwise="Bruno Becker"), users=twins)

    assert result.owner is None
