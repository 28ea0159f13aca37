"""Creates and updates contacts, one call each: no batch there tells what became of each contact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from baton.adapters.activecampaign.account import Account
from baton.adapters.activecampaign.fields import CUSTOM, WRITABLE, FieldDirectory
from baton.adapters.activecampaign.stamps import A_SECOND, version
from baton.adapters.http.deadline import Deadline
from baton.domain.calls import calls_of_one
from baton.domain.failures import (
    Busy,
    Duplicate,
    Failure,
    Gone,
    Rejected,
    Throttled,
    Unauthorised,
    Uncertain,
    Unreachable,
)
from baton.domain.records import CONTACT, RecordRef, Value
from baton.domain.values.places import TAKEN_OFF
from baton.ports import Answer, Change, Clock, NewRecord

_OF_THE_RECORD = (Rejected, Duplicate, Gone)
_OF_THE_CONNECTION = (Unreachable, Throttled, Unauthorised)
_NOT_SENT = timedelta(seconds=2)
# Unsubscribed. No other status of a list is known to this file.
_LEFT = 2


@dataclass(frozen=True, slots=True)
class _Sending:
    """One contact to send: PUT to its id, or POST when it has none yet."""

    id: str | None
    values: Mapping[str, Value]


class ContactWriter:
    def __init__(self, *, account: Account, fields: FieldDirectory, clock: Clock) -> None:
        self._account = account
        self._fields = fields
        self._clock = clock

    def create(self, records: Sequence[NewRecord], deadline: Deadline) -> Sequence[Answer]:
        return self._one_by_one([_Sending(None, record.values) for record in records], deadline)

    def update(self, changes: Sequence[Change], deadline: Deadline) -> Sequence[Answer]:
        return self._one_by_one([_Sending(change.ref.id, change.values) for change in changes], deadline)

    def _one_by_one(self, sendings: Sequence[_Sending], deadline: Deadline) -> Sequence[Answer]:
        """A trouble of the connection ends the batch; what was answered before it is kept."""
        answers: list[Answer] = []
        for position, sending in enumerate(sendings):
            try:
                with calls_of_one(position):
                    answers.append(self._send(sending, deadline))
            except _OF_THE_RECORD as failure:
                answers.append(Answer(failure=failure))
            except Uncertain as failure:
                if len(sendings) == 1:
                    raise
                return [*answers, Answer(failure=failure), *_unsent(sendings[len(answers) + 1 :])]
            except _OF_THE_CONNECTION:
                if not answers:
                    raise
                return [*answers, *_unsent(sendings[len(answers) :])]
        return answers

    def _send(self, sending: _Sending, deadline: Deadline) -> Answer:
        left = [place.removeprefix(TAKEN_OFF) for place in sending.values if place.startswith(TAKEN_OFF)]
        rest = {place: value for place, value in sending.values.items() if not place.startswith(TAKEN_OFF)}
        if sending.id is None or not left:
            return self._send_fields(replace(sending, values=rest), deadline)
        for list_id in left:
            request = self._take_off(sending.id, list_id, deadline)
        if rest:
            return self._send_fields(replace(sending, values=rest), deadline)
        return Answer(RecordRef(CONTACT, sending.id), None, request)

    def _take_off(self, contact: str, list_id: str, deadline: Deadline) -> str | None:
        """The one thing that is ever said of a list: there is no way to say another status from here."""
        body = {"contactList": {"contact": contact, "list": list_id, "status": _LEFT}}
        return self._account.write("POST", "/contactLists", deadline, body=body, holds="contactList").request_id

    def _send_fields(self, sending: _Sending, deadline: Deadline) -> Answer:
        body = {"contact": self._body(sending.values, deadline)}
        if sending.id is None:
            reply = self._account.write("POST", "/contacts", deadline, body=body)
        else:
            reply = self._account.write("PUT", "/contacts/{id}", deadline, body=body, id_=sending.id)
        contact = (reply.document or {}).get("contact")
        if not isinstance(contact, dict) or not (contact.get("id") or sending.id):
            raise Uncertain("ActiveCampaign's answer to a write names no contact", code="unreadable")
        changed = version(contact, max(reply.began, self._clock.now()) + A_SECOND)
        return Answer(RecordRef(CONTACT, sending.id or str(contact["id"])), changed, reply.request_id)

    def _body(self, values: Mapping[str, Value], deadline: Deadline) -> dict[str, object]:
        own = {place: _text(value) for place, value in values.items() if place in WRITABLE}
        customs = {
            place.removeprefix(CUSTOM): _text(value) for place, value in values.items() if place.startswith(CUSTOM)
        }
        ids = self._fields.ids(customs, deadline) if customs else {}
        _refuse_unknown(values, ids)
        if not customs:
            return {**own}
        return {**own, "fieldValues": [{"field": ids[tag], "value": value} for tag, value in customs.items()]}


def _refuse_unknown(values: Mapping[str, Value], ids: Mapping[str, str]) -> None:
    for place in values:
        if place not in WRITABLE and place.removeprefix(CUSTOM) not in ids:
            raise Rejected(f"ActiveCampaign contacts have no writable field {place}", code="unknown_field", field=place)


def _text(value: Value) -> str:
    """Every value is text there; a blank clears."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def _unsent(sendings: Sequence[_Sending]) -> list[Answer]:
    failure: Failure = Busy("not sent: an earlier contact's call failed", wait=_NOT_SENT, code="not_sent")
    return [Answer(failure=failure) for _ in sendings]
