"""`baton reviews`: people of whom only a person can say who they are."""

import json
from collections.abc import Callable, Sequence

import click
from rich.console import Console
from rich.table import Table

from baton.domain.proposing import Proposal, Traits, propose, traits_of
from baton.domain.records import Crm, RecordRef
from baton.engine import Engine
from baton.ports.reviews import Review, Ruled, UnknownRecordError
from console.cli.enginehouse import engine_or_explain, one_connection
from console.cli.whoami import who_am_i

LOOKED_AT = 2_000
SHOWN = 5


@click.group()
def reviews() -> None:
    """Several records share a key, or their keys contradict each other: Baton does not guess, and writes nothing.

    What you say here outranks every key from then on: `link` makes two records one person, `separate` keeps them two.
    Each is undone by the other, and `baton explain` tells both.
    """


@reviews.command("list")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="The first N.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_reviews(connection: str | None, limit: int, *, as_json: bool) -> None:
    """Who waits, since when and why; the longest waiting first."""
    waiting = engine_or_explain(one_connection(connection)).reviews.listed(limit=limit)
    if as_json:
        click.echo(json.dumps([_plain(review) for review in waiting], indent=2, ensure_ascii=False))
        return
    for review in waiting:
        since = f"{review.since:%Y-%m-%d %H:%M}" if review.since else "-"
        click.echo(f"{since}  {review.email or f'person {review.person}'}: {review.reason}")
        click.echo("    " + ", ".join(str(seen.ref) for seen, _ in review.records))
    click.echo("Look at one with: baton reviews show REF" if waiting else "Nobody waits.")


@reviews.command()
@click.argument("ref")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one object.")
def show(ref: str, connection: str | None, *, as_json: bool) -> None:
    """A person's records side by side, what was ruled about them, and who else might be meant, with the reasons.

    REF is a record, like activecampaign:contact:12 or zoho:Leads:4876000000310001. Likeness proposes; it links nobody.
    """
    engine = engine_or_explain(one_connection(connection))
    review = engine.reviews.of(_ref(ref))
    if review is None:
        raise click.ClickException(f"no record {ref} was ever seen")
    rulings = engine.reviews.rulings(review.person)
    proposals = _proposals(review, engine)
    if as_json:
        told = [{"ref": str(each.ref), "score": each.score, "reasons": each.reasons} for each in proposals]
        ruled = [_ruled(each) for each in rulings]
        click.echo(json.dumps({**_plain(review), "rulings": ruled, "proposals": told}, indent=2, ensure_ascii=False))
        return
    _tell(review, rulings, proposals, engine)


@reviews.command()
@click.argument("contact")
@click.argument("record")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def link(contact: str, record: str, connection: str | None) -> None:
    """CONTACT and RECORD are one human being, whatever their keys say. They are decided within seconds.

    A record that stood for somebody else leaves them. Values on which the two disagree go by the rule of first matches.

    \b
      baton reviews link activecampaign:contact:12 zoho:Leads:4876000000310001
    \b
    Exit code 0: it is so from now on.  1: one of them was never seen.
    """
    engine = engine_or_explain(one_connection(connection))
    pair = _pair(contact, record)
    _ruling(lambda: engine.reviews.link(*pair, by=who_am_i(), now=engine.now()))
    click.echo(f"{pair[0]} and {pair[1]} are one")


@reviews.command()
@click.argument("contact")
@click.argument("record")
@click.option("--connection", metavar="NAME", help="Left out: the only one there is.")
def separate(contact: str, record: str, connection: str | None) -> None:
    """CONTACT and RECORD are two human beings, for good, even if they share an address or carry each other's id.

    Nothing is deleted or cleared. Who is left without a record on the other side gets none made by a machine: link them
    to their own.

    \b
    Exit code 0: it is so from now on.  1: one of them was never seen.
    """
    engine = engine_or_explain(one_connection(connection))
    pair = _pair(contact, record)
    _ruling(lambda: engine.reviews.separate(*pair, by=who_am_i(), now=engine.now()))
    click.echo(f"{pair[0]} and {pair[1]} are two")


def _ruling(say: Callable[[], object]) -> None:
    try:
        say()
    except UnknownRecordError as error:
        raise click.ClickException(f"no record {error} was ever seen") from None


def _ref(text: str) -> RecordRef:
    try:
        return RecordRef.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _pair(one: str, other: str) -> tuple[RecordRef, RecordRef]:
    refs = {ref.crm: ref for ref in (_ref(one), _ref(other))}
    if len(refs) != len(Crm):
        raise click.UsageError("name one ActiveCampaign contact and one Zoho record")
    return refs[Crm.ACTIVECAMPAIGN], refs[Crm.ZOHO]


def _proposals(review: Review, engine: Engine) -> list[Proposal]:
    own = {seen.ref for seen, _ in review.records}
    found: dict[RecordRef, Proposal] = {}
    for seen, _ in review.records:
        others = engine.reviews.alike(seen, limit=LOOKED_AT)
        one = traits_of(seen, engine.contract, engine.spelling)
        traits = [traits_of(other, engine.contract, engine.spelling) for other in others if other.ref not in own]
        for each in propose(one, traits, engine.spelling.alike):
            found[each.ref] = max(found.get(each.ref, each), each, key=lambda proposal: proposal.score)
    return sorted(found.values(), key=lambda each: (-each.score, str(each.ref)))[:SHOWN]


def _tell(review: Review, rulings: Sequence[Ruled], proposals: Sequence[Proposal], engine: Engine) -> None:
    click.echo(f"{review.email or f'person {review.person}'}: {review.reason or 'no reason is kept'}")
    table = Table("record", "name", "address", "phone", "company", "stands as", box=None)
    for seen, standing in review.records:
        table.add_row(str(seen.ref), *_words(traits_of(seen, engine.contract, engine.spelling)), standing)
    Console(highlight=False).print(table)
    for each in rulings:
        word = "one" if each.is_same else "two"
        click.echo(f"ruled: {each.contact} and {each.record} are {word}, says {each.by} {each.at:%Y-%m-%d %H:%M}")
    for proposal in proposals:
        click.echo(f"might be {proposal.ref} ({proposal.score}): {', '.join(proposal.reasons)}")
    click.echo("Settle it with: baton reviews link | separate CONTACT RECORD")


def _words(traits: Traits) -> tuple[str, ...]:
    return tuple(value or "-" for value in (traits.name, traits.email, traits.phone, traits.company))


def _plain(review: Review) -> dict[str, object]:
    return {
        "person": review.person,
        "email": review.email,
        "reason": review.reason,
        "since": review.since.isoformat() if review.since else None,
        "records": [{"ref": str(seen.ref), "standing": standing} for seen, standing in review.records],
    }


def _ruled(each: Ruled) -> dict[str, object]:
    return {
        "contact": str(each.contact),
        "record": str(each.record),
        "is_same": each.is_same,
        "by": each.by,
        "at": each.at.isoformat(),
    }
