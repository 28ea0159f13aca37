"""Values that people type: each new, so that it can be known again on the other side and in the journals."""

from datetime import date, timedelta
from random import Random

from tests.scenarios.sides import Field

STAGES = ("Subscriber", "MQL", "SQL", "Opportunity", "Customer")
SYLLABLES = ("ba", "do", "ke", "li", "mo", "na", "pe", "ri", "sa", "to", "vi", "zu")


def name(dice: Random) -> str:
    return "".join(dice.choice(SYLLABLES) for _ in range(5)).capitalize()


def value_for(field: Field, dice: Random) -> str:
    match field.name:
        case "phone":
            typed = f"+1 415 {dice.randrange(220, 290)} {dice.randrange(10_000):04}"
            return dice.choice((typed, typed.replace(" ", "")))
        case "renewal_date":
            return (date(2027, 1, 1) + timedelta(days=dice.randrange(3000))).isoformat()
        case "job_title":
            return f"Head of {name(dice)}"
    return name(dice)


def later_stages(*shown: str) -> tuple[str, ...]:
    """The stages after the furthest of these; a stage does not go back."""
    reached = max((STAGES.index(stage) for stage in shown if stage in STAGES), default=-1)
    return STAGES[reached + 1 :]
