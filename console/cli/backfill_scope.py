"""Which records a backfill is asked for, from the options that were typed."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from baton.domain.backfill import Scope
from baton.domain.records import CONTACT, Crm, Module, RecordRef
from baton.engine import Engine

Command = Callable[..., None]
TOGETHER = "these do not go together; say one of: --all, --ids or --ids-from, --list, --segment, --tag, dates alone"
EVERYTHING = click.option("--all", "everything", is_flag=True, help="Every record of both CRMs.")
DATES = (
    click.option("--since", metavar="DATE", help="Changed since then: 2026-01-31, or with a time and zone."),
    click.option("--until", metavar="DATE", help="Changed before then."),
)
IDS = (
    click.option("--ids", metavar="REFS", help="zoho:Leads:48…, activecampaign:contact:12, divided by commas."),
    click.option(
        "--ids-from", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file, one a line."
    ),
)
LIST = click.option(
    "--list", "list_id", type=click.IntRange(1), metavar="ID", help="Contacts of an ActiveCampaign list."
)
SEGMENT = click.option("--segment", "segment_id", type=click.IntRange(1), metavar="ID", help="Contacts of a segment.")
TAG = click.option("--tag", metavar="NAME-OR-ID", help="Contacts that have a tag.")
MODULE = click.option(
    "--module", multiple=True, metavar="MODULE", help="Only this one, like zoho:Leads; may be repeated."
)


def scope_options(command: Command) -> Command:
    for option in reversed((EVERYTHING, *DATES, *IDS, LIST, SEGMENT, TAG, MODULE)):
        command = option(command)
    return command


def scope_of(typed: dict[str, Any], engine: Engine) -> Scope:
    """Raises UsageError for what cannot be meant, and ClickException for a tag that is not there."""
    refs, narrowed = refs_of(typed, engine), _narrowed(typed)
    has_dates = bool(typed["since"] or typed["until"])
    said = [typed["everything"], bool(refs), *(True for _ in narrowed)]
    if not any([*said, has_dates, typed["module"]]):
        raise click.UsageError("say which records: --all, --since, --ids, --list … (see --help)")
    if sum(said) > 1 or (has_dates and (refs or typed["everything"])) or (typed["module"] and (refs or narrowed)):
        raise click.UsageError(TOGETHER)
    since, until = moment_of("--since", typed["since"]), moment_of("--until", typed["until"])
    if since and until and since >= until:
        raise click.UsageError("--since is not before --until")
    return Scope(
        modules=modules_of(typed["module"], engine),
        since=since,
        until=until,
        refs=refs,
        narrowed=_filter(narrowed[0], engine) if narrowed else None,
    )


def refs_of(typed: dict[str, Any], engine: Engine) -> tuple[RecordRef, ...]:
    words = (typed["ids"] or "").split(",")
    if typed["ids_from"]:
        words += typed["ids_from"].read_text(encoding="utf-8").splitlines()
    refs = tuple(dict.fromkeys(_ref(word.strip(), engine) for word in words if word.strip()))
    if not refs and (typed["ids"] or typed["ids_from"]):
        raise click.UsageError("no ids were named")
    return refs


def modules_of(named: Sequence[str], engine: Engine) -> tuple[Module, ...]:
    known = {str(module): module for module in engine.contract.modules}
    for name in named:
        _refuse_unknown(name, known)
    return tuple(dict.fromkeys(known[name] for name in named)) or engine.contract.modules


def moment_of(option: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{option}: {text!r} is no date; write 2026-01-31 or 2026-01-31T08:00+01:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _ref(word: str, engine: Engine) -> RecordRef:
    try:
        ref = RecordRef.parse(word)
    except ValueError:
        raise click.UsageError(f"{word!r} is not a ref; it should look like zoho:Leads:4876000000310001") from None
    if not ref.id.isdecimal():
        raise click.UsageError(f"{word!r}: the ids of both CRMs are numbers")
    _refuse_unknown(str(ref.module), {str(module) for module in engine.contract.modules})
    return ref


def _refuse_unknown(name: str, known: dict[str, Module] | set[str]) -> None:
    if name not in known:
        raise click.UsageError(f"{name} is no module of the contract; there are {', '.join(sorted(known))}")


def _narrowed(typed: dict[str, Any]) -> list[tuple[str, str]]:
    filters = {"listid": typed["list_id"], "segmentid": typed["segment_id"], "tagid": typed["tag"]}
    return [(name, str(value)) for name, value in filters.items() if value is not None]


def _filter(narrowed: tuple[str, str], engine: Engine) -> tuple[str, str]:
    name, word = narrowed
    if CONTACT not in engine.contract.modules or name != "tagid" or word.isdecimal():
        return narrowed
    tag = engine.gateways[Crm.ACTIVECAMPAIGN].tag_named(word)
    if tag is None:
        raise click.ClickException(f"ActiveCampaign has no tag {word!r}")
    return name, tag
