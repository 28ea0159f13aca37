"""A Contact that a Lead was converted into takes over what was agreed on with the Lead.

Only where the Contact shows a value, or the Lead itself had none at its end. Whether any other blank was cleared by
somebody or left behind by the conversion's own mapping nobody can tell, and a value must not be lost to a mapping: such
a field meets its other side as for the first time.
"""

from dataclasses import replace

from baton.domain.contract import Contract
from baton.domain.imprint import forms, is_converted
from baton.domain.person import Candidate, Membership, Person, Role
from baton.domain.records import CONTACTS, LEADS, RecordRef
from baton.domain.values.places import id_in
from baton.domain.values.spelling import Spelling


def with_inherited_bases(person: Person, contract: Contract, spelling: Spelling) -> Person:
    leads = {ref: lead for lead in person.candidates if (ref := _made_of(lead)) is not None}
    heirs = tuple(_heir(each, leads.get(each.seen.ref), contract, spelling) for each in person.candidates)
    return replace(person, candidates=heirs) if leads else person


def _made_of(lead: Candidate) -> RecordRef | None:
    """The Contact that this Lead of ours became."""
    if lead.membership is None or lead.seen.ref.module != LEADS or not is_converted(lead.seen.row):
        return None
    id_ = id_in(lead.seen.row.get("Converted_Contact"))
    return RecordRef(CONTACTS, id_) if id_ else None


def _heir(heir: Candidate, lead: Candidate | None, contract: Contract, spelling: Spelling) -> Candidate:
    if lead is None or lead.membership is None or heir.belongs_to is not None:
        return heir
    # Seen beside the Lead before that was known to be converted, it stands as an alias that has agreed on nothing.
    known = heir.membership or Membership(heir.seen.ref, Role.PRIMARY)
    shown, before = (forms(each.seen, contract, spelling) for each in (heir, lead))
    base = {
        name: half
        for name, half in lead.membership.base.items()
        if shown.get(name) is not None or before.get(name) is None
    }
    return replace(heir, membership=replace(known, base={**base, **known.base}))
