"""How long an answer takes: the same for all, or spread by a seed, call by call and repeatably."""

from random import Random

from sandbox.settings import Settings


class Latency:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._calls = 0

    def milliseconds(self) -> float:
        """Of the next answer."""
        self._calls += 1
        usual, spread = float(self._settings["latency_ms"]), float(self._settings["latency_spread_ms"])
        if not spread:
            return usual
        # Nothing secret rests on it: the same calls must take the same time again.
        dice = Random(f"{self._settings['latency_seed']}:{self._calls}")  # noqa: S311 - a repeatable dice, not a key
        return max(0.0, usual + dice.uniform(-spread, spread))
