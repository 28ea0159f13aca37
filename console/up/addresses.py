"""Where things are, shown once everything is up."""

from rich.console import Console
from rich.markup import escape

from console.embedded.addresses import DATABASE_URL, REDIS_URL
from console.up.flower import USER, password_file
from console.up.run import Run


def show_addresses(console: Console, run: Run) -> None:
    for name, address in rows(run):
        console.print(f"  [bold]{name:<24}[/] {escape(address)}", soft_wrap=True)


def rows(run: Run) -> list[tuple[str, str]]:
    """Passwords of the servers are shown only as the file they lie in; Flower's, which has to be typed, is shown."""
    crms = [(f"practice {crm}", f"{url}  by hand: {url}/_sandbox/ui/") for crm, url in run.record.crms.items()]
    environment = run.record.environment
    servers = [("database", bare(environment[DATABASE_URL])), ("redis", bare(environment[REDIS_URL]))]
    doors = [("webhooks", f"{run.record.web_url}/health")] if run.record.web_url else []
    return [*crms, *doors, *flower_row(run), *servers, ("logs", str(run.state / "logs"))]


def flower_row(run: Run) -> list[tuple[str, str]]:
    if run.record.flower_url is None:
        return []
    file = password_file(run.state)
    # Without a terminal this goes into somebody's log.
    password = file.read_text().strip() if run.console.is_terminal else f"in {file}"
    return [("flower", f"{run.record.flower_url}  user {USER}, password {password}")]


def bare(url: str) -> str:
    """The address without user and password."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
