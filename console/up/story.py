"""`make up` from beginning to end: come up step by step, show, and take everything down again."""

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta

from rich.console import Console

from baton.domain.records import Crm
from config.connection import Connection
from config.loading import load_connections
from config.practice import ACTIVECAMPAIGN_URL, ZOHO_URL
from config.settings import Settings, load_settings
from console.embedded.addresses import DATABASE_URL, REDIS_URL
from console.up.addresses import show_addresses
from console.up.claim import claimed
from console.up.crms import Sample, crm_url
from console.up.looking import look_at
from console.up.processes import PROCESSES
from console.up.record import end_leftovers
from console.up.run import Run
from console.up.starting import (
    SECRET_KEY,
    await_web,
    crm_ports,
    launch_web,
    migrate,
    secret_key,
    start_crms,
    start_database,
    start_flower,
    start_processes,
    start_redis,
)
from console.up.steps import StepFailed, step
from console.up.stopping import Stop, StopAsked
from console.up.terminal import foreground_to_ourselves
from console.up.until import Goal
from console.up.watch import watch

PRACTICE_URLS = {Crm.ACTIVECAMPAIGN: ACTIVECAMPAIGN_URL, Crm.ZOHO: ZOHO_URL}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person who typed `make up` asked for. `goal` None: run until told to end."""

    goal: timedelta | None = None
    sample: Sample = field(default_factory=Sample)


@dataclass(frozen=True, slots=True)
class Plan:
    settings: Settings
    connections: Sequence[Connection]
    ports: Mapping[Crm, int]


def up(wish: Wish, console: Console) -> int:
    """The exit code: 0 when the goal was reached or somebody ended us, 1 when a step failed or the goal was missed."""
    began, stop = time.monotonic(), Stop()
    with stop.listening(), foreground_to_ourselves():
        try:
            return come_up(wish, console, stop, began)
        except StepFailed:
            return 1
        except StopAsked:
            if wish.goal is None:
                return 0
            console.print("[red]✗[/] ended before both sides were in step")
            return 1


def come_up(wish: Wish, console: Console, stop: Stop, began: float) -> int:
    with ExitStack() as stack:
        settings = claim(console, stack)
        plan = check_config(console, settings)
        run = Run(settings.state_dir.resolve(), console, stop)
        stack.callback(run.end)
        start_all(run, plan, wish)
        show_addresses(console, run)
        goal = Goal(wish.goal) if wish.goal else None
        names = [connection.name for connection in plan.connections]
        return watch(run, lambda: look_at(names), goal, began)


def claim(console: Console, stack: ExitStack) -> Settings:
    with step(console, "state folder") as done:
        settings = load_settings()
        stack.enter_context(claimed(settings.state_dir))
        left = end_leftovers(settings.state_dir)
        done.note = str(settings.state_dir)
        done.warnings.extend([f"ended what an earlier run left behind: {', '.join(left)}"] if left else [])
    return settings


def check_config(console: Console, settings: Settings) -> Plan:
    """The practice CRMs' ports are chosen first, because a connection names its accounts by them."""
    with step(console, "config") as done:
        given = {crm for crm, variable in PRACTICE_URLS.items() if os.environ.get(variable)}
        ports = crm_ports(settings.state_dir, [crm for crm in Crm if crm not in given])
        os.environ.update({PRACTICE_URLS[crm]: crm_url(port) for crm, port in ports.items()})
        connections = load_connections(settings, os.environ)
        done.note = ", ".join(connection.name for connection in connections)
    practised = {crm: port for crm, port in ports.items() if any(each.is_practice(crm) for each in connections)}
    return Plan(settings, connections, practised)


def start_all(run: Run, plan: Plan, wish: Wish) -> None:
    environment = {
        DATABASE_URL: start_database(run, plan.settings),
        REDIS_URL: start_redis(run, plan.settings),
        SECRET_KEY: secret_key(run.state, plan.settings.secret_key),
        # Whole paths, because the children work in the checkout and not where we were started.
        "BATON_STATE_DIR": str(run.state),
        "BATON_CONNECTIONS_DIR": str(plan.settings.connections_dir.resolve()),
        **{name: os.environ[name] for name in PRACTICE_URLS.values() if name in os.environ},
    }
    run.know(replace(run.record, environment=environment))
    os.environ.update(environment)
    migrate(run, environment[DATABASE_URL])
    start_crms(run, plan.ports, wish.sample)
    door = launch_web(run, environment)
    start_processes(run, PROCESSES, environment)
    await_web(run, *door, plan.connections)
    start_flower(run, environment)
