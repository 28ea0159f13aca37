"""A contract under standing rulings: fields for review of which a person has said once who is always right."""

from collections.abc import Mapping
from dataclasses import replace

from baton.domain.contract import Contract, FieldRule, Policy
from baton.domain.records import Crm


def ruled(contract: Contract, winners: Mapping[str, Crm]) -> Contract:
    """A ruling about a field that the contract does not leave to a person says nothing: the contract does."""
    if not winners:
        return contract
    return replace(contract, rules=tuple(_ruled(rule, winners.get(rule.name)) for rule in contract.rules))


def _ruled(rule: FieldRule, winner: Crm | None) -> FieldRule:
    if winner is None or Policy.REVIEW not in (rule.policy, rule.first_match):
        return rule
    first = winner if rule.first_match is Policy.REVIEW else rule.first_match
    if rule.policy is not Policy.REVIEW:
        return replace(rule, first_match=first)
    return replace(rule, owner=winner, policy=Policy.OWNER, first_match=first)
