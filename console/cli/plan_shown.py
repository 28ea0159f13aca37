"""A plan on a screen: consent first, then the counts, the price, and some of the diffs."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from baton.domain.foresight import Change, Foresight

_KINDS = ("consent", "clear", "owner", "change", "fill", "new value", "link id")
"""In the order in which a person should look at them."""
# Zoho's smallest paid edition; the account's own allowance is told by Zoho only past half of it.
_SMALLEST_DAY = 50_000


def show_foresight(console: Console, foresight: Foresight, per_second: float) -> None:
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
    _show_price(console, foresight, per_second)


def _show_price(console: Console, foresight: Foresight, per_second: float) -> None:
    calls = foresight.calls()
    if not calls:
        return
    console.print("[bold]Calls[/bold]: " + ", ".join(f"{name} {count}" for name, count in calls.items()))
    credits_ = foresight.credits()
    share = credits_ / _SMALLEST_DAY
    console.print(
        f"About {max(foresight.seconds(per_second) / 60, 0.1):.1f} minutes at ActiveCampaign's {per_second:g} calls a "
        f"second; {credits_} Zoho credits, {share:.1%} of the {_SMALLEST_DAY:,} of the smallest paid edition's day."
    )


def show_changes(console: Console, changes: Sequence[Change], limit: int) -> None:
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


def show_unknown(console: Console, unknown: Mapping[str, object]) -> None:
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
