"""Tries, without writing, every kind of call that keeping the two sides in step needs."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from baton.domain.contract import Contract, Schema
from baton.domain.failures import Failure
from baton.domain.records import Crm, Module, Page, Seen, Stream, StreamKind
from baton.flows.doctor.accounts import Patient
from baton.flows.doctor.findings import Finding, found_failing
from baton.ports import Gateway

_NOBODY = "nobody@example.com"
_NO_ID = "0"


def read_schemas(patient: Patient, modules: Sequence[Module]) -> tuple[dict[Module, Schema], list[Finding]]:
    schemas: dict[Module, Schema] = {}
    findings = []
    for module in modules:
        check = f"{patient.name}: the fields of {module.name} may be read"
        findings.append(_tried(patient, check, partial(_read_schema, patient.gateway, module, schemas)))
    return schemas, findings


def try_calls(patient: Patient, contract: Contract, streams: Sequence[Stream]) -> Iterator[Finding]:
    for stream in streams:
        yield from _try_stream(patient, stream)
    for module in contract.modules:
        if module.crm is patient.crm:
            check = f"{patient.name}: {module.name} may be looked up"
            yield _tried(patient, check, partial(_look_up, patient.gateway, module, contract))


def _try_stream(patient: Patient, stream: Stream) -> Iterator[Finding]:
    pages: list[Page] = []
    check = f"{patient.name}: {stream.kind} of {stream.module.name} may be read"
    yield _tried(patient, check, partial(_read_page, patient.gateway, stream, pages))
    known = next((row for page in pages for row in page.rows), None)
    if known is not None and stream.kind is StreamKind.CHANGES:
        check = f"{patient.name}: {stream.module.name} may be read by id"
        yield _tried(patient, check, partial(_read_again, patient.gateway, known))
        yield _canary(patient, known)


def _canary(patient: Patient, known: Seen) -> Finding:
    check = f"{patient.name}: {known.ref.module.name} can be asked for what changed"
    try:
        works = patient.gateway.filters_work(known)
    except Failure as failure:
        return found_failing(check, patient.crm, failure)
    if works:
        return Finding(check, True, "the window of time is kept")
    advice = "Every pull then reads all records, which is slow but loses nothing. Ask the vendor's support why."
    return Finding(check, None, "the account answers with records from outside the window", advice)


def _tried(patient: Patient, check: str, call: Callable[[], str]) -> Finding:
    try:
        return Finding(check, True, call())
    except Failure as failure:
        return found_failing(check, patient.crm, failure)


def _read_schema(gateway: Gateway, module: Module, schemas: dict[Module, Schema]) -> str:
    schemas[module] = gateway.schema(module)
    return f"{len(schemas[module])} fields"


def _read_page(gateway: Gateway, stream: Stream, pages: list[Page]) -> str:
    page = gateway.read_page(stream, since=None, position=None)
    pages.append(page)
    return f"{len(page.rows) + len(page.gone)} on the first page"


def _read_again(gateway: Gateway, known: Seen) -> str:
    reading = gateway.read([known.ref])
    return "the record is there" if reading.rows else "the record was deleted in between"


def _look_up(gateway: Gateway, module: Module, contract: Contract) -> str:
    """By the key that a create is found by again; nobody has the value, so an empty answer is right."""
    if module.crm is Crm.ZOHO:
        gateway.find(module, field=contract.activecampaign_id, values=[_NO_ID])
        return f"by {contract.activecampaign_id}"
    email = contract.email_places[module]
    gateway.find(module, field=email, values=[_NOBODY])
    return f"by {email}"
