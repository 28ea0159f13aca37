"""Decide, field by field, what each side should be told.

Each side keeps its own half of the base: the form it showed when both last agreed. A side that still shows its half
has said nothing; a side that differs has spoken. Only when both have spoken, and disagree, does somebody have to win.
Two records that never agreed on a field meet for the first time, whatever one of them agreed on with another: each
value speaks and no blank does, for nobody has cleared anything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from baton.domain.contract import Direction, FieldRule, FieldType, Policy, WriteMode
from baton.domain.person import Base
from baton.domain.records import Crm, Value
from baton.domain.values.fitting import Fitted
from baton.domain.values.sameness import same
from baton.domain.winning import Won, step, winner

BOTH_BLANK = "both blank"
ALREADY_THE_SAME = "already the same"
STAYS_WHERE_IT_IS = "keeps this edit where it was made"
FILLED_AGAIN = "the field is required, so what was cleared is filled again"
NOT_CLEARED = "the field is required, so a blank does not travel"

Fit = Callable[[FieldRule, Value, Crm], Fitted]
"""How a value would be written on that side."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one side shows of the mapped fields, its half of the base, and when a person edited the record last.

    `edited` is None where the vendor does not tell it, or where its stamp is that of our own write.
    """

    forms: Mapping[str, Value]
    base: Base
    edited: datetime | None = None

    def has_spoken(self, rule: FieldRule, *, is_first_sight: bool) -> bool:
        form = self.forms.get(rule.name)
        return form is not None if is_first_sight else not same(rule, form, self.base[rule.name])


@dataclass(frozen=True, slots=True)
class Outcome:
    """One field, decided: `write` says whose record gets `value`; `agreed` are both halves once that is done.

    A conflict has agreed on nothing: its halves stay where they are until somebody settles it.
    """

    name: str
    rule: str
    agreed: Mapping[Crm, Value] = field(default_factory=dict)
    write: Crm | None = None
    value: Value = None
    before: Value = None
    is_conflict: bool = False


def merge(rules: Sequence[FieldRule], sides: Mapping[Crm, Side], fit: Fit) -> tuple[Outcome, ...]:
    """One outcome per field about which somebody spoke; nothing for the rest."""
    outcomes = (_decide(rule, sides, fit) for rule in rules)
    return tuple(outcome for outcome in outcomes if outcome is not None)


def _decide(rule: FieldRule, sides: Mapping[Crm, Side], fit: Fit) -> Outcome | None:
    is_first_sight = any(rule.name not in side.base for side in sides.values())
    speakers = [crm for crm in Crm if sides[crm].has_spoken(rule, is_first_sight=is_first_sight)]
    if not speakers:
        return _both_blank(rule) if is_first_sight else None
    cleared = next((crm for crm in speakers if sides[crm].forms.get(rule.name) is None), None)
    if rule.required and cleared is not None and sides[cleared.other].forms.get(rule.name) is not None:
        return _required(rule, sides, cleared, fit)
    if len(speakers) > 1:
        return _of_two(rule, sides, fit, is_first_sight=is_first_sight)
    source = speakers[0]
    if rule.direction.allows(source.other):
        return _copy(rule, sides, source, fit, f"{source} spoke")
    # What was there before both met is no edit, so there is nothing to undo.
    if is_first_sight or not rule.put_back:
        return _kept(rule, sides, source)
    return _copy(rule, sides, source.other, fit, f"{source} changed its copy, which is put back")


def _of_two(rule: FieldRule, sides: Mapping[Crm, Side], fit: Fit, *, is_first_sight: bool) -> Outcome:
    asked = rule.first_match if is_first_sight and rule.first_match is not None else rule.policy
    if asked is Policy.REVIEW and rule.direction is Direction.BOTH:
        return _reviewed(rule, sides, fit)
    won = winner(rule, asked, {crm: sides[crm].forms.get(rule.name) for crm in Crm}, _edited(sides))
    if rule.direction.allows(won.crm.other):
        return _copy(rule, sides, won.crm, fit, f"both sides spoke; {won.why}")
    if asked is won.crm:
        # The contract names the side that keeps its value at the first match; it may not travel, so nothing does.
        return _stays(rule, sides, won)
    why = f"both sides spoke; the contract's direction ({rule.direction}) lets only {won.crm.other} be copied"
    return _copy(rule, sides, won.crm.other, fit, why)


def _required(rule: FieldRule, sides: Mapping[Crm, Side], cleared: Crm, fit: Fit) -> Outcome:
    """Whoever else spoke said a value, and a value wins over a blank without asking whose it is."""
    if rule.direction.allows(cleared):
        return _copy(rule, sides, cleared.other, fit, FILLED_AGAIN)
    there = sides[cleared.other].forms.get(rule.name)
    return Outcome(rule.name, NOT_CLEARED, _as_shown(rule, sides), before=there, value=there)


def _edited(sides: Mapping[Crm, Side]) -> dict[Crm, datetime | None]:
    return {crm: side.edited for crm, side in sides.items()}


def _both_blank(rule: FieldRule) -> Outcome:
    """Two blanks agree; from now on filling and clearing are speech."""
    return Outcome(rule.name, BOTH_BLANK, dict.fromkeys(Crm))


def _reviewed(rule: FieldRule, sides: Mapping[Crm, Side], fit: Fit) -> Outcome:
    """Both may have said the same in their own words; then there is nothing to review."""
    there = {crm: sides[crm].forms.get(rule.name) for crm in Crm}
    meant = {crm: fit(rule, there[crm], crm.other) for crm in Crm}
    if any(meant[crm].withheld is None and same(rule, meant[crm].value, there[crm.other]) for crm in Crm):
        return Outcome(rule.name, ALREADY_THE_SAME, there, before=there[rule.owner], value=there[rule.owner])
    return Outcome(rule.name, "both sides spoke; a person says who is right", is_conflict=True)


def _kept(rule: FieldRule, sides: Mapping[Crm, Side], speaker: Crm) -> Outcome:
    """The direction forbids copying, so each side keeps what it shows, and that is now agreed."""
    return Outcome(
        rule.name,
        f"the contract's direction ({rule.direction}) {STAYS_WHERE_IT_IS}",
        _as_shown(rule, sides),
        before=sides[speaker].base.get(rule.name),
        value=sides[speaker].forms.get(rule.name),
    )


def _stays(rule: FieldRule, sides: Mapping[Crm, Side], won: Won) -> Outcome:
    there = sides[won.crm].forms.get(rule.name)
    return Outcome(rule.name, f"both sides spoke; {won.why}", _as_shown(rule, sides), before=there, value=there)


def _as_shown(rule: FieldRule, sides: Mapping[Crm, Side]) -> dict[Crm, Value]:
    return {crm: sides[crm].forms.get(rule.name) for crm in Crm}


def _copy(rule: FieldRule, sides: Mapping[Crm, Side], source: Crm, fit: Fit, why: str) -> Outcome:
    target = source.other
    said, there = sides[source].forms.get(rule.name), sides[target].forms.get(rule.name)
    fitted = fit(rule, said, target)
    obstacle = fitted.withheld or _obstacle(rule, fitted.value, there)
    if obstacle is not None:
        # The side that spoke has been heard; the other keeps its value, and its half moves with it.
        return Outcome(rule.name, obstacle, {source: said, target: there}, before=there, value=there)
    agreed = {source: said, target: fitted.value}
    if same(rule, fitted.value, there):
        return Outcome(rule.name, ALREADY_THE_SAME, {source: said, target: there}, before=there, value=there)
    return Outcome(rule.name, why, agreed, target, fitted.value, there)


def _obstacle(rule: FieldRule, value: Value, there: Value) -> str | None:
    """Why the contract does not let this value replace the one that is there."""
    if there is not None and rule.mode is WriteMode.FILL_BLANK:
        return "fill_blank: there is a value already"
    if rule.mode is WriteMode.CREATE_ONLY:
        return "create_only: the record exists already"
    if rule.type is FieldType.LIFECYCLE and not rule.may_go_back and _goes_back(rule, value, there):
        return "the lifecycle does not go backwards"
    return None


def _goes_back(rule: FieldRule, value: Value, there: Value) -> bool:
    """Both are words of the side that would be written; the order is in Zoho's words."""
    reached, wanted = step(rule, there), step(rule, value)
    return reached is not None and (wanted is None or wanted < reached)
