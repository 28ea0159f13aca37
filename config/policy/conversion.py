"""A written contract as the domain's values. It is sound already; nothing is judged here."""

from collections.abc import Mapping
from datetime import timedelta

from baton.domain.conditions import Condition
from baton.domain.contract import Consent, Contract, FieldRule, FieldType, Filter, Pilot, Placing, Policy, Winner
from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm, Module
from config.policy.written_contract import (
    Country,
    People,
    Settling,
    WrittenContract,
    WrittenField,
    WrittenGuard,
    directed,
)
from config.policy.written_parts import WrittenOfContact, WrittenOfRecord, WrittenPilot
from config.policy.written_places import zoho_places


def contract_of(written: WrittenContract, default_region: str | None) -> Contract:
    people = written.people
    return Contract(
        rules=tuple(_rule(name, field, written) for name, field in written.fields.items()),
        placement=Module(Crm.ZOHO, people.placement),
        direction=written.direction,
        activecampaign_id=people.activecampaign_id,
        zoho_id=people.zoho_id,
        refused_addresses=frozenset(address.lower() for address in people.refused_addresses),
        default_region=default_region,
        country_places=_country_places(people.country),
        consent_lists=frozenset(people.consent_lists),
        placings=tuple(
            Placing(tuple(_of_contact(each) for each in rule.only_if), Module(Crm.ZOHO, rule.to))
            for rule in people.placement_rules
        ),
        filters=_filters(people),
        pilot=None if people.pilot is None else _pilot(people.pilot),
        guard=_guard(written.guard),
        consent=Consent(
            opt_out=_zoho(zoho_places(written.consent.opt_out)),
            left_by=_zoho(zoho_places(written.consent.left_by)),
            forms=frozenset(written.consent.evidence_forms),
        ),
        settling=_settling(people.settle_seconds),
    )


def _rule(name: str, field: WrittenField, contract: WrittenContract) -> FieldRule:
    return FieldRule(
        name=name,
        type=field.type,
        places={CONTACT: field.activecampaign, **_zoho(zoho_places(field.zoho))},
        direction=directed(field, contract),
        owner=field.owner,
        policy=field.policy,
        first_match=_winner(_first_match(field, contract)),
        mode=field.mode,
        vocabulary=dict(field.vocabulary),
        fallback=field.fallback,
        when_blank=field.when_blank,
        order=field.order,
        may_go_back=field.may_go_back,
        put_back=field.put_back,
        required=field.required,
    )


def _first_match(field: WrittenField, contract: WrittenContract) -> str | None:
    """The contract's own word is not for what is read-only in Zoho, nor for what is never loosened."""
    is_kept = field.put_back or field.type is FieldType.CONSENT or field.policy is Policy.MOST_RESTRICTIVE
    return field.first_match or (None if is_kept else contract.first_match)


def _winner(word: str | None) -> Winner | None:
    if word is None:
        return None
    return Crm(word) if word in tuple(Crm) else Policy(word)


def _filters(people: People) -> dict[Crm, Filter]:
    ours, theirs = people.filters.activecampaign, people.filters.zoho
    filters = {
        Crm.ACTIVECAMPAIGN: Filter(
            tuple(_of_contact(each) for each in ours.only_if), tuple(_of_contact(each) for each in ours.unless)
        ),
        Crm.ZOHO: Filter(
            tuple(_of_record(each) for each in theirs.only_if), tuple(_of_record(each) for each in theirs.unless)
        ),
    }
    return {crm: filter_ for crm, filter_ in filters.items() if filter_ != Filter()}


def _of_contact(written: WrittenOfContact) -> Condition:
    return Condition({CONTACT: written.field}, frozenset(written.any_of))


def _of_record(written: WrittenOfRecord) -> Condition:
    return Condition(_zoho(zoho_places(written.field)), frozenset(written.any_of))


def _pilot(written: WrittenPilot) -> Pilot:
    people = (each if ":" in each else each.casefold() for each in written.people)
    return Pilot(written.tag, written.list, frozenset(people))


def _guard(written: WrittenGuard) -> dict[str, int]:
    most = {
        "create": written.creates,
        "clear": written.clears,
        "owner": written.owner_changes,
        "opt_in": written.opt_ins,
    }
    return {risk: count for risk, count in most.items() if count is not None}


def _settling(written: Settling) -> dict[Module, timedelta]:
    seconds = {CONTACT: written.activecampaign, LEADS: written.leads, CONTACTS: written.contacts}
    return {module: timedelta(seconds=wait) for module, wait in seconds.items() if wait}


def _zoho(places: Mapping[str, str]) -> dict[Module, str]:
    return {Module(Crm.ZOHO, module): place for module, place in places.items()}


def _country_places(country: Country) -> dict[Module, str]:
    ours = {} if country.activecampaign is None else {CONTACT: country.activecampaign}
    return {**ours, **_zoho(zoho_places(country.zoho))}
