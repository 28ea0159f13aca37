"""When two forms of a field are one value, so that nothing need be said."""

import re
from collections.abc import Callable, Mapping

from baton.domain.contract import FieldRule, FieldType
from baton.domain.records import Value
from baton.domain.values.answers import answer
from baton.domain.values.choices import choices
from baton.domain.values.cleaning import written
from baton.domain.values.dates import day
from baton.domain.values.moments import moment
from baton.domain.values.numbers import money, number

_WITH_COUNTRY_CODE = re.compile(r"\+[\d\s().\-/]+", re.ASCII)
_NO_DIGIT = re.compile(r"\D", re.ASCII)


def same(rule: FieldRule, left: Value, right: Value) -> bool:
    if rule.type is FieldType.BOOLEAN:
        # A box that is not ticked and a no are one.
        return (answer(_unboxed(left), rule.vocabulary) or False) == (answer(_unboxed(right), rule.vocabulary) or False)
    form = _FORMS.get(rule.type, _trimmed)
    return form(left) == form(right)


def _trimmed(value: Value) -> str:
    return written(value).strip()


def _lowered(value: Value) -> str:
    return _trimmed(value).lower()


def _unboxed(value: Value) -> str:
    """A box of ActiveCampaign writes a single choice as it writes several."""
    return _trimmed(value).removeprefix("||").removesuffix("||")


def _digits(value: Value) -> str:
    text = _trimmed(value)
    return f"+{_NO_DIGIT.sub('', text)}" if _WITH_COUNTRY_CODE.fullmatch(text) else text


_FORMS: Mapping[FieldType, Callable[[Value], Value]] = {
    FieldType.EMAIL: _lowered,
    FieldType.PICKLIST: _unboxed,
    FieldType.LIFECYCLE: _unboxed,
    FieldType.PHONE: _digits,
    FieldType.DATE: day,
    FieldType.DATETIME: moment,
    FieldType.NUMBER: number,
    FieldType.MONEY: money,
    FieldType.MULTI_CHOICE: choices,
}
