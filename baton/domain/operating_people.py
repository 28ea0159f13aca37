"""The operating document's sections on who takes part, what an opt-out does, and which waves are held."""

from collections.abc import Iterator, Mapping

from baton.domain.consent import Status
from baton.domain.contract import Contract, FieldType, Pilot
from baton.domain.records import Crm, Module
from baton.domain.told import NAMES, Section, said

_STATUSES = ", ".join(status.value for status in sorted(Status, key=lambda status: -status.restriction))
_RISKS = {
    "create": "new records",
    "clear": "values that become blank",
    "owner": "owners shown otherwise",
    "opt_in": "opt-outs that are lifted",
}


def taking_part(contract: Contract) -> Section:
    return Section("Who takes part", tuple(_parts(contract)))


def consent(contract: Contract) -> Section:
    lists = f"the lists {said(contract.consent_lists)}" if contract.consent_lists else "all lists"
    shown = contract.rules_of_type(FieldType.CONSENT)
    return Section(
        "Consent",
        (
            (
                "The status of a person is the most restrictive one of all their records, in ActiveCampaign over "
                f"{lists}: {_STATUSES}."
            ),
            *(
                f"Zoho shows it in {_places(rule.places)}"
                + ("; an edit of it there is undone." if rule.put_back else ".")
                for rule in shown
            ),
            *([] if shown else ["Zoho does not show it."]),
            *_opt_outs(contract),
            "Baton puts nobody on a list. An opt-out is lifted by the person's own newer opt-in alone.",
        ),
    )


def guard(contract: Contract) -> Section:
    rows = tuple((_RISKS.get(risk, risk), str(most)) for risk, most in contract.guard.items())
    sentences = ("More of one kind within an hour are held until somebody has looked: baton guard list.",)
    if not rows:
        return Section("What is held", ("Nothing is held, however many writes there are.",))
    return Section("What is held", sentences, ("kind of write", "most within an hour"), rows)


def _parts(contract: Contract) -> Iterator[str]:
    yield "Everybody with an address." if contract.pilot is None else f"Only the pilot: {_pilot(contract.pilot)}."
    for crm, filter_ in contract.filters.items():
        for condition in filter_.only_if:
            yield f"In {NAMES[crm]} only those of whom {condition}."
        for condition in filter_.unless:
            yield f"In {NAMES[crm]} nobody of whom {condition}."
    for placing in contract.placings:
        conditions = " and ".join(map(str, placing.only_if))
        yield f"Whom Zoho does not know is created in {placing.module.name} if {conditions}."
    rest = "Everybody else" if contract.placings else "Whoever is new to Zoho"
    yield f"{rest} is created in {contract.placement.name}."


def _pilot(pilot: Pilot) -> str:
    named = (
        *([f"the tag {pilot.tag}"] if pilot.tag else []),
        *([f"the list {pilot.list_id}"] if pilot.list_id else []),
        *sorted(pilot.people),
    )
    return ", ".join(named)


def _opt_outs(contract: Contract) -> Iterator[str]:
    asked = contract.consent
    if asked.opt_out:
        yield (
            f"An opt-out is kept in {_places(asked.opt_out)} of every record of the person; ticked there by hand, it "
            "takes them off the lists that count."
        )
    if asked.left_by:
        yield f"Anything in {_places(asked.left_by)} is an opt-out too."
    if asked.forms:
        yield f"A subscription by one of these ActiveCampaign forms is the person's own: {said(asked.forms)}."


def _places(places: Mapping[Module, str]) -> str:
    of_zoho = {module: place for module, place in places.items() if module.crm is Crm.ZOHO}
    if len(set(of_zoho.values())) == 1:
        return next(iter(of_zoho.values()))
    return ", ".join(f"{module.name}: {place}" for module, place in of_zoho.items())
