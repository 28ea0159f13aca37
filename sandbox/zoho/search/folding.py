"""How the index sees texts: in lower case, with special characters all alike; of phone numbers, the digits."""

import re

_SPECIAL = re.compile(r"[^\w@.]+|_")
_NO_DIGIT = re.compile(r"\D")


def folded(value: object) -> str:
    return _SPECIAL.sub(" ", str(value).lower()).strip()


def digits(value: object) -> str:
    return _NO_DIGIT.sub("", str(value))
