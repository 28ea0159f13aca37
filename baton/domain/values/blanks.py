"""What a record gets that must not be without a field: the contract's own words, or something made of the e-mail."""

import re

from baton.domain.contract import FieldRule, FieldType
from baton.domain.identity import looks_like_an_address
from baton.domain.values.cleaning import cleaned, folded
from baton.domain.values.names import name

EMAIL_NAME = "email_name"
EMAIL_DOMAIN = "email_domain"

_BETWEEN_WORDS = re.compile(r"[._\-]+")
_NAME_TYPES = frozenset({FieldType.FIRST_NAME, FieldType.LAST_NAME})


def instead_of_blank(rule: FieldRule, email: str | None) -> str | None:
    """None when the contract names nothing, or when it asks for a part of an e-mail that the person has not got."""
    match rule.when_blank:
        case None:
            return None
        case word if word in (EMAIL_NAME, EMAIL_DOMAIN):
            return _from_address(word, email) if email and looks_like_an_address(email) else None
    return folded(rule.when_blank) if rule.type in _NAME_TYPES else cleaned(rule.when_blank)


def _from_address(part: str, email: str) -> str:
    return email.rpartition("@")[2] if part == EMAIL_DOMAIN else _readable(email)


def _readable(email: str) -> str:
    """`jane.doe+news@…` is Jane Doe; a local part that says nothing ("test", "-") leaves the whole address."""
    local = email.rpartition("@")[0].partition("+")[0]
    words = (word for word in _BETWEEN_WORDS.split(local) if word)
    return name(" ".join(word[0].upper() + word[1:] for word in words)) or email
