"""Which values a field takes, by the kind its vendor says it is.

A kind that is not listed takes text: a vendor's newest kind is then tried, and refused by the vendor if need be.
"""

from collections.abc import Callable, Mapping

from baton.domain.contract import FieldRule, FieldType
from baton.domain.identity import looks_like_an_address
from baton.domain.records import Crm, Module, Value
from baton.domain.values.dates import is_day
from baton.domain.values.moments import is_moment

Taker = Callable[[Value], bool]


def unfit_by_type(rule: FieldRule, value: Value) -> str | None:
    """What the contract says the value should be, when it is not."""
    takes, wanted = _BY_TYPE.get(rule.type, (_is_text, "text"))
    return None if takes(value) else wanted


def unfit_by_kind(kind: str, value: Value, target: Module) -> str | None:
    """What the vendor's field should get, when the value is not that."""
    takes, wanted = _BY_KIND.get(kind.lower(), (_is_text, "text"))
    if takes(value) or (takes is _is_text and target.crm is Crm.ACTIVECAMPAIGN):
        return None
    return wanted


def _is_text(value: Value) -> bool:
    return isinstance(value, str)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_day(value: Value) -> bool:
    return isinstance(value, str) and is_day(value)


def _is_moment(value: Value) -> bool:
    return isinstance(value, str) and is_moment(value)


def _is_answer(value: Value) -> bool:
    return isinstance(value, bool)


def _is_address(value: Value) -> bool:
    return isinstance(value, str) and looks_like_an_address(value)


def _is_never(_: Value) -> bool:
    return False


_BY_TYPE: Mapping[FieldType, tuple[Taker, str]] = {
    FieldType.DATE: (_is_day, "a date"),
    FieldType.DATETIME: (_is_moment, "a date with a time and its offset"),
    FieldType.NUMBER: (_is_number, "a number"),
    FieldType.MONEY: (_is_number, "an amount"),
    FieldType.BOOLEAN: (_is_answer, "yes or no"),
    FieldType.EMAIL: (_is_address, "an e-mail address"),
}
_BY_KIND: Mapping[str, tuple[Taker, str]] = {
    **dict.fromkeys(("double", "currency", "decimal", "percent", "number"), (_is_number, "a number")),
    **dict.fromkeys(("integer", "bigint", "long"), (_is_whole, "a whole number")),
    "date": (_is_day, "a date"),
    "datetime": (_is_moment, "a date with a time"),
    "boolean": (_is_answer, "yes or no"),
    "email": (_is_address, "an e-mail address"),
    **dict.fromkeys(("lookup", "ownerlookup", "userlookup"), (_is_never, "another record")),
    **dict.fromkeys(("multiselectpicklist", "multiselectlookup", "multiuserlookup"), (_is_never, "a list")),
    **dict.fromkeys(("subform", "fileupload", "imageupload", "profileimage"), (_is_never, "more than one value")),
}
