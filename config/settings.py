"""Settings from the environment (`BATON_…`): where things are, how often things happen, which secrets open the store.

What concerns one connection stands in `config/connections/<name>/`; how a setting is used is known where it is used.
"""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from cryptography.fernet import Fernet
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from config.problems import NotUsable, Problem
from config.secret_files import SecretFiles

PREFIX = "BATON_"
CHECKOUT = Path(__file__).parent.parent
SECRETS = ("database_url", "redis_url", "secret_key")


def _seconds(value: object) -> object:
    return timedelta(seconds=_number(value)) if isinstance(value, str | int | float) else value


def _minutes(value: object) -> object:
    return timedelta(minutes=_number(value)) if isinstance(value, str | int | float) else value


def _number(value: str | float) -> float:
    try:
        number = float(value)
    except ValueError:
        raise ValueError("should be a number, like 5 or 0.5.") from None
    if not 0 < number <= 86_400 * 7:
        raise ValueError("should be more than 0 and at most a week.")
    return number


def _fernet_key(key: SecretStr) -> SecretStr:
    try:
        Fernet(key.get_secret_value())
    except ValueError:
        raise ValueError(f"is no key. Make one: {_MAKE_A_KEY}") from None
    return key


_MAKE_A_KEY = "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"


def _days(value: object) -> object:
    if not isinstance(value, str | int | float):
        return value
    try:
        days = float(value)
    except ValueError:
        raise ValueError("should be a number of days, like 30.") from None
    if not 0 < days <= 3650:
        raise ValueError("should be more than 0 and at most ten years, in days.")
    return timedelta(days=days)


Seconds = Annotated[timedelta, BeforeValidator(_seconds)]
Minutes = Annotated[timedelta, BeforeValidator(_minutes)]
Days = Annotated[timedelta, BeforeValidator(_days)]
FernetKey = Annotated[SecretStr, AfterValidator(_fernet_key)]


class Group(BaseModel):
    """Settings that belong together; the environment joins their names with two underscores."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PullSettings(Group):
    """How often each stream is asked, and how far a pass reaches back behind the last one.

    Vendors show some records late and stamp in whole seconds; the narrow overlap is for every pass, the wide one
    catches what a lagging replica held back.
    """

    activecampaign_changes: Seconds = timedelta(seconds=5)
    zoho_changes: Seconds = timedelta(seconds=5)
    zoho_deletions: Seconds = timedelta(seconds=60)
    zoho_deals: Seconds = timedelta(seconds=10)
    overlap: Seconds = timedelta(seconds=2)
    wide_overlap: Minutes = timedelta(minutes=10)
    wide_overlap_every: Minutes = timedelta(minutes=10)


class WriteSettings(Group):
    """Patience with the vendors: how long a call may take, and when an unknown outcome may be looked up.

    `ids_per_minute`: how many contacts are given the id of their Zoho record when nothing else is to be written.
    """

    call_deadline: Seconds = timedelta(seconds=30)
    ids_per_minute: Annotated[int, Field(ge=0, le=600)] = 30
    uncertain_grace: Seconds = timedelta(seconds=10)


class SyncSettings(Group):
    """How long one worker may hold a person, and how often sweeps look for work whose nudge was lost.

    A row counts as forgotten when it was nudged longer ago than `nudge_again`: long enough for a long queue.
    """

    lease: Seconds = timedelta(seconds=20)
    sweep: Seconds = timedelta(seconds=2)
    nudge_again: Seconds = timedelta(seconds=30)


class LimitSettings(Group):
    """Whether our own budgets are kept. Off is for practice CRMs whose limits are off, as in benchmarks."""

    activecampaign: bool = True
    zoho: bool = True


class CallSettings(Group):
    """How long API calls are kept: requests and answers (sealed, for they hold personal values), and mere counts."""

    keep: Days = timedelta(days=30)
    keep_counts: Days = timedelta(days=400)


class WebSettings(Group):
    """The fast door: where webhooks are taken, and under which address the vendors reach it.

    `gather`: how long hints gather before they are read, so that a burst is one read. `spool_megabytes` bounds what is
    kept on disk while the database is away.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8088, ge=0, le=65535)
    public_url: str | None = None
    body_limit: int = Field(default=256 * 1024, ge=1024, le=16 * 1024 * 1024)
    gather: Seconds = timedelta(milliseconds=250)
    spool_megabytes: int = Field(default=64, ge=1, le=100_000)


class Settings(BaseSettings):
    """All settings of one installation.

    database_url, redis_url   None: the private servers that `make up` keeps under `state_dir`.
    redis_master              Set where redis_url names Sentinels: the name they know the master by.
    secret_key                Fernet key for tokens and stored values. Each of the three may also stand in a file,
                              named by BATON_DATABASE_URL_FILE, BATON_REDIS_URL_FILE, BATON_SECRET_KEY_FILE.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    database_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    redis_master: str | None = None
    secret_key: FernetKey | None = None
    connections_dir: Path = CHECKOUT / "config" / "connections"
    state_dir: Path = CHECKOUT / ".baton"
    pull: PullSettings = Field(default_factory=PullSettings)
    write: WriteSettings = Field(default_factory=WriteSettings)
    sync: SyncSettings = Field(default_factory=SyncSettings)
    limits: LimitSettings = Field(default_factory=LimitSettings)
    calls: CallSettings = Field(default_factory=CallSettings)
    web: WebSettings = Field(default_factory=WebSettings)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, SecretFiles(settings_cls, PREFIX, SECRETS))


def load_settings(**given: Any) -> Settings:
    """Reads the environment; `given` wins over it. Raises NotUsable with one problem per setting."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise NotUsable(_told(error)) from None
    except SettingsError:
        raise NotUsable([_group_in_one_variable()]) from None


def _told(error: ValidationError) -> list[Problem]:
    return [
        Problem("environment", None, PREFIX + "__".join(str(part) for part in each["loc"]).upper(), _text(each))
        for each in error.errors(include_input=False, include_url=False)
    ]


def _text(error: Any) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] == "extra_forbidden":
        return "is no setting."
    if error["type"] == "bool_parsing":
        return "should be true or false."
    return f"{error['msg']}."


def _group_in_one_variable() -> Problem:
    groups = ", ".join(f"{PREFIX}{name}" for name in ("PULL", "WRITE", "SYNC", "LIMITS", "CALLS", "WEB"))
    return Problem(
        "environment", None, groups, "is a group, not one value.", f"Name its member: {PREFIX}PULL__ZOHO_CHANGES=5."
    )
