"""A plan on a screen: consent first, then the counts, the price, and some of the diffs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from baton.domain.foresight import Change, Foresight

_KINDS = ("consent", "clear", "owner", "change", "fill", "new value", "link id")
"""In the order in which a person should look at them."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """ActiveCampaign's calls a second, Zoho's credits of any 24 hours, and what Baton used of these."""

    per_second: float
    credits_a_day: int
    used: int

    def left(self) -> int:
        return max(self.credits_a_day - self.used, 0)


@dataclass(frozen=True, slots=True)
class Planned:
    """All that is told of a plan; `number` is None when it is not kept."""

    number: int | None
    foresight: Foresight
    changes: Sequence[Change]
    unknown: Mapping[str, object]
    allowance: Allowance


def show_plan(console: Console, told: Planned, diffs: int) -> None:
    _show_foresight(console, told.foresight, told.allowance)
    _show_changes(console, told.changes, diffs)
    _show_unknown(console, told.unknown)
    if told.number is not None and told.foresight.operations:
        console.print(f"Carry it out with: baton apply {told.number}")


def _show_foresight(console: Console, foresight: Foresight, allowance: Allowance) -> None:
    console.print(f"{foresight.people} people decided, {foresight.idle} of them with nothing to do.")
    consent = foresight.kinds.get("consent", 0)
    console.print(f"[bold]Consent[/bold]: {consent} {'value changes' if consent == 1 else 'values change'}.")
    table = Table("", "", box=None, show_header=False, pad_edge=False)
    for (module, operation), count in sorted(foresight.operations.items()):
        table.add_row(f"{operation} {module}", str(count))
    for kind in _KINDS[1:]:
        if foresight.kinds.get(kind):
            table.add_row(f"values: {kind}", str(foresight.kinds[kind]))
    for label, count in (("conflicts for a person", foresight.conflicts), ("handoffs set off", foresight.events)):
        if count:
            table.add_row(label, str(count))
    for standing in ("review", "refused", "filtered"):
        if foresight.standings.get(standing):
            table.add_row(f"people: {standing}", str(foresight.standings[standing]))
    console.print(table)
    _show_price(console, foresight, allowance)


def _show_price(console: Console, foresight: Foresight, allowance: Allowance) -> None:
    calls = foresight.calls()
    if not calls:
        return
    console.print("[bold]Calls[/bold]: " + ", ".join(f"{name} {count}" for name, count in calls.items()))
    credits_, day, per_second = foresight.credits(), allowance.credits_a_day, allowance.per_second
    console.print(
        f"About {max(foresight.seconds(per_second) / 60, 0.1):.1f} minutes at ActiveCampaign's {per_second:g} calls a "
        f"second; {credits_} Zoho credits, {credits_ / day:.1%} of the {day:,} of a day. Baton used "
        f"{allowance.used:,} in the last 24 hours, so {allowance.left():,} are left to it today."
    )
    if credits_ > allowance.left():
        console.print(f"[bold]More than is left today[/bold]: it would take {ceil(credits_ / day)} days or longer.")


def _show_changes(console: Console, changes: Sequence[Change], limit: int) -> None:
    if not changes or not limit:
        return
    ordered = sorted(changes, key=lambda each: _KINDS.index(each.kind))
    table = Table("person", "what", "field", "before", "after", "why", box=None)
    for each in ordered[:limit]:
        where = f"{each.module}.{each.place}"
        table.add_row(
            *(
                escape(text)
                for text in (each.email or "-", each.kind, where, _word(each.before), _word(each.after), each.rule)
            )
        )
    console.print(table)
    if len(changes) > limit:
        console.print(f"… and {len(changes) - limit} more: --diffs N, --csv FILE or --json shows them.")


def _show_unknown(console: Console, unknown: Mapping[str, object]) -> None:
    told = {
        "to_read": "records are to be read again first (about {n} calls by hundreds)",
        "hints": "hints of webhooks are not followed yet",
        "undecided": "changes wait for their decision and are in this plan already",
    }
    for name, text in told.items():
        count = unknown.get(name)
        if isinstance(count, int) and count:
            console.print(f"Not known yet: {count} {text.format(n=-(-count // 100))}.")
    unread = unknown.get("modules_never_read_whole")
    if isinstance(unread, list) and unread:
        console.print(f"Never read whole: {', '.join(unread)}. What is there is not in this plan: start Baton first.")


def _word(value: object) -> str:
    return "nothing" if value in (None, "") else f"“{value}”"
