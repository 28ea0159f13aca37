"""People's names: words that stand for no name, and a full name that was typed into one field.

The rule for a full name: the surname is the last word, with the particles before it and the suffix after it.
"""

import re

from baton.domain.values.cleaning import folded

Pair = tuple[str | None, str | None]
"""First name, last name."""

_PLACEHOLDERS = """
unknown; unknown unknown; n/a; n.a.; n.a; #n/a; none; (none); null; nil; undefined; test; test test; xx; xxx; tbd
no name; noname; no first name; no last name; not provided; not available; not applicable; not specified
anonymous; empty; blank; (blank); first name; firstname; last name; lastname; full name; your name
unbekannt; inconnu; desconocido; desconhecido; sconosciuto; onbekend; okänd; ukjent; ukendt; nieznany
"""
_STANDS_FOR_NONE = frozenset(word.strip() for line in _PLACEHOLDERS.splitlines() for word in line.split(";"))
# "Na" and "Nan" are names; the placeholder is written in one case.
_STANDS_FOR_NONE_AS_WRITTEN = frozenset({"na", "NA", "NaN"})
# A personalisation tag that a form or an import never filled in.
_UNFILLED = re.compile(r"%[\w-]+%|\{\{?[^}]*\}\}?|\[[\w -]+\]|<[\w -]+>")
_BEFORE_A_SURNAME = """
af al av bin d' da das de del della den der di do dos du el ibn la las le los st. ten ter van von zu zum zur
"""
_PARTICLES = frozenset(_BEFORE_A_SURNAME.split())
_JOINERS = frozenset({"e", "y"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})


def name(raw: object) -> str | None:
    """The name on one line; None for a blank and for words that stand for none."""
    text = folded(raw)
    if text is None or text in _STANDS_FOR_NONE_AS_WRITTEN or text.casefold() in _STANDS_FOR_NONE:
        return None
    if _UNFILLED.fullmatch(text) or not any(letter.isalnum() for letter in text):
        return None
    return text


def pair(first: object, last: object) -> Pair:
    """Both names read together: a full name in the first name's field is parted, a single name is the last name."""
    return _parted(name(first), name(last))


def _parted(first: str | None, last: str | None) -> Pair:
    if first is None or last is not None:
        return first, last
    given, surname = _split(first)
    if given is None:
        return None, surname
    # A half may turn out to stand for no name ("Ana Unknown"); what is left is read again, and is shorter each time.
    return _parted(name(given), name(surname))


def _split(full: str) -> Pair:
    surname, comma, given = (part.strip() for part in full.partition(","))
    if comma and surname and given and not all(_is_suffix(word) for word in given.split()):
        return given, surname
    words = full.split()
    start = _surname_start(words)
    return " ".join(words[:start]) or None, " ".join(words[start:])


def _surname_start(words: list[str]) -> int:
    start = len(words) - 1
    while start > 0 and _is_suffix(words[start]):
        start -= 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    if start > 1 and words[start - 1] in _JOINERS:
        start -= 2
    # "de Souza" alone is a surname, "Van Morrison" is not.
    return 0 if start == 1 and words[0] in _PARTICLES else start


def _is_suffix(word: str) -> bool:
    return word.replace(".", "").strip(",").casefold() in _SUFFIXES
