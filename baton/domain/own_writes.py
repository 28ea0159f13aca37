"""Our last write of a record, as it is remembered beside the base: the version it made, and the fields it set."""

from collections.abc import Iterable
from datetime import datetime


def remembered(version: datetime, fields: Iterable[str]) -> str:
    return " ".join((version.isoformat(), *sorted(fields)))


def fields_set(written: str | None, version: datetime) -> frozenset[str]:
    """What our write set in the record as it is at this version; nothing when it was edited since."""
    _, _, fields = (written or "").partition(" ")
    return frozenset(fields.split()) if made_version(written, version) else frozenset()


def made_version(written: str | None, version: datetime) -> bool:
    """Whether the record's stamp is that of our own write."""
    return (written or "").partition(" ")[0] == version.isoformat()
