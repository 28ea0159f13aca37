"""How long the storm lasts and which seeds it is tried with."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--minutes", type=float, default=5, help="how long people and faults rage in each scenario")
    parser.addoption("--seed", type=int, default=1, help="the first seed of the scenario")
