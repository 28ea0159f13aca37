"""`python -m tests.conformance.activecampaign.report`: every recorded exchange with its verdict."""

from collections import Counter
from collections.abc import Sequence

import click

from tests.conformance.activecampaign.exchanges import SOURCES
from tests.conformance.activecampaign.replaying import replayed
from tests.conformance.activecampaign.verdicts import Judged, Verdict


def summary(verdicts: Sequence[Judged]) -> str:
    """Counts by family and verdict, and the whole."""
    counts = Counter((each.exchange.family, each.verdict) for each in verdicts)
    families = sorted({family for family, _ in counts})
    rows = [f"{family:22}" + "".join(f"{counts[family, verdict]:>20}" for verdict in Verdict) for family in families]
    total = Counter(each.verdict for each in verdicts)
    head = f"{'':22}" + "".join(f"{verdict:>20}" for verdict in Verdict)
    return "\n".join((head, *rows, f"{'all':22}" + "".join(f"{total[verdict]:>20}" for verdict in Verdict)))


@click.command()
@click.option("--only", type=click.Choice([str(verdict) for verdict in Verdict]), help="Left out: all verdicts.")
def main(only: str | None) -> None:
    """Replay all recorded exchanges and tell how each ended."""
    verdicts = [verdict for source in SOURCES for verdict in replayed(source)]
    for each in verdicts:
        if only in {None, each.verdict}:
            click.echo(f"{each.verdict:18} {each.exchange.name}")
            for line in each.why:
                click.echo(f"{'':18}   {line}")
    click.echo(summary(verdicts))


if __name__ == "__main__":
    main()
