"""Which keys suit which type of field, and whether the words of a vocabulary, an order and a fallback agree."""

from collections import Counter
from collections.abc import Iterator, Mapping

from baton.domain.contract import Direction, FieldType, Policy
from baton.domain.records import Crm
from config.policy.document import Document
from config.policy.written_contract import WrittenField
from config.problems import Problem, did_you_mean

_WORDS = (FieldType.PICKLIST, FieldType.LIFECYCLE)
_TEXTS = (FieldType.TEXT, FieldType.FIRST_NAME, FieldType.LAST_NAME, FieldType.PICKLIST)
_SUITS: Mapping[str, tuple[FieldType, ...]] = {
    "vocabulary": (*_WORDS, FieldType.MULTI_CHOICE, FieldType.BOOLEAN),
    "fallback": (*_WORDS, FieldType.MULTI_CHOICE),
    "order": _WORDS,
    "may_go_back": (FieldType.LIFECYCLE,),
    "when_blank": _TEXTS,
}


def word_problems(name: str, field: WrittenField, direction: Direction, document: Document) -> Iterator[Problem]:
    yield from _unsuited(name, field, document)
    yield from _no_way_back(name, field, direction, document)
    yield from _cannot_restrict(name, field, document)
    yield from _no_answer(name, field, document)
    if field.type is FieldType.LIFECYCLE or field.order:
        yield from _out_of_order(name, field, document)


def _no_answer(name: str, field: WrittenField, document: Document) -> Iterator[Problem]:
    if field.type is not FieldType.BOOLEAN:
        return
    for ours, theirs in field.vocabulary.items():
        if theirs not in ("yes", "no"):
            yield document.problem(("fields", name, "vocabulary", ours), "stands for yes or no.", f"Write: {ours}: yes")


def _cannot_restrict(name: str, field: WrittenField, document: Document) -> Iterator[Problem]:
    """Of two words the more restrictive one can only be told by an order."""
    for key in ("policy", "first_match"):
        if getattr(field, key) == Policy.MOST_RESTRICTIVE.value and not field.order:
            text = "needs Zoho's words in order, from free to restricted."
            yield document.problem(("fields", name, key), text, "Write: order: [May be called, Do not call]")
    if field.type is FieldType.PICKLIST and field.order and not _restricts(field):
        text = "means something for a picklist only with the policy most_restrictive."
        yield document.problem(("fields", name, "order"), text, "Write: policy: most_restrictive, or take it out.")


def _restricts(field: WrittenField) -> bool:
    return Policy.MOST_RESTRICTIVE.value in (field.policy, field.first_match)


def _unsuited(name: str, field: WrittenField, document: Document) -> Iterator[Problem]:
    for key, types in _SUITS.items():
        if getattr(field, key) and field.type not in types:
            yield document.problem(
                ("fields", name, key),
                f"means nothing for a field of type {field.type}.",
                f"It is for: {', '.join(types)}.",
            )


def _no_way_back(name: str, field: WrittenField, direction: Direction, document: Document) -> Iterator[Problem]:
    """Several words may become one on the way to Zoho; where the value also travels back, nobody knows which it was."""
    if not direction.allows(Crm.ACTIVECAMPAIGN):
        return
    shared = [word for word, times in Counter(field.vocabulary.values()).items() if times > 1]
    for ours, theirs in field.vocabulary.items():
        if theirs in shared:
            text = f'several words become "{theirs}", so the way back is not known.'
            yield document.problem(("fields", name, "vocabulary", ours), text, "Give each word its own.")


def _out_of_order(name: str, field: WrittenField, document: Document) -> Iterator[Problem]:
    here = ("fields", name)
    if not field.order:
        yield document.missing(
            (*here, "order"), "A lifecycle needs Zoho's words from first to last: [Subscriber, MQL]."
        )
        return
    for position, word in enumerate(field.order):
        if word in field.order[:position]:
            yield document.problem((*here, "order", position), f'"{word}" stands in the order twice.', "Keep one.")
    for ours, theirs in field.vocabulary.items():
        if theirs not in field.order:
            text = f'"{theirs}" is not a word of the order.'
            yield document.problem((*here, "vocabulary", ours), text, did_you_mean(theirs, field.order))
    if field.fallback is not None and field.fallback not in field.order:
        text = f'"{field.fallback}" is not a word of the order.'
        yield document.problem((*here, "fallback"), text, did_you_mean(field.fallback, field.order))
