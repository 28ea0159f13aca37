"""How alike two texts are: rapidfuzz's token sort, so that "Berg, Anna" and "Anna Berg" are one."""

from rapidfuzz import fuzz


def alike(one: str, other: str) -> float:
    return float(fuzz.token_sort_ratio(one.replace(",", " "), other.replace(",", " ")))
