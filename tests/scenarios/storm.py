"""A storm from the first calm to the last: waves of people, faults and blows, then silence, then judgement."""

import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.scenarios.judge import Offence, judge
from tests.scenarios.script import ALL, Script
from tests.scenarios.sides import look
from tests.scenarios.stage import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """`patience`: how long it may take to come to rest, in seconds."""

    seed: int
    seconds: float
    wave: float = 60
    per_second: float = 2
    blows_every: float = 20
    patience: float = 300
    deeds: Mapping[str, int] = field(default_factory=lambda: ALL)


def weather(made: Scene, sky: Weather) -> str:
    """What there is to complain about, told for whoever has to find out why; nothing when all is well."""
    made.until_settled(seconds=sky.patience)
    calm, script = look(made.made), Script(made, sky.seed, sky.deeds)
    made.faults_on()
    raged = 0.0
    while raged < sky.seconds:
        script.next_wave(look(made.made))
        lasts = min(sky.wave, sky.seconds - raged)
        rage(made, script, sky, lasts, has_web_blow=raged == 0)
        raged += lasts
        if raged < sky.seconds:
            made.until_settled(seconds=sky.patience)
    struck = made.faults_off()
    made.until_silent(seconds=sky.patience)
    offences = judge(made, script.done, calm, look(made.made))
    figures = {"seed": sky.seed, "deeds": script.done.deeds, "struck": struck, "blows": Counter(made.blows)}
    (made.made.run.state / "storm.json").write_text(json.dumps(figures, indent=2))
    return told(made, sky, offences)


def rage(made: Scene, script: Script, sky: Weather, seconds: float, *, has_web_blow: bool) -> None:
    now = time.monotonic()
    end, next_blow = now + seconds, now + sky.blows_every / 2
    web_blow = now + seconds / 2 if has_web_blow else end + 1
    while now < end:
        script.act()
        made.rest(script.gap(sky.per_second))
        now = time.monotonic()
        if now > next_blow:
            made.strike()
            next_blow = now + sky.blows_every
        if now > web_blow:
            made.strike("web")
            web_blow = end + 1


def told(made: Scene, sky: Weather, offences: list[Offence]) -> str:
    """All that is wrong, with the first one's story; the others' lie beside the logs."""
    if not offences:
        return ""
    stories = {who: made.story_of(who) for who in dict.fromkeys(offence.who for offence in offences if offence.who)}
    file = made.made.run.state / "stories.txt"
    file.write_text("\n".join([*(offence.what for offence in offences), *stories.values()]))
    lines = [f"seed {sky.seed}, {sky.seconds:.0f} s: {len(offences)} offences, all stories in {file}"]
    lines += [f"  {offence.what}" for offence in offences[:20]]
    who, story = next(iter(stories.items()), ("", ""))
    return "\n".join([*lines, f"baton explain {who}", story])
