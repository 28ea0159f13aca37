"""Which values a custom field takes, by its type. Options are not checked: a dropdown takes any word, as recorded."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sandbox.activecampaign.answers import say
from sandbox.activecampaign.record_fields.kinds import TYPES
from sandbox.activecampaign.refusals import RefusalError

READERS: dict[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "number": float,
    "currency": lambda text: int(float(text)),
}


def not_found() -> RefusalError:
    return RefusalError(say({"errors": [{"status": 404, "title": "Not Found"}]}, 404))


def attribute_missing(name: str) -> RefusalError:
    error = {"status": 422, "title": "Missing attribute", "source": {"pointer": f"/data/attributes/{name}"}}
    return RefusalError(say({"errors": [error]}, 422))


def check_definition(sent: dict[str, Any]) -> None:
    if not sent.get("fieldLabel"):
        raise attribute_missing("fieldLabel")
    if sent.get("fieldType") not in TYPES:
        raise attribute_missing("fieldType")


def stored(kind: str, value: Any, *, is_new: bool = True) -> Any:
    """The value as it is kept; money is whole cents. A refusal names the value only when it is a new one."""
    if value in (None, "", []):
        return ""
    try:
        read = READERS.get(kind, str)(str(value))
    except (ValueError, OverflowError) as error:
        named = f" `{value}`" if is_new else ""
        detail = f"The custom field value{named} could not be saved to the custom field of type `{kind}`."
        raise RefusalError(say({"errors": [{"detail": detail}]}, 422)) from error
    if kind == "currency":
        return read
    return value if isinstance(value, list) else str(value)
