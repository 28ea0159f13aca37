"""`baton contract`: checks a connection's YAML, alone or against its accounts, and hands editors its schema."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import click

from baton.domain.operating_page import Operated, page
from config.loading import connection_names, read_one_policy, read_policies
from config.policy.outline import json_schema
from config.policy.reading import Policy
from config.policy.resolution import cadences
from config.policy.written_connection import WrittenConnection
from config.policy.written_contract import WrittenContract
from config.problems import NotUsable, Problem, did_you_mean
from config.settings import load_settings
from console.cli.contract_live import held_against_accounts
from console.cli.contract_page import rendered

FORMS = {"contract": WrittenContract, "connection": WrittenConnection}


@click.group()
def contract() -> None:
    """The agreement between ActiveCampaign and Zoho: which field is which, and who may change it.

    It is written in config/connections/NAME/contract.yaml, beside connection.yaml, which says where the two
    accounts are. The demo connection's files explain every key.
    """


@contract.command()
@click.option("--connection", "name", metavar="NAME", help="One connection only. Left out: all of them.")
@click.option("--live", is_flag=True, help="Then ask both accounts whether they have these fields and words.")
@click.option("--json", "as_json", is_flag=True, help="Tell the result as JSON, for scripts and editors.")
def check(name: str | None, *, live: bool, as_json: bool) -> None:
    """Read the YAML and tell everything that is wrong with it, with file, line and advice.

    Nothing is sent anywhere and no secret is needed, so this fits a commit hook. With --live a contract that is sound
    in itself is held against both accounts: fields that are there, of a kind that fits, writable and long enough,
    words that their lists know, unique ids, conditions that can hold. It writes nothing. What else the accounts must
    allow (tokens, users, reads) is answered by: baton doctor.

    \b
    Exit code 0: all is well.  1: problems were found.  2: the command was not understood.
    """
    try:
        policies = _read(name)
    except NotUsable as error:
        _tell_problems([problem.seen_from(Path.cwd()) for problem in error.problems], as_json=as_json)
        raise SystemExit(1) from None
    judged = [lived for policy in policies for lived in held_against_accounts(policy)] if live else []
    problems = [each.problem.seen_from(Path.cwd()) for each in judged if each.is_wrong]
    notes = [each.problem.seen_from(Path.cwd()) for each in judged if not each.is_wrong]
    if problems:
        _tell_problems(problems, notes, as_json=as_json)
        raise SystemExit(1)
    _tell_policies(policies, notes, as_json=as_json)


@contract.command()
@click.option("--kind", type=click.Choice(sorted(FORMS)), default="contract", show_default=True, help="For which file.")
def schema(kind: str) -> None:
    """Print the JSON Schema by which an editor completes and checks the YAML while you type.

    \b
    Editors with the YAML language server (VS Code's YAML extension, Neovim, Helix, JetBrains …) find it by the first
    line of the file, as the demo connection has it:
      # yaml-language-server: $schema=../.schema/contract.json
    Write the schemas there again after an upgrade:
      baton contract schema > config/connections/.schema/contract.json
      baton contract schema --kind connection > config/connections/.schema/connection.json
    """
    click.echo(json.dumps(json_schema(FORMS[kind]), indent=2, ensure_ascii=False))


@contract.command()
@click.option("--connection", "name", metavar="NAME", help="Left out: the only one there is.")
@click.option("--format", "form", type=click.Choice(["md", "text", "json"]), default="text", show_default=True)
def show(name: str | None, form: str) -> None:
    """Print the operating document: who owns what, which field is which, what sets what off, and where to look.

    It is made of the same values that the engine decides by, so it never differs from what happens. No account is
    asked and no secret is needed. Keep it beside the YAML, and the diff of a change tells in words what it does:

    \b
      baton contract show --format md > operating.md

    \b
    Exit code 0: printed.  1: the YAML has problems (baton contract check tells them).  2: not understood.
    """
    try:
        policies = _read(name)
    except NotUsable as error:
        _tell_problems([problem.seen_from(Path.cwd()) for problem in error.problems], as_json=form == "json")
        raise SystemExit(1) from None
    if len(policies) > 1:
        raise click.BadParameter(
            f"say which: {', '.join(policy.name for policy in policies)}", param_hint="--connection"
        )
    click.echo(rendered(f"How {policies[0].name} works", page(_operated(policies[0])), form))


def _operated(policy: Policy) -> Operated:
    contract, automation = policy.contract, policy.automation
    asked = cadences(policy.written.pull, load_settings().pull, has_deals=bool(contract.deal_fields))
    return Operated(policy.name, contract, automation.plays, automation.clock_rules, asked)


def _read(name: str | None) -> Sequence[Policy]:
    folder = load_settings().connections_dir
    if name is None:
        return read_policies(folder, os.environ)
    known = connection_names(folder)
    if name not in known:
        told = f'there is no connection "{name}". {did_you_mean(name, known)}'
        raise click.BadParameter(told, param_hint="--connection")
    return [read_one_policy(name, folder, os.environ)]


def _plain(problems: Sequence[Problem]) -> list[dict[str, object]]:
    return [{"file": p.place, "line": p.line, "key": p.key, "text": p.text, "advice": p.advice} for p in problems]


def _tell_problems(problems: Sequence[Problem], notes: Sequence[Problem] = (), *, as_json: bool) -> None:
    if as_json:
        told = {"ok": False, "problems": _plain(problems), "notes": _plain(notes)}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for problem in problems:
        click.echo(str(problem))
    for note in notes:
        click.echo(f"worth knowing: {note}")
    click.echo(f"\n{len(problems)} {'problem' if len(problems) == 1 else 'problems'} found.", err=True)


def _tell_policies(policies: Sequence[Policy], notes: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        told = [{"name": policy.name, "fields": [rule.name for rule in policy.contract.rules]} for policy in policies]
        whole = {"ok": True, "problems": [], "notes": _plain(notes), "connections": told}
        click.echo(json.dumps(whole, indent=2, ensure_ascii=False))
        return
    for note in notes:
        click.echo(f"worth knowing: {note}")
    for policy in policies:
        click.echo(f"✓ {policy.name}: {len(policy.contract.rules)} fields, all in order")
