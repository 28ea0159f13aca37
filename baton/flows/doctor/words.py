"""Whether Zoho's picklists know the words that the contract would write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from baton.domain.consent import Status
from baton.domain.contract import Contract, FieldRule, FieldType, Schema
from baton.domain.records import CONTACT, Crm, Module
from baton.domain.values.vocabulary import translated
from baton.flows.doctor.findings import CONTRACT, Finding

_WORDS = frozenset({FieldType.PICKLIST, FieldType.LIFECYCLE, FieldType.CONSENT})


def check_words(contract: Contract, schemas: Mapping[Module, Schema]) -> Iterator[Finding]:
    for rule in contract.rules:
        if rule.type in _WORDS and rule.direction.allows(Crm.ZOHO):
            ours = _choices(rule, CONTACT, schemas)
            where = (CONTRACT, "fields", rule.name)
            yield from (replace(found, where=(*where, "vocabulary")) for found in _unknown_here(rule, ours))
            for module in contract.zoho_modules:
                theirs = _choices(rule, module, schemas)
                if theirs is not None:
                    yield replace(_check(rule, module, ours or (), theirs), where=where)


def _choices(rule: FieldRule, module: Module, schemas: Mapping[Module, Schema]) -> tuple[str, ...] | None:
    field = schemas.get(module, {}).get(rule.places.get(module, ""))
    return None if field is None else field.choices


def _check(rule: FieldRule, module: Module, ours: Sequence[str], theirs: Sequence[str]) -> Finding:
    place = rule.places[module]
    check = f"Zoho: {place} of {module.name} knows the words of {rule.name}"
    lacking = [word for word in _named(rule) if word not in theirs]
    if lacking:
        advice = f"Add to the list in Setup › Modules and Fields › {module.name}, or correct contract.yaml."
        return Finding(check, False, f"it does not know {_quoted(lacking)}", advice)
    if rule.type is FieldType.CONSENT:
        return Finding(check, True, "all of them")
    withheld = [word for word in ours if translated(rule, word, Crm.ZOHO, theirs) is None]
    if withheld:
        advice = f"Give {rule.name} a fallback in contract.yaml, or name their words in its vocabulary."
        return Finding(check, None, f"{_quoted(withheld)} would be left out, and said so", advice)
    return Finding(check, True, _fallen_back(rule, ours, theirs) or "all of them")


def _named(rule: FieldRule) -> list[str]:
    """The words of Zoho that the contract itself would write."""
    if rule.type is FieldType.CONSENT:
        return [status.value for status in Status]
    fallback = [] if rule.fallback is None else [rule.fallback]
    return list(dict.fromkeys([*rule.order, *rule.vocabulary.values(), *fallback]))


def _fallen_back(rule: FieldRule, ours: Sequence[str], theirs: Sequence[str]) -> str:
    fallen = [word for word in ours if rule.vocabulary.get(word, word) not in theirs]
    return f'{_quoted(fallen)} → "{rule.fallback}"' if fallen else ""


def _unknown_here(rule: FieldRule, ours: Sequence[str] | None) -> Iterator[Finding]:
    """A vocabulary entry for a word that nobody can choose is most likely misspelt."""
    unknown = [word for word in rule.vocabulary if ours is not None and word not in ours]
    if unknown:
        place = rule.places[CONTACT]
        check = f"ActiveCampaign: {place} has the words of the vocabulary"
        yield Finding(
            check, None, f"it has no {_quoted(unknown)}", f"Correct the vocabulary of {rule.name}, or leave it."
        )


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)
