"""All that a decision consults beside the person: contract, what the CRMs say of their fields, users and plays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from baton.domain.contract import Contract, FieldRule, FieldType, Schemas
from baton.domain.drift import PUT_OFF, Drift, value_paused, whole_field_paused
from baton.domain.identity import refusal
from baton.domain.plays import Play
from baton.domain.records import Crm, Module, RecordRef, Seen, Value
from baton.domain.values.fitting import Fitted, fit
from baton.domain.values.places import unread_places
from baton.domain.values.spelling import Spelling
from baton.domain.values.vocabulary import counterpart

UNKNOWN_USER = "the owner is not among the users that Zoho names"


@dataclass(frozen=True, slots=True)
class Rulebook:
    """
    zoho_user  the user whose token writes to Zoho. A record it owns has nobody's attention yet: no owner is shown.
    users      Zoho's users by id: their full names.
    """

    contract: Contract
    schemas: Schemas
    spelling: Spelling
    zoho_user: str | None = None
    users: Mapping[str, str] = field(default_factory=dict)
    plays: tuple[Play, ...] = ()
    drifts: tuple[Drift, ...] = ()

    def put_off(self, rule: FieldRule, records: Sequence[Seen]) -> str | None:
        """Why nothing may be decided about the field now: it drifts, or a record came without it."""
        modules = [seen.ref.module for seen in records]
        why = whole_field_paused(self.drifts, rule, modules) if self.drifts else None
        if why is not None:
            return why
        unread = (seen for seen in records if rule.places.get(seen.ref.module) in unread_places(seen.row))
        return next(
            (f"{PUT_OFF}{rule.places[seen.ref.module]} of {seen.ref.module} was not read" for seen in unread), None
        )

    def fit(self, rule: FieldRule, value: Value, module: Module, email: str | None) -> Fitted:
        fitted = self._fit(rule, value, module, email)
        if not self.drifts:
            return fitted
        wanted = counterpart(rule, value, module.crm) if isinstance(value, str) else value
        why = value_paused(self.drifts, rule, module, wanted, is_withheld=fitted.withheld is not None)
        return fitted if why is None else Fitted(None, why)

    def _fit(self, rule: FieldRule, value: Value, module: Module, email: str | None) -> Fitted:
        if rule.type is FieldType.OWNER and value is not None:
            return self._named(rule, str(value), module)
        if rule.type is FieldType.EMAIL and value is not None:
            refused = refusal(value, self.contract, self.spelling)
            if refused is not None:
                return Fitted(None, refused)
        return fit(rule, value, module, self.schemas.get(module, {}), email)

    def _named(self, rule: FieldRule, user: str, module: Module) -> Fitted:
        if user == self.zoho_user:
            return Fitted(None)
        name = self.users.get(user)
        if name is None:
            return Fitted(None, UNKNOWN_USER)
        return fit(rule, name, module, self.schemas.get(module, {}), None)

    def is_mandatory(self, rule: FieldRule, module: Module) -> bool:
        field_ = self.schemas.get(module, {}).get(rule.places[module])
        return field_ is not None and field_.is_mandatory

    def counterpart_place(self, record: RecordRef) -> str | None:
        """Where this record keeps the id of its other side."""
        return self.contract.zoho_id if record.crm is Crm.ACTIVECAMPAIGN else self.contract.activecampaign_id
