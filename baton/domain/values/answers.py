"""Yes and no: a real one in Zoho, a word in ActiveCampaign, whose fields know no other."""

from collections.abc import Collection, Mapping

from baton.domain.values.cleaning import folded

_YES = frozenset({"yes", "true", "1", "on", "y"})
_NO = frozenset({"no", "false", "0", "off", "n"})


def answer(raw: object, vocabulary: Mapping[str, str]) -> bool | str | None:
    """The answer, None for a blank; a word that is neither stays as it is, for a person to see."""
    if isinstance(raw, bool):
        return raw
    text = folded(raw)
    if text is None:
        return None
    named = {ours.casefold(): theirs for ours, theirs in vocabulary.items()}
    said = named.get(text.casefold(), text).casefold()
    return True if said in _YES else False if said in _NO else text


def word_for(is_yes: bool, vocabulary: Mapping[str, str], choices: Collection[str] | None) -> str | None:
    """ActiveCampaign's word: the contract's, else one of the field's choices, else Yes or No.

    None where the field has no word for a no: a box that is not ticked.
    """
    named = (ours for ours in vocabulary if answer(ours, vocabulary) is is_yes)
    if choices is None:
        return next(named, "Yes" if is_yes else "No")
    fitting = (choice for choice in choices if answer(choice, vocabulary) is is_yes)
    return next((word for word in named if word in choices), next(fitting, None))
