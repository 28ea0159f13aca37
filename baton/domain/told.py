"""Pieces of a page that is told to people: sections with sentences and a table, and how values are said in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from baton.domain.records import Crm, Module

NAMES: Mapping[Crm, str] = {Crm.ACTIVECAMPAIGN: "ActiveCampaign", Crm.ZOHO: "Zoho"}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is said under it, and a table where there is more than one thing of a kind."""

    title: str
    sentences: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def span(length: timedelta) -> str:
    """A length of time in its largest whole unit."""
    seconds = int(length.total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds and seconds % size == 0:
            return counted(seconds // size, unit)
    return counted(seconds, "second")


def counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def module_name(module: Module) -> str:
    return "ActiveCampaign contacts" if module.crm is Crm.ACTIVECAMPAIGN else f"Zoho {module.name}"


def said(value: object) -> str:
    """Any setting in words: collections item by item, modules by their names."""
    match value:
        case timedelta():
            words = span(value)
        case Module():
            words = module_name(value)
        case bool():
            words = "yes" if value else "no"
        case Mapping():
            words = ", ".join(f"{said(name)}: {said(held)}" for name, held in value.items())
        case frozenset():
            words = ", ".join(sorted(said(each) for each in value))
        case tuple() | list():
            words = ", ".join(said(each) for each in value)
        case _:
            words = str(value)
    return words
