"""Asks both accounts whether the contract can work there, and says for every no what to do. Nothing is written.

An account that does not answer, or refuses the token, is not asked anything else.
"""

from collections.abc import Iterator, Mapping, Sequence

from baton.domain.contract import Contract, Schema
from baton.domain.plays import Play
from baton.domain.records import Crm, Module, Stream
from baton.domain.sla import ClockRule
from baton.flows.doctor.accounts import Patient, greet
from baton.flows.doctor.calls import read_schemas, try_calls
from baton.flows.doctor.conditions import check_conditions
from baton.flows.doctor.fields import check_fields
from baton.flows.doctor.findings import Finding
from baton.flows.doctor.keys import check_keys
from baton.flows.doctor.words import check_words
from baton.ports import Gateway

__all__ = ["Finding", "compare", "compared", "examine"]


def examine(
    gateways: Mapping[Crm, Gateway],
    contract: Contract,
    streams: Sequence[Stream],
    plays: Sequence[Play] = (),
    clocks: Sequence[ClockRule] = (),
    *,
    integration_user: str | None = None,
) -> tuple[Finding, ...]:
    """`integration_user` is the id or e-mail address of the user whose token Zoho's should be, where that is known."""
    findings: list[Finding] = []
    schemas: dict[Module, Schema] = {}
    for crm in Crm:
        patient = Patient(crm, gateways[crm], integration_user if crm is Crm.ZOHO else None)
        findings += _examine_account(patient, contract, streams, schemas)
    return (*findings, *compared(contract, plays, clocks, schemas))


def compare(
    gateways: Mapping[Crm, Gateway], contract: Contract, plays: Sequence[Play], clocks: Sequence[ClockRule]
) -> tuple[Finding, ...]:
    """The YAML against the accounts' fields and words alone: a call or two per module, and nothing of records."""
    findings: list[Finding] = []
    schemas: dict[Module, Schema] = {}
    for crm in Crm:
        patient = Patient(crm, gateways[crm])
        read, about = read_schemas(patient, [module for module in contract.modules if module.crm is crm])
        schemas.update(read)
        findings += about
    return (*findings, *compared(contract, plays, clocks, schemas))


def compared(
    contract: Contract, plays: Sequence[Play], clocks: Sequence[ClockRule], schemas: Mapping[Module, Schema]
) -> Iterator[Finding]:
    yield from check_keys(contract, schemas)
    yield from check_fields(contract, schemas)
    yield from check_words(contract, schemas)
    yield from check_conditions(contract, plays, clocks, schemas)


def _examine_account(
    patient: Patient, contract: Contract, streams: Sequence[Stream], schemas: dict[Module, Schema]
) -> list[Finding]:
    findings = list(greet(patient))
    if not all(finding.ok for finding in findings[:2]):
        findings.append(Finding(f"{patient.name}: the rest", None, "not asked, because of the above"))
        return findings
    read, about = read_schemas(patient, [module for module in contract.modules if module.crm is patient.crm])
    schemas.update(read)
    findings += about
    findings += try_calls(patient, contract, [stream for stream in streams if stream.module.crm is patient.crm])
    return findings
