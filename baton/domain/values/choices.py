"""Several choices of one field as one text, `A;B`: sorted, because their order says nothing on either side."""

from baton.domain.records import Value
from baton.domain.values.cleaning import cleaned, written

BETWEEN = ";"
# ActiveCampaign's way of writing them; see `places`, which reads it.
_AROUND = "||"
_NO_CHOICE = "-None-"


def choices(raw: object) -> str | None:
    """None when nothing is chosen."""
    parts = raw if isinstance(raw, list | tuple) else written(raw).replace(_AROUND, BETWEEN).split(BETWEEN)
    found = {text for part in parts if (text := cleaned(part)) is not None and text != _NO_CHOICE}
    return BETWEEN.join(sorted(found)) or None


def apart(value: Value) -> tuple[str, ...]:
    text = choices(value)
    return tuple(text.split(BETWEEN)) if text else ()


def for_activecampaign(chosen: tuple[str, ...]) -> str | None:
    return f"{_AROUND}{_AROUND.join(chosen)}{_AROUND}" if chosen else None
