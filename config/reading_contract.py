"""A contract file beside the one in force: read and judged like it, for a connection of that name."""

from pathlib import Path

from baton.domain.contract import Contract
from config.policy.conversion import contract_of
from config.policy.document import read_document
from config.policy.reading import CONNECTION_FILE, judge_connection, judge_contract
from config.problems import NotUsable
from config.settings import load_settings


def read_contract(file: Path, connection: str) -> Contract:
    """Raises NotUsable with all that is wrong with the file."""
    written, _ = judge_connection(read_document(load_settings().connections_dir / connection / CONNECTION_FILE))
    contract, problems = judge_contract(read_document(file))
    if problems or contract is None:
        raise NotUsable(problems)
    return contract_of(contract, written.default_region if written else None)
