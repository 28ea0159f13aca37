"""Where in a row a field stands. What its value means is known by the field's type."""

from baton.domain.records import Row

_CUSTOM_FIELDS = "fields"
# ActiveCampaign writes the chosen ones of a checkbox or list box as `||A||B||`, a single choice too.
_CHOICES = "||"


def held(row: Row, place: str) -> object:
    """What the row holds at the place, as the vendor wrote it; None when there is nothing."""
    group, _, perstag = place.partition(".")
    if not perstag or group != _CUSTOM_FIELDS:
        return row.get(place)
    customs = row.get(_CUSTOM_FIELDS)
    value = customs.get(perstag) if isinstance(customs, dict) else None
    return _chosen(value) if isinstance(value, str) and value.startswith(_CHOICES) else value


def _chosen(value: str) -> str:
    return ";".join(choice for choice in value.split(_CHOICES) if choice)
