"""The contract as the decisions need it: which field is which, its type, direction, owner and vocabulary.

How it is written in YAML, and what is refused there, is known by `config`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from baton.domain.conditions import Condition
from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm, Module, Seen

OF_DEAL = "deal."
"""How a place begins that is a field of the contact's last deal; such a place is only read."""


class FieldType(StrEnum):
    TEXT = "text"
    EMAIL = "email"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PHONE = "phone"
    PICKLIST = "picklist"
    LIFECYCLE = "lifecycle"
    MULTI_CHOICE = "multi_choice"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    NUMBER = "number"
    MONEY = "money"
    CONSENT = "consent"
    OWNER = "owner"


class Direction(StrEnum):
    """Which way a value may travel."""

    TO_ZOHO = "activecampaign → zoho"
    TO_ACTIVECAMPAIGN = "zoho → activecampaign"
    BOTH = "both"

    def allows(self, target: Crm) -> bool:
        match self:
            case Direction.TO_ZOHO:
                return target is Crm.ZOHO
            case Direction.TO_ACTIVECAMPAIGN:
                return target is Crm.ACTIVECAMPAIGN
        return True


class WriteMode(StrEnum):
    ALWAYS = "always"
    FILL_BLANK = "fill_blank"
    CREATE_ONLY = "create_only"


class Policy(StrEnum):
    """Who decides when both sides changed a field and disagree."""

    OWNER = "owner"
    NEWEST = "newest"
    MOST_RESTRICTIVE = "most_restrictive"
    REVIEW = "review"


Winner = Policy | Crm
"""Who decides when two records meet for the first time: a policy, or one side by its name."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One line of the contract.

    places      the field's name per module: ActiveCampaign's own keys (`email`, `firstName`), `fields.PERSTAG` for a
                custom field, the word `consent`; Zoho's API names, `deal.Stage` for a field of the last deal. A module
                that is not named does not take part.
    vocabulary  for picklists and the lifecycle: ActiveCampaign's word → Zoho's word. Empty: the words are the same.
    fallback    Zoho's word for a value that has none of its own; None: such a value is withheld.
    when_blank  what a record gets that must not be without the field (Zoho's Company).
    order       for the lifecycle: Zoho's words from first to last; for most_restrictive: from free to restricted.
    put_back    an edit of the copy is undone (the consent status is read-only in Zoho).
    required    nobody is created without it, and clearing it on one side does not clear it on the other.
    policy      who decides when both sides spoke and disagree: the owner, the record that was edited last, the more
                restrictive word, or a person who reviews the conflict.
    first_match who decides instead when both records had a value before they met; None: the policy.
    """

    name: str
    type: FieldType
    places: Mapping[Module, str]
    direction: Direction = Direction.TO_ZOHO
    owner: Crm = Crm.ACTIVECAMPAIGN
    policy: Policy = Policy.OWNER
    first_match: Winner | None = None
    mode: WriteMode = WriteMode.ALWAYS
    vocabulary: Mapping[str, str] = field(default_factory=dict)
    fallback: str | None = None
    when_blank: str | None = None
    order: tuple[str, ...] = ()
    may_go_back: bool = False
    put_back: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records of one side take part: all of `only_if` must hold and none of `unless`."""

    only_if: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Pilot:
    """The only people who are written about. `people` holds addresses, `@domain`s and refs."""

    tag: str | None = None
    list_id: str | None = None
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Placing:
    """A rule of placement: people of whom all conditions hold are created in this module."""

    only_if: tuple[Condition, ...]
    module: Module


@dataclass(frozen=True, slots=True)
class Consent:
    """Where Zoho keeps an opt-out, and what proves an opt-in.

    opt_out  the yes/no field per module; a module that is not named has none.
    left_by  the field per module in which Zoho notes how somebody left; read only, anything in it is an opt-out.
    forms    ActiveCampaign forms by which a subscription is the person's own act.
    """

    opt_out: Mapping[Module, str] = field(default_factory=dict)
    left_by: Mapping[Module, str] = field(default_factory=dict)
    forms: frozenset[str] = frozenset()

    def places(self, module: Module) -> tuple[str, ...]:
        """What has to be read of this module."""
        return tuple(places[module] for places in (self.opt_out, self.left_by) if module in places)


@dataclass(frozen=True, slots=True)
class Contract:
    """The whole agreement of one connection.

    placement           where a person new to Zoho is created of whom no rule of `placings` says otherwise.
    placings            rules about that, asked in order, by what the contact shows.
    filters, pilot      who takes part.
    guard               how many writes of a risky kind an hour may bring before they are held; see `guard`.
    direction           which way people travel; a field's own direction can only narrow it.
    activecampaign_id   the Zoho field (unique there) that holds the ActiveCampaign id.
    zoho_id             the ActiveCampaign custom field (`fields.ZOHO_ID`) that holds the Zoho id; None: it is not kept.
    refused_addresses   placeholder e-mails: `name@` refuses the local part, `@domain` the domain, else the whole one.
    default_region      ISO 3166 code for phones of records whose country is unknown.
    country_places      where each module keeps the country.
    settling            how long a changed record of a module must be quiet before it is decided; not named: not at all.
    """

    rules: tuple[FieldRule, ...]
    placement: Module = LEADS
    direction: Direction = Direction.TO_ZOHO
    activecampaign_id: str = "ActiveCampaign_ID"
    zoho_id: str | None = None
    refused_addresses: frozenset[str] = frozenset()
    default_region: str | None = None
    country_places: Mapping[Module, str] = field(default_factory=dict)
    consent_lists: frozenset[str] = frozenset()
    consent: Consent = Consent()
    placings: tuple[Placing, ...] = ()
    filters: Mapping[Crm, Filter] = field(default_factory=dict)
    pilot: Pilot | None = None
    guard: Mapping[str, int] = field(default_factory=dict)
    settling: Mapping[Module, timedelta] = field(default_factory=dict)

    def rules_of(self, type_: FieldType, module: Module) -> tuple[FieldRule, ...]:
        return tuple(rule for rule in self.rules if rule.type is type_ and module in rule.places)

    def several(self, module: Module) -> frozenset[str]:
        """Fields of this module that hold several choices."""
        return frozenset(rule.places[module] for rule in self.rules_of(FieldType.MULTI_CHOICE, module))

    def rules_of_type(self, type_: FieldType) -> tuple[FieldRule, ...]:
        return tuple(rule for rule in self.rules if rule.type is type_)

    def rules_for(self, left: Module, right: Module) -> tuple[FieldRule, ...]:
        return tuple(rule for rule in self.rules if left in rule.places and right in rule.places)

    @property
    def email_places(self) -> Mapping[Module, str]:
        """Where each module keeps the address that a person is known by."""
        return next((rule.places for rule in self.rules if rule.type is FieldType.EMAIL), {})

    @property
    def zoho_modules(self) -> tuple[Module, ...]:
        """The modules in which a person may be found, the one that is primary in a collision first."""
        return (CONTACTS, LEADS)

    def placement_of(self, contact: Seen) -> Module:
        """Where this person is created in Zoho."""
        fitting = (each.module for each in self.placings if all(cond.holds(contact) for cond in each.only_if))
        return next(fitting, self.placement)

    def watched(self, module: Module) -> tuple[str, ...]:
        """Places beside the fields that decide who takes part, and where somebody is created."""
        conditions = [cond for filter_ in self.filters.values() for cond in (*filter_.only_if, *filter_.unless)]
        conditions += [cond for placing in self.placings for cond in placing.only_if]
        places = [cond.places[module] for cond in conditions if module in cond.places]
        if module == CONTACT and self.pilot is not None:
            places += [name for name, asked in (("tags", self.pilot.tag), ("lists", self.pilot.list_id)) if asked]
        return tuple(dict.fromkeys(places))

    @property
    def modules(self) -> tuple[Module, ...]:
        return (CONTACT, *self.zoho_modules)

    @property
    def deal_fields(self) -> tuple[str, ...]:
        """The fields of the last deal that the contract shows, by their names in Deals."""
        places = (place for rule in self.rules for place in rule.places.values())
        return tuple(dict.fromkeys(place.removeprefix(OF_DEAL) for place in places if place.startswith(OF_DEAL)))


@dataclass(frozen=True, slots=True)
class FieldSchema:
    """What a vendor says of one field: enough to know beforehand what it would refuse.

    `id` stays when a field is renamed, and is another one when it is deleted and made anew.
    """

    name: str
    type: str
    is_writable: bool = True
    is_unique: bool = False
    is_mandatory: bool = False
    length: int | None = None
    choices: tuple[str, ...] | None = None
    id: str | None = field(default=None, compare=False)


Schema = Mapping[str, FieldSchema]
Schemas = Mapping[Module, Schema]
