"""The one file that chooses adapters."""

import os
import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import redis
from cryptography.fernet import Fernet

from baton.adapters.activecampaign.gateway import ActiveCampaignGateway
from baton.adapters.database.audits import PostgresAudits
from baton.adapters.database.automation import automation
from baton.adapters.database.backfills import PostgresBackfills
from baton.adapters.database.calls import PostgresCalls
from baton.adapters.database.conflicts import PostgresConflicts
from baton.adapters.database.connecting import Desk, connect
from baton.adapters.database.connections import PostgresConnections
from baton.adapters.database.consents import PostgresConsents
from baton.adapters.database.counting import PostgresStatus
from baton.adapters.database.cursors import Cadence, PostgresCursors
from baton.adapters.database.dead_letters import PostgresDeadLetters
from baton.adapters.database.drifts import PostgresDrifts
from baton.adapters.database.guards import PostgresGuards
from baton.adapters.database.hooks import doors
from baton.adapters.database.intake import PostgresIntake
from baton.adapters.database.migrating import upgrade
from baton.adapters.database.outbox import PostgresOutbox
from baton.adapters.database.people import PostgresPeople
from baton.adapters.database.plans import Watch
from baton.adapters.database.reviews import PostgresReviews
from baton.adapters.database.runs import PostgresRuns
from baton.adapters.database.saved_plans import PostgresSavedPlans
from baton.adapters.database.schemas import PostgresSchemas
from baton.adapters.database.sightings import PostgresSightings
from baton.adapters.database.standing_rulings import PostgresStandingRulings
from baton.adapters.database.story import PostgresStory
from baton.adapters.database.ticks import PostgresTicks
from baton.adapters.database.tokens import PostgresTokens
from baton.adapters.database.trickle import PostgresTrickle
from baton.adapters.http.wire import Wire
from baton.adapters.notices.channels import channels
from baton.adapters.redis.budget import Limits, RedisBudget
from baton.adapters.redis.dead_queues import RedisDeadQueues
from baton.adapters.spelling import spelling
from baton.adapters.zoho.gateway import ZohoGateway
from baton.adapters.zoho.related import TASK_FIELDS
from baton.adapters.zoho.signing_in import Credentials
from baton.domain.contract_print import print_of
from baton.domain.guard import Guard, Risk
from baton.domain.identity import normalised
from baton.domain.records import DEALS, Crm, Module
from baton.domain.selection import wanted
from baton.domain.status import Status
from baton.domain.story import Story
from baton.domain.tasking import TASKS
from baton.engine import Engine
from baton.ports import Gateway
from baton.ports.handoffs import Channel
from config.connection import Connection
from config.loading import load_connection, load_connections
from config.settings import Settings, load_settings
from schedules.sweeps import SWEEPS
from workers.queues import WORK_QUEUES
from workers.redis_servers import redis_client

TAKES = 5
CATCH_UP_WITHIN = timedelta(seconds=15)
ASK_AGAIN = timedelta(seconds=30)
TRICKLES_EVERY = SWEEPS["upkeep.trickle"]


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


CLOCK = SystemClock()


class NotRunningError(Exception):
    """An address is missing: nothing was started, or its address was not given."""

    def __init__(self, what: str, variable: str) -> None:
        super().__init__(f"{what} has no address: start everything with `make up`, or set {variable}.")


def connection_named(name: str, settings: Settings) -> Connection:
    return load_connection(name, settings, os.environ)


def all_connections(settings: Settings) -> tuple[Connection, ...]:
    return load_connections(settings, os.environ)


def redis_url(settings: Settings) -> str:
    if settings.redis_url is None:
        raise NotRunningError("Redis", "BATON_REDIS_URL")
    return settings.redis_url.get_secret_value()


def database_url(settings: Settings) -> str:
    if settings.database_url is None:
        raise NotRunningError("the database", "BATON_DATABASE_URL")
    return settings.database_url.get_secret_value()


def migrate(url: str) -> None:
    upgrade(url)


def engine_for(name: str) -> Engine:
    """Everything one connection needs, built in the process that uses it."""
    settings = load_settings()
    client = redis_client(redis_url(settings), settings.redis_master)
    return build_engine(connection_named(name, settings), settings, client)


def build_engine(connection: Connection, settings: Settings, client: redis.Redis) -> Engine:
    desk = Desk(connect(database_url(settings), size=10), connection.name, print_of(connection.contract))
    budget = RedisBudget(client=client, connection=connection.name, limits=_limits(connection, settings))
    observe = calls_kept(desk, settings).observe
    wire = Wire(budget=budget, clock=CLOCK, on_call=observe, deadline=settings.write.call_deadline)
    return _engine(connection, settings, desk, client, _gateways(connection, settings, wire, desk))


def _engine(
    connection: Connection, settings: Settings, desk: Desk, client: redis.Redis, gateways: Mapping[Crm, Gateway]
) -> Engine:
    pull, write, sync = settings.pull, settings.write, settings.sync
    call_lease = write.call_deadline * 3
    return Engine(
        connection=connection.name,
        contract=connection.contract,
        spelling=spelling(),
        gateways=gateways,
        streams=tuple(connection.cadences),
        cursors=PostgresCursors(desk, _cadence(settings)),
        intake=PostgresIntake(desk, pull.overlap, sync.lease, CATCH_UP_WITHIN, connection.contract.settling),
        people=PostgresPeople(desk, sync.lease, sync.nudge_again, TAKES, _watch(connection)),
        outbox=PostgresOutbox(desk, call_lease, write.uncertain_grace, sync.nudge_again),
        connections=PostgresConnections(desk, ASK_AGAIN),
        dead_letters=PostgresDeadLetters(desk),
        dead_queues=RedisDeadQueues(client, tuple(queue.name for queue in WORK_QUEUES)),
        schedule=PostgresTicks(desk),
        schemas=PostgresSchemas(desk),
        drifts=PostgresDrifts(desk),
        audits=PostgresAudits(desk),
        conflicts=PostgresConflicts(desk),
        standing_rulings=PostgresStandingRulings(desk),
        consents=PostgresConsents(desk, connection.contract),
        saved_plans=PostgresSavedPlans(desk, sync.lease, _watch(connection)),
        reviews=PostgresReviews(desk),
        guards=PostgresGuards(desk),
        backfills=PostgresBackfills(desk, call_lease),
        sightings=PostgresSightings(desk),
        trickle=_trickle(connection, settings, desk),
        calls=calls_kept(desk, settings),
        runs=PostgresRuns(desk),
        automation=automation(desk, connection.plays, connection.clock_rules, _channels(connection), lease=call_lease),
        doors=doors(desk, _seal_key(settings)),
        now=CLOCK.now,
        jitter=random.SystemRandom().random,
    )


def _cadence(settings: Settings) -> Cadence:
    pull, write, sync = settings.pull, settings.write, settings.sync
    return Cadence(
        lease=write.call_deadline + sync.lease,
        stall=sync.lease,
        wide_overlap=pull.wide_overlap,
        wide_every=pull.wide_overlap_every,
    )


def _watch(connection: Connection) -> Watch:
    return Watch(
        Guard({Risk(risk): most for risk, most in connection.contract.guard.items()}), tuple(_channels(connection))
    )


def _channels(connection: Connection) -> Mapping[str, Channel]:
    hook = connection.webhook
    secret = hook.secret.get_secret_value() if hook else None
    url, record_url = (hook.url, hook.record_url) if hook else (None, None)
    return channels(connection.name, url=url, secret=secret, record_url=record_url)


def _trickle(connection: Connection, settings: Settings, desk: Desk) -> PostgresTrickle:
    """Nothing is asked for where the contract names no field for the ids, or does not let everybody take part."""
    contract = connection.contract
    place = None if contract.pilot or contract.filters else contract.zoho_id
    per_tick = settings.write.ids_per_minute * settings.sync.sweep * TRICKLES_EVERY / timedelta(minutes=1)
    at_once = max(1, round(per_tick)) if place and per_tick > 0 else 0
    return PostgresTrickle(desk, (place or "").removeprefix("fields."), at_once)


def _limits(connection: Connection, settings: Settings) -> Mapping[Crm, Limits]:
    allowed, limits = connection.limits, {}
    if settings.limits.activecampaign:
        limits[Crm.ACTIVECAMPAIGN] = Limits(calls=max(1, int(allowed.activecampaign_requests_per_second)), reserve=1)
    if settings.limits.zoho:
        limits[Crm.ZOHO] = Limits(
            slots=allowed.zoho_concurrency, complex_slots=min(10, allowed.zoho_concurrency), reserve=2
        )
    return limits


def _gateways(connection: Connection, settings: Settings, wire: Wire, desk: Desk) -> Mapping[Crm, Gateway]:
    marketing, sales = connection.activecampaign, connection.zoho
    credentials = Credentials(
        client_id=sales.client_id.get_secret_value(),
        client_secret=sales.client_secret.get_secret_value(),
        refresh_token=sales.refresh_token.get_secret_value(),
    )
    return {
        Crm.ACTIVECAMPAIGN: ActiveCampaignGateway(
            base_url=marketing.base_url, token=marketing.token.get_secret_value(), wire=wire
        ),
        Crm.ZOHO: ZohoGateway(
            accounts_url=sales.accounts_url,
            api_url=sales.api_url,
            credentials=credentials,
            tokens=PostgresTokens(desk, _seal(settings)),
            fields=_zoho_fields(connection),
            key_field=connection.contract.activecampaign_id,
            wire=wire,
        ).holding_several({module: connection.contract.several(module) for module in connection.contract.zoho_modules}),
    }


def calls_kept(desk: Desk, settings: Settings) -> PostgresCalls:
    return PostgresCalls(desk, _seal(settings), settings.calls.keep, settings.calls.keep_counts)


def _seal(settings: Settings) -> Fernet:
    return Fernet(_seal_key(settings))


def _seal_key(settings: Settings) -> str:
    if settings.secret_key is None:
        raise NotRunningError("the key that seals tokens", "BATON_SECRET_KEY or BATON_SECRET_KEY_FILE")
    return settings.secret_key.get_secret_value()


def _zoho_fields(connection: Connection) -> Mapping[Module, tuple[str, ...]]:
    contract = connection.contract
    of_people = wanted(contract, connection.plays, connection.clock_rules)
    return {**of_people, TASKS: TASK_FIELDS, DEALS: (*contract.deal_fields, "Contact_Name")}


def status(name: str) -> Status:
    """One look at a connection, for people and scripts; opens and closes its own database connection."""
    settings = load_settings()
    connection = connection_named(name, settings)
    database = connect(database_url(settings), size=1)
    try:
        streams = tuple(str(stream) for stream in connection.cadences)
        return PostgresStatus(Desk(database, name)).look(streams=streams, now=CLOCK.now())
    finally:
        database.dispose()


def stories(name: str, asked: str) -> tuple[Story, ...]:
    """What is known of whoever has this address or ref."""
    database = connect(database_url(load_settings()), size=1)
    try:
        return PostgresStory(Desk(database, name)).of(asked, email=normalised(asked, spelling()))
    finally:
        database.dispose()
