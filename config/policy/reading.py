"""One connection's folder: its files read, judged together and turned into a policy.

Nothing here asks for a secret: a policy can be checked on a machine that has none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from baton.domain.contract import Contract
from baton.domain.selection import MOST, own, wanted
from config.policy.agreement import agreement_problems
from config.policy.automation import HANDOFF_FILE, SLA_FILE, AutomationPolicy, read_automation
from config.policy.conversion import contract_of
from config.policy.document import Document, read_document
from config.policy.validation import sound_part, validated
from config.policy.written_connection import WrittenConnection
from config.policy.written_contract import WrittenContract
from config.problems import NotUsable, Problem, did_you_mean

CONNECTION_FILE = "connection.yaml"
CONTRACT_FILE = "contract.yaml"
_FILES = (CONNECTION_FILE, CONTRACT_FILE, HANDOFF_FILE, SLA_FILE)
_STAND_INS: Mapping[str, object] = {"version": 1, "people": {"placement": "Leads"}, "fields": {}}
_READ_ENDINGS = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Policy:
    """What a connection's folder says. `document` is connection.yaml, for the lines of later problems."""

    name: str
    folder: Path
    written: WrittenConnection
    contract: Contract
    document: Document
    automation: AutomationPolicy


def read_policy(folder: Path) -> Policy:
    """Raises NotUsable with all the problems of all files."""
    document = read_document(folder / CONNECTION_FILE)
    connection, connection_problems = judge_connection(document)
    contract, contract_problems = judge_contract(read_document(folder / CONTRACT_FILE))
    automation, automation_problems = read_automation(folder)
    problems = (*_unknown_files(folder), *connection_problems, *contract_problems, *automation_problems)
    if problems or connection is None or contract is None:
        raise NotUsable(problems)
    agreed = contract_of(contract, connection.default_region)
    too_many = tuple(_too_many_fields(agreed, automation, folder))
    if too_many:
        raise NotUsable(too_many)
    return Policy(folder.name, folder, connection, agreed, document, automation)


def judge_connection(document: Document) -> tuple[WrittenConnection | None, tuple[Problem, ...]]:
    return validated(WrittenConnection, document)


def judge_contract(document: Document) -> tuple[WrittenContract | None, tuple[Problem, ...]]:
    contract, problems = validated(WrittenContract, document)
    judged = contract or sound_part(WrittenContract, document, _STAND_INS)
    if judged is not None:
        problems += agreement_problems(judged, document, is_whole=contract is not None)
    return contract, problems


def _too_many_fields(contract: Contract, automation: AutomationPolicy, folder: Path) -> Iterator[Problem]:
    for module, places in wanted(contract, automation.plays, automation.clock_rules).items():
        room = MOST - len(own(module))
        more = [place for place in places if place not in own(module)][room:]
        if more:
            own_ones = f"{MOST - room} are Baton's own, so {room} of {module.name} fit."
            text = f"Zoho shows at most {MOST} fields in one read; {own_ones}"
            advice = f"Take out {len(more)}: {', '.join(more[:5])}{' …' if len(more) > 5 else ''} are beyond it."
            yield read_document(folder / CONTRACT_FILE).problem(("fields",), text, advice)


def _unknown_files(folder: Path) -> Iterator[Problem]:
    known = [name for name in _FILES if not (folder / name).exists()] or list(_FILES)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix in _READ_ENDINGS and path.name not in _FILES and not path.name.startswith("."):
            text = "is not read by this release."
            yield Problem(str(path), None, "", text, did_you_mean(path.name, known))
