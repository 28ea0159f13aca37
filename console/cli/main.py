"""`baton`: finds the command that was typed and imports only that one.

A broken configuration, or a part that is not installed, hinders only the commands that need it.
"""

from importlib import import_module

import click

# name → (module, attribute, what it does). The help is read from here so that no command has to be imported for it.
COMMANDS = {
    "up": ("console.cli.up", "up", "Start everything on this machine and show what happens."),
    "status": ("console.cli.status", "status", "Show how the connections stand."),
    "explain": ("console.cli.explain", "explain", "Tell what happened to a person, and why."),
    "runs": ("console.cli.runs", "runs", "List and show runs: what was read, its calls, its errors, its effects."),
    "plan": ("console.cli.plan", "plan", "Tell what would be done, for whom and at what price, before it is done."),
    "apply": ("console.cli.plan", "apply_plan", "Carry out a plan: exactly what it said, and name who was skipped."),
    "guard": ("console.cli.guard", "guard", "Show, release or drop a wave of risky writes that is held."),
    "conflicts": ("console.cli.conflicts", "conflicts", "List, show or settle the fields that a person decides."),
    "reviews": ("console.cli.reviews", "reviews", "Say who is who, where only a person can."),
    "duplicates": (
        "console.cli.duplicates",
        "duplicates_report",
        "Report who is there twice, and which record should stay.",
    ),
    "consent": ("console.cli.consent", "consent", "Show what holds for a person, and settle doubtful opt-ins."),
    "dead": ("console.cli.dead", "dead", "List, show, replay or discard dead letters."),
    "doctor": ("console.cli.doctor", "doctor", "Ask both accounts whether everything is as Baton needs it."),
    "drift": ("console.cli.drift", "drift", "List or accept what changed in the vendors' fields and users."),
    "audit": ("console.cli.audit", "audit", "Read both accounts live and report what disagrees with the contract."),
    "contract": ("console.cli.contract", "contract", "Check what the connections' YAML says."),
    "plays": ("console.cli.plays", "plays", "Show and try the handoff rules."),
    "handoffs": ("console.cli.handoffs", "handoffs", "Show what was handed over to sales, and why."),
    "web": ("console.cli.web", "web", "Take the vendors' webhooks."),
    "backfill": ("console.cli.backfill", "backfill", "Read a part of the records again, behind what is live."),
    "resync": ("console.cli.backfill", "resync", "Decide a part of the records anew, changed or not."),
    "webhooks": ("console.cli.webhooks", "webhooks", "Let the vendors call us, and see what they call."),
    "migrate": ("console.cli.migrate", "migrate", "Bring the database to this release's tables."),
    "health": ("console.cli.health", "health", "Tell whether a process does its work, in one line."),
    "practice": ("console.cli.practice_deeds", "practice", "Be a person at the screens of the practice CRMs."),
}


class Lazily(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, _, told) in COMMANDS.items()])


@click.group(cls=Lazily, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="baton", prog_name="baton")
def main() -> None:
    """Keeps ActiveCampaign and Zoho CRM in step and hands leads over on time."""


if __name__ == "__main__":
    main()
