"""`baton duplicates`: who was there twice before Baton came, and which record should stay."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import click

from baton.domain.duplicates import BY_DEFAULT, Group, Winning, duplicates
from console.cli.enginehouse import engine_or_explain, one_connection


@click.command("duplicates")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option(
    "--prefer",
    multiple=True,
    type=click.Choice([rule.value for rule in Winning]),
    help=f"By what the one that stays is chosen, in order. Left out: {', '.join(BY_DEFAULT)}.",
)
@click.option("--csv", "sheet", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Into a file.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many groups to show.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def duplicates_report(
    connection: str | None, prefer: tuple[str, ...], sheet: Path | None, limit: int, *, as_json: bool
) -> None:
    """Tell which records of one side share an address, or a name and a phone: within a module and across modules.

    It reads the mirror and asks the accounts nothing. The first record of each group is the one that should stay, and
    why. Baton merges nothing by itself: merge them in Zoho (Find and Merge Duplicates) or in ActiveCampaign (Merge
    contact); the next reads follow, memberships and opt-outs included.

    \b
    Exit code 0: there are none.  3: there are some.
    """
    engine = engine_or_explain(one_connection(connection))
    order = tuple(Winning(word) for word in prefer) or BY_DEFAULT
    groups = duplicates(engine.reviews.everything(), engine.contract, engine.spelling, order)
    if sheet is not None:
        _write(sheet, groups)
    if as_json:
        click.echo(json.dumps([_plain(group) for group in groups], indent=2, ensure_ascii=False))
    else:
        _tell(groups, limit)
    raise SystemExit(3 if groups else 0)


def _tell(groups: Sequence[Group], limit: int) -> None:
    across = sum(group.is_across for group in groups)
    click.echo(f"{len(groups)} groups of duplicates, {across} of them across modules." if groups else "No duplicates.")
    for group in groups[:limit]:
        click.echo(f"{group.key} {group.value}: {group.records[0]} should stay ({group.why})")
        click.echo(f"    {', '.join(map(str, group.records[1:]))}")
    if len(groups) > limit:
        click.echo(f"… and {len(groups) - limit} more: --limit N, --csv FILE or --json shows them.")


def _write(sheet: Path, groups: Sequence[Group]) -> None:
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["group", "key", "value", "record", "stays", "why"])
        for number, group in enumerate(groups, 1):
            for ref in group.records:
                stays = ref == group.records[0]
                writer.writerow([number, group.key, group.value, ref, stays, group.why if stays else ""])


def _plain(group: Group) -> dict[str, object]:
    return {
        "key": group.key,
        "value": group.value,
        "stays": str(group.records[0]),
        "why": group.why,
        "others": [str(ref) for ref in group.records[1:]],
        "across_modules": group.is_across,
    }
