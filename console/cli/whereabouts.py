"""Where the servers are for a command in another window: the environment's, else those of the running `make up`."""

import os

import click

from config.problems import NotUsable
from config.settings import Settings, load_settings
from console.up.record import RunRecord, read_running

NOT_UP = "Baton is not running here ({state}): start it with `make up` in another window"


def settings_or_explain() -> Settings:
    try:
        return load_settings()
    except NotUsable as error:
        raise click.ClickException(str(error)) from None


def running_or_explain() -> RunRecord:
    state = settings_or_explain().state_dir
    record = read_running(state)
    if record is None:
        raise click.ClickException(NOT_UP.format(state=state))
    return record


def use_servers() -> Settings:
    """Settings whose addresses are known; what the environment names itself is left as it is."""
    record = read_running(settings_or_explain().state_dir)
    for name, value in (record.environment if record else {}).items():
        os.environ.setdefault(name, value)
    settings = settings_or_explain()
    if not (settings.database_url and settings.redis_url):
        raise click.ClickException(NOT_UP.format(state=settings.state_dir))
    return settings
