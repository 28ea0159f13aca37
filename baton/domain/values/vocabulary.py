"""A word of one crm in the words of the other: the contract's vocabulary, then the choices the field really has."""

from collections.abc import Collection

from baton.domain.contract import FieldRule
from baton.domain.records import Crm


def translated(rule: FieldRule, word: str, target: Crm, choices: Collection[str] | None) -> str | None:
    """The target's word, or its fallback; None when it has neither.

    `choices` are those the target names, None when it names none; then the contract's own words are all that is known.
    """
    known = _words_of(rule, target) if choices is None else choices
    theirs = counterpart(rule, word, target)
    if not known or theirs in known:
        return theirs
    fallback = rule.fallback if target is Crm.ZOHO else None
    return fallback if choices is None or fallback in choices else None


def counterpart(rule: FieldRule, word: str, target: Crm) -> str:
    """The word that the contract gives it there, whether or not the target has it."""
    if target is Crm.ZOHO:
        return rule.vocabulary.get(word, word)
    # Several words of ActiveCampaign may share one of Zoho; the first one named is the way back.
    return next((ours for ours, theirs in rule.vocabulary.items() if theirs == word), word)


def _words_of(rule: FieldRule, target: Crm) -> Collection[str]:
    if target is Crm.ZOHO:
        return rule.order or set(rule.vocabulary.values())
    return set(rule.vocabulary)
