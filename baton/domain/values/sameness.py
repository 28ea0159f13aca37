"""When two forms of a field are one value, so that nothing need be said."""

import re
from collections.abc import Callable, Mapping

from baton.domain.contract import FieldRule, FieldType
from baton.domain.records import Value
from baton.domain.values.cleaning import written
from baton.domain.values.dates import day
from baton.domain.values.numbers import number

_WITH_COUNTRY_CODE = re.compile(r"\+[\d\s().\-/]+", re.ASCII)
_NO_DIGIT = re.compile(r"\D", re.ASCII)


def same(rule: FieldRule, left: Value, right: Value) -> bool:
    form = _FORMS.get(rule.type, _trimmed)
    return form(left) == form(right)


def _trimmed(value: Value) -> str:
    return written(value).strip()


def _lowered(value: Value) -> str:
    return _trimmed(value).lower()


def _digits(value: Value) -> str:
    text = _trimmed(value)
    return f"+{_NO_DIGIT.sub('', text)}" if _WITH_COUNTRY_CODE.fullmatch(text) else text


_FORMS: Mapping[FieldType, Callable[[Value], Value]] = {
    FieldType.EMAIL: _lowered,
    FieldType.PHONE: _digits,
    FieldType.DATE: day,
    FieldType.NUMBER: number,
}
