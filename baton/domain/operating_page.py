"""The one-page operating document of an integration, as sections of values: contract, plays, clocks and streams.

How it looks (Markdown, plain text, JSON) is known by the console.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import timedelta

from baton.domain.contract import Contract, Direction, FieldRule, FieldType, Policy
from baton.domain.operating_people import consent, guard, taking_part
from baton.domain.operating_triggers import triggers
from baton.domain.plays import Play
from baton.domain.records import CONTACT, Crm, Stream
from baton.domain.sla import ClockRule
from baton.domain.told import NAMES, Section, module_name, said
from baton.domain.troubleshooting import troubleshooting

_MAPPING = ("field", "ActiveCampaign", "Zoho", "type", "direction", "owner", "policy", "mode", "words and blanks")
# What the page says in its own words. Any other key that is set stands under "Other settings", so none is forgotten.
_TOLD_OF_CONTRACT = frozenset(
    {"rules", "placement", "direction", "activecampaign_id", "zoho_id", "refused_addresses", "default_region"}
    | {"country_places", "consent_lists", "settling", "consent", "placings", "filters", "pilot", "guard"}
)
_TOLD_OF_FIELDS = frozenset(
    {"name", "type", "places", "direction", "owner", "policy", "first_match", "mode", "vocabulary", "fallback"}
    | {"when_blank", "order", "may_go_back", "put_back", "required"}
)
_TOLD = _TOLD_OF_CONTRACT | _TOLD_OF_FIELDS
_WAYS = {
    Direction.BOTH: "People travel both ways.",
    Direction.TO_ZOHO: "People travel from ActiveCampaign to Zoho only.",
    Direction.TO_ACTIVECAMPAIGN: "People travel from Zoho to ActiveCampaign only.",
}


@dataclass(frozen=True, slots=True)
class Operated:
    """All that the page is made of."""

    connection: str
    contract: Contract
    plays: Sequence[Play] = ()
    clocks: Sequence[ClockRule] = ()
    cadences: Mapping[Stream, timedelta] = field(default_factory=dict)


def page(operated: Operated) -> tuple[Section, ...]:
    contract = operated.contract
    return (
        _ownership(contract),
        Section("Mapping", columns=_MAPPING, rows=tuple(_row(rule, contract) for rule in contract.rules)),
        *_other_settings(contract),
        taking_part(contract),
        _identity(contract),
        consent(contract),
        guard(contract),
        _never_touched(contract),
        *triggers(operated.plays, operated.clocks, operated.cadences),
        troubleshooting(),
    )


def _ownership(contract: Contract) -> Section:
    owned = {crm: [rule.name for rule in contract.rules if _decides(rule) is crm] for crm in Crm}
    shared = [rule for rule in contract.rules if _decides(rule) is None]
    rows = [(NAMES[crm], ", ".join(names)) for crm, names in owned.items() if names]
    rows += [(_policy(rule), rule.name) for rule in shared]
    sentences = (
        _WAYS[contract.direction],
        (
            "A field that only one side changed is copied, as far as its direction allows. Who decides when both "
            "changed it, or where only one of them may be copied:"
        ),
    )
    return Section("Who owns what", sentences, ("who decides", "fields"), tuple(rows))


def _decides(rule: FieldRule) -> Crm | None:
    """The side whose word holds; None where no side as such does."""
    match rule.direction:
        case Direction.TO_ZOHO:
            return Crm.ACTIVECAMPAIGN
        case Direction.TO_ACTIVECAMPAIGN:
            return Crm.ZOHO
    return rule.owner if rule.policy is Policy.OWNER else None


def _row(rule: FieldRule, contract: Contract) -> tuple[str, ...]:
    return (
        rule.name,
        rule.places.get(CONTACT, ""),
        _zoho_place(rule, contract),
        str(rule.type).replace("_", " "),
        str(rule.direction),
        NAMES[_decides(rule) or rule.owner],
        _policy(rule),
        str(rule.mode),
        "; ".join(_words(rule)),
    )


def _zoho_place(rule: FieldRule, contract: Contract) -> str:
    places = {module: rule.places[module] for module in contract.zoho_modules if module in rule.places}
    if len(places) == len(contract.zoho_modules) and len(set(places.values())) == 1:
        return next(iter(places.values()))
    return ", ".join(f"{module.name}: {place}" for module, place in places.items())


def _policy(rule: FieldRule) -> str:
    words = {
        Policy.OWNER: "the owner",
        Policy.NEWEST: "the record edited last",
        Policy.MOST_RESTRICTIVE: "the more restrictive word",
        Policy.REVIEW: "a person (baton conflicts)",
    }
    first = rule.first_match
    if first is None or first is rule.policy:
        return words[rule.policy]
    winner = NAMES[first] if isinstance(first, Crm) else words[first]
    return f"{words[rule.policy]}; at the first match {winner}"


def _words(rule: FieldRule) -> Iterator[str]:
    yield from (f"{ours} = {theirs}" for ours, theirs in rule.vocabulary.items())
    if rule.fallback is not None:
        yield f"otherwise {rule.fallback}"
    if rule.order:
        yield f"order {' < '.join(rule.order)}"
    if rule.type is FieldType.LIFECYCLE:
        yield "may go back" if rule.may_go_back else "never goes back"
    if rule.when_blank is not None:
        yield f"blank becomes {rule.when_blank}"
    if rule.put_back:
        yield "an edit of the copy is undone"
    if rule.required:
        yield "required"


def _other_settings(contract: Contract) -> Iterator[Section]:
    rows = [("the contract", name, value) for name, value in _unspoken(contract)]
    rows += [(rule.name, name, value) for rule in contract.rules for name, value in _unspoken(rule)]
    if rows:
        yield Section("Other settings", columns=("of", "key", "value"), rows=tuple(rows))


def _unspoken(settings: Contract | FieldRule) -> Iterator[tuple[str, str]]:
    for each in fields(settings):
        value = getattr(settings, each.name)
        usual = each.default_factory() if each.default_factory is not MISSING else each.default
        if each.name not in _TOLD and value != usual:
            yield each.name, said(value)


def _identity(contract: Contract) -> Section:
    refused = said(contract.refused_addresses) or "none but blanks"
    settling = {module: length for module, length in contract.settling.items() if length}
    sentences = (
        (
            "A person is known by what somebody ruled, then by the id of the other side that a record carries, then by "
            "the e-mail address. The first key that both records have decides; several candidates are left to a person."
        ),
        f"Zoho keeps the ActiveCampaign id in {contract.activecampaign_id}"
        + (f"; ActiveCampaign keeps the Zoho id in {contract.zoho_id}." if contract.zoho_id else "."),
        (
            f"Of a Lead and a Contact with one address the record in {contract.zoho_modules[0].name} is the primary "
            "one and the other an alias."
        ),
        f"Addresses that stand for nobody: {refused}.",
        f"Phone numbers without a country are read by {_country(contract)}.",
        f"Records that are quiet before they are decided: {said(settling)}."
        if settling
        else "A changed record is decided at once.",
    )
    return Section("Who is who", sentences)


def _country(contract: Contract) -> str:
    places = ", ".join(f"{place} of {module_name(module)}" for module, place in contract.country_places.items())
    last = f"as numbers of {contract.default_region}" if contract.default_region else "not at all"
    return f"the country in {places}, else {last}" if places else f"no field, so {last}"


def _never_touched(contract: Contract) -> Section:
    there = {
        crm: [rule.name for rule in contract.rules if not rule.direction.allows(crm) or _is_read_only(rule, crm)]
        for crm in Crm
    }
    sentences = (
        "Any field that the mapping does not name, in either account.",
        *(f"In {NAMES[crm]}: {', '.join(names)}." for crm, names in there.items() if names),
        "Tags, and subscriptions but for taking off who opted out; no record is ever deleted or merged by itself.",
        "The last deal is read, never written." if contract.deal_fields else "Deals are not read.",
    )
    return Section("What is never touched", sentences)


def _is_read_only(rule: FieldRule, crm: Crm) -> bool:
    return rule.type is FieldType.CONSENT and crm is Crm.ACTIVECAMPAIGN
