"""`baton audit`: a sample of people read live from both accounts, and whatever does not agree with the contract."""

import json
import secrets

import click

from baton.domain.audit import Finding
from baton.domain.failures import Failure
from baton.flows.audit import Audit
from baton.flows.audit import audit as look
from console.cli.enginehouse import engine_or_explain, one_connection


@click.command()
@click.option(
    "--sample", "size", type=click.IntRange(1, 10_000), default=100, show_default=True, help="How many people."
)
@click.option("--seed", type=int, help="Choose the same people again. Left out: others each time.")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one object.")
def audit(size: int, seed: int | None, connection: str | None, *, as_json: bool) -> None:
    """Read people live from both accounts, apart from Baton's own copies, and report what disagrees.

    \b
    wrong       field differs · counterpart missing · wrong stored id · consent looser · duplicate · dead letter
    not wrong   on its way · not read yet · waits for a person · paused

    A hundred people cost about ten calls, within the budget and behind live work. Nothing is written anywhere.
    `baton explain` tells the values of a person, and why they are so.

    \b
    Exit code 0: nothing is wrong.  1: something is.  2: the accounts could not be read.
    """
    engine = engine_or_explain(one_connection(connection))
    chosen = secrets.randbelow(1_000_000) if seed is None else seed
    try:
        found = look(engine, size=size, seed=chosen)
    except Failure as failure:
        click.echo(f"Error: the accounts could not be read: {failure.reason}", err=True)
        raise SystemExit(2) from None
    if as_json:
        click.echo(json.dumps(_plain(found, chosen), indent=2, ensure_ascii=False))
    else:
        _tell(found, chosen)
    raise SystemExit(1 if found.wrong else 0)


def _tell(found: Audit, seed: int) -> None:
    for finding in found.findings:
        mark = "✗" if finding.is_wrong else "·"
        refs = ", ".join(str(ref) for ref in finding.refs)
        click.echo(f"{mark} {finding.kind}: {f'{finding.field}, ' if finding.field else ''}{refs}: {finding.told}")
    wrong, other = len(found.wrong), len(found.findings) - len(found.wrong)
    click.echo(
        f"{found.people} people, {found.records} records read live: {wrong} wrong, {other} not wrong (seed {seed})"
    )


def _plain(found: Audit, seed: int) -> dict[str, object]:
    return {
        "people": found.people,
        "records": found.records,
        "seed": seed,
        "wrong": len(found.wrong),
        "findings": [_plain_finding(finding) for finding in found.findings],
    }


def _plain_finding(finding: Finding) -> dict[str, object]:
    return {
        "kind": finding.kind,
        "wrong": finding.is_wrong,
        "person": finding.person,
        "refs": [str(ref) for ref in finding.refs],
        "field": finding.field,
        "told": finding.told,
    }
