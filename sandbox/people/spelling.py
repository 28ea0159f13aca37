"""Turning names into the letters an address may hold."""

import re
import unicodedata

LETTERS = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "ł": "l", "Ł": "L", "ø": "o"})
NOT_ALLOWED = re.compile(r"[^a-z0-9]+")


def slug(text: str, joint: str = "-") -> str:
    """Lower-case ASCII letters and digits; empty when the script has none."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(LETTERS)).encode("ascii", "ignore").decode()
    return NOT_ALLOWED.sub(joint, plain.replace("'", "")).strip(joint)
