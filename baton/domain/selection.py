"""Which fields of each Zoho module are read: what the contract maps, and what keys, consent, filters and plays ask."""

from collections.abc import Mapping, Sequence

from baton.domain.contract import OF_DEAL, Contract
from baton.domain.plays import Play, asked_places
from baton.domain.records import LEADS, Module
from baton.domain.sla import ClockRule, touch_places

MOST = 50
"""Zoho gives at most so many fields in one read. (Vendor's page on Get Records; the same holds for COQL.)"""
OWN = ("id", "Modified_Time", "Modified_By", "Created_Time", "Owner")
"""Read of every record, whatever the contract says."""
OWN_OF_LEADS = ("Converted__s", "Converted_Contact")
"""A converted lead vanishes from lists, keeps its id and names its contact here."""


def own(module: Module) -> tuple[str, ...]:
    return (*OWN, *OWN_OF_LEADS) if module == LEADS else OWN


def wanted(
    contract: Contract, plays: Sequence[Play], clock_rules: Sequence[ClockRule]
) -> Mapping[Module, tuple[str, ...]]:
    """The API names each module of people is read with, beside its own."""
    return {module: _of(module, contract, plays, clock_rules) for module in contract.zoho_modules}


def _of(module: Module, contract: Contract, plays: Sequence[Play], clock_rules: Sequence[ClockRule]) -> tuple[str, ...]:
    places = [
        contract.activecampaign_id,
        *(place for where, place in contract.country_places.items() if where == module),
        *contract.consent.places(module),
        *contract.watched(module),
        *asked_places(plays, module),
        *touch_places(clock_rules, module),
        *(rule.places[module] for rule in contract.rules if module in rule.places),
    ]
    return tuple(dict.fromkeys(place for place in places if not place.startswith(OF_DEAL)))
