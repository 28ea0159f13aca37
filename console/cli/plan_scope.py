"""Which people a plan is asked for, from typed options: those of a backfill that the mirror can answer."""

from typing import Any

import click

from baton.domain.backfill import Scope
from baton.engine import Engine
from console.cli.backfill_scope import DATES, IDS, LIST, MODULE, TOGETHER, Command, modules_of, moment_of, refs_of

_TAG = click.option("--tag", metavar="NAME", help="Contacts that have a tag.")


def planned_scope_options(command: Command) -> Command:
    """Segments are left out: only ActiveCampaign knows who is in one, and a plan asks nobody."""
    for option in reversed((*DATES, *IDS, LIST, _TAG, MODULE)):
        command = option(command)
    return command


def planned_scope_of(typed: dict[str, Any], engine: Engine) -> Scope:
    """Nothing said: everybody. Raises UsageError for what cannot be meant."""
    refs = refs_of(typed, engine)
    filters = {"listid": typed["list_id"], "tag": typed["tag"]}
    narrowed = [(name, str(value)) for name, value in filters.items() if value is not None]
    since, until = moment_of("--since", typed["since"]), moment_of("--until", typed["until"])
    if bool(refs) + len(narrowed) > 1 or (refs and (since or until)) or (typed["module"] and (refs or narrowed)):
        raise click.UsageError(TOGETHER)
    if since and until and since >= until:
        raise click.UsageError("--since is not before --until")
    return Scope(modules_of(typed["module"], engine), since, until, refs, narrowed[0] if narrowed else None)


def in_words(scope: Scope, engine: Engine) -> str:
    told = [
        f"{name} {value:%Y-%m-%d %H:%M}" for name, value in (("since", scope.since), ("until", scope.until)) if value
    ]
    if scope.modules != engine.contract.modules:
        told.append(", ".join(str(module) for module in scope.modules))
    if scope.refs:
        told.append(f"{len(scope.refs)} named records")
    if scope.narrowed:
        told.append(f"{scope.narrowed[0].removesuffix('id')} {scope.narrowed[1]}")
    return "; ".join(told) or "everybody"
