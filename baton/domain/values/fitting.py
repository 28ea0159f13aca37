"""What would be written of a value there, or why it is withheld. Nothing is cut or bent in silence.

Reasons name fields, never values: they are read in logs and reports.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from baton.domain.contract import FieldRule, FieldSchema, FieldType, Schema
from baton.domain.records import Crm, Module, Value
from baton.domain.values.answers import word_for
from baton.domain.values.blanks import instead_of_blank
from baton.domain.values.choices import BETWEEN, apart, for_activecampaign
from baton.domain.values.kinds import unfit_by_kind, unfit_by_type
from baton.domain.values.vocabulary import translated

# The kinds of both vendors whose fields hold several choices.
_SEVERAL = frozenset({"multiselectpicklist", "listbox", "checkbox", "multiselect"})
_BOXES = frozenset({"listbox", "checkbox"})
_WORD_TYPES = frozenset({FieldType.PICKLIST, FieldType.LIFECYCLE, FieldType.CONSENT})
# Zoho's kind for a single line; its text areas keep their lines.
_SINGLE_LINE = "text"


@dataclass(frozen=True, slots=True)
class Fitted:
    """The value to write, or None and the sentence that says why it is withheld. None without a reason clears."""

    value: Value
    withheld: str | None = None


def fit(rule: FieldRule, value: Value, target: Module, schema: Schema, person_email: str | None) -> Fitted:
    place = rule.places.get(target)
    field = None if place is None else schema.get(place)
    closed = _closed(rule, place, field, target, is_known=bool(schema))
    if closed is not None:
        return Fitted(None, closed)
    if value is not None and value != "":
        return _fit_value(rule, value, target, field)
    filling = instead_of_blank(rule, person_email) if target.crm is Crm.ZOHO else None
    if filling is not None:
        return _fit_to_field(rule, filling, target, field)
    if field is not None and field.is_mandatory:
        return Fitted(None, f"{target} must not be without {place}, and there is nothing to write")
    return Fitted(None)


def _closed(
    rule: FieldRule, place: str | None, field: FieldSchema | None, target: Module, *, is_known: bool
) -> str | None:
    """Why no value at all may be written there."""
    if place is None:
        return f"the contract gives {rule.name} no place in {target}"
    if rule.type is FieldType.CONSENT and target.crm is Crm.ACTIVECAMPAIGN:
        return "consent is never written to ActiveCampaign"
    if is_known and field is None:
        return f"{target} has no field {place}"
    if field is not None and not field.is_writable:
        return f"{place} of {target} may not be written"
    return None


def _fit_value(rule: FieldRule, value: Value, target: Module, field: FieldSchema | None) -> Fitted:
    wanted = unfit_by_type(rule, value)
    if wanted is not None:
        return Fitted(None, f"{rule.name} should be {wanted}, and the value is not")
    if rule.type in _IN_ITS_OWN_WAY:
        return _IN_ITS_OWN_WAY[rule.type](rule, value, target, field)
    if rule.type not in _WORD_TYPES or not isinstance(value, str):
        return _fit_to_field(rule, value, target, field)
    word = translated(rule, value, target.crm, None if field is None else field.choices)
    if word is None:
        return Fitted(
            None, f"{rule.places[target]} of {target} has no such choice, and the contract no fallback it has"
        )
    fitted = _fit_to_field(rule, word, target, field)
    is_word = target.crm is Crm.ACTIVECAMPAIGN and isinstance(fitted.value, str)
    return Fitted(_boxed(str(fitted.value), field)) if is_word else fitted


def _fit_answer(rule: FieldRule, value: Value, target: Module, field: FieldSchema | None) -> Fitted:
    if target.crm is not Crm.ACTIVECAMPAIGN:
        return _fit_to_field(rule, value, target, field)
    word = word_for(value is True, rule.vocabulary, None if field is None else field.choices)
    if word is None and value is True:
        return Fitted(None, f"{rule.places[target]} of {target} has no word for yes")
    return Fitted(_boxed(word, field))


def _boxed(word: str | None, field: FieldSchema | None) -> str | None:
    """A box that may hold several choices takes a single one in the same form."""
    is_box = word is not None and field is not None and field.type.lower() in _BOXES
    return for_activecampaign((str(word),)) if is_box else word


def _fit_choices(rule: FieldRule, value: Value, target: Module, field: FieldSchema | None) -> Fitted:
    """Every choice in the target's words, or none of them: half of what was said is something else."""
    if field is not None and field.type.lower() not in _SEVERAL:
        return Fitted(None, f"{rule.places[target]} of {target} holds one choice, and these are several")
    known = None if field is None else field.choices
    words = [translated(rule, choice, target.crm, known) for choice in apart(value)]
    if None in words or (known is not None and not set(words) <= set(known)):
        return Fitted(
            None, f"{rule.places[target]} of {target} has no such choice, and the contract no fallback it has"
        )
    found = tuple(sorted({word for word in words if word is not None}))
    if target.crm is Crm.ACTIVECAMPAIGN:
        return Fitted(for_activecampaign(found))
    return Fitted(BETWEEN.join(found) or None)


def _fit_to_field(rule: FieldRule, value: Value, target: Module, field: FieldSchema | None) -> Fitted:
    if field is None:
        return Fitted(value)
    written = _on_one_line(value) if field.type == _SINGLE_LINE else value
    withheld = _misfit(rule, written, target, field)
    return Fitted(written) if withheld is None else Fitted(None, withheld)


def _misfit(rule: FieldRule, value: Value, target: Module, field: FieldSchema) -> str | None:
    there = f"{rule.places[target]} of {target}"
    wanted = unfit_by_kind(field.type, value, target)
    if wanted is not None:
        return f"{there} holds {wanted}, and the value is not"
    if field.choices is not None and value not in field.choices:
        return f"{there} has no such choice"
    if field.length is not None and _size(value) > field.length:
        unit = "characters" if isinstance(value, str) else "digits"
        return f"the value is too long: {there} holds {field.length} {unit}"
    return None


def _on_one_line(value: Value) -> Value:
    if not isinstance(value, str) or "\n" not in value:
        return value
    return " ".join(line.strip() for line in value.split("\n") if line.strip())


def _size(value: Value) -> int:
    return len(value) if isinstance(value, str) else len(str(abs(int(value or 0))))


_IN_ITS_OWN_WAY: Mapping[FieldType, Callable[[FieldRule, Value, Module, FieldSchema | None], Fitted]] = {
    FieldType.MULTI_CHOICE: _fit_choices,
    FieldType.BOOLEAN: _fit_answer,
}
