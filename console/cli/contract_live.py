"""A connection's YAML against what its two accounts say of their fields, told by file, line and key."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from baton.flows.doctor import Finding, compare
from config.policy.document import Document, read_document
from config.policy.reading import CONNECTION_FILE, Policy
from config.problems import Problem
from console.cli.whereabouts import use_servers
from workers.wiring import NotRunningError, engine_for


@dataclass(frozen=True, slots=True)
class Held:
    """What an account said no to; what is merely worth knowing is not wrong."""

    problem: Problem
    is_wrong: bool


def held_against_accounts(policy: Policy) -> Iterator[Held]:
    use_servers()
    try:
        engine = engine_for(policy.name)
    except NotRunningError as error:
        raise click.ClickException(str(error)) from None
    automation = engine.automation
    documents: dict[str, Document] = {}
    for finding in compare(engine.gateways, engine.contract, automation.plays, automation.clock_rules):
        if finding.ok is not True:
            yield Held(_problem(finding, policy, documents), finding.ok is False)


def _problem(finding: Finding, policy: Policy, documents: dict[str, Document]) -> Problem:
    file, *keys = finding.where or (CONNECTION_FILE,)
    if file not in documents:
        documents[file] = read_document(policy.folder / file)
    return documents[file].problem(keys, f"{finding.check}: {finding.detail}.", finding.advice)
