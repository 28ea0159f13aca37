"""The table of where things are, shown once everything is up."""

from rich.console import Console
from rich.table import Table

from console.embedded.addresses import DATABASE_URL, REDIS_URL
from console.up.flower import USER, password_file
from console.up.run import Run


def show_addresses(console: Console, run: Run) -> None:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, address in rows(run):
        table.add_row(f"[bold]{name}[/]", address)
    console.print(table, soft_wrap=True)


def rows(run: Run) -> list[tuple[str, str]]:
    """Passwords of the servers are shown only as the file they lie in; Flower's, which has to be typed, is shown."""
    crms = [(f"practice {crm}", url) for crm, url in run.record.crms.items()]
    environment = run.record.environment
    servers = [("database", bare(environment[DATABASE_URL])), ("redis", bare(environment[REDIS_URL]))]
    return [*crms, *flower_row(run), *servers, ("logs", str(run.state / "logs"))]


def flower_row(run: Run) -> list[tuple[str, str]]:
    if run.record.flower_url is None:
        return []
    return [
        ("flower", f"{run.record.flower_url}  user {USER}, password {password_file(run.state).read_text().strip()}")
    ]


def bare(url: str) -> str:
    """The address without user and password."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
