"""Makes the secrets a fleet of its own servers needs, each in a file of its own. What is there already is kept.

    python3 deploy/make_secrets.py /etc/baton/secrets

It needs nothing but Python. The folder is for its owner alone; the files in it can be read by whoever may enter, for
inside a container it is another user that reads them.
"""

import base64
import os
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

USAGE = "usage: python3 deploy/make_secrets.py FOLDER"


def password() -> str:
    return secrets.token_urlsafe(32)


def fernet_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def files(postgres: str, redis: str) -> Mapping[str, Callable[[], str]]:
    """File → what makes its value. The addresses name the services of docker-compose.yml."""
    return {
        "database_url": lambda: f"postgresql://baton:{postgres}@postgres:5432/baton",
        "redis_url": lambda: f"redis://:{redis}@redis:6379/0",
        "redis_conf": lambda: f"requirepass {redis}",
        "secret_key": fernet_key,
        "flower_login": lambda: f"baton:{password()}",
    }


def make(folder: Path) -> list[str]:
    """The names of the files that were made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    accounts = folder / "accounts"
    accounts.mkdir(exist_ok=True)
    accounts.chmod(0o755)
    made = [name for name in ("postgres_password", "redis_password") if write(folder / name, password)]
    postgres, redis = ((folder / name).read_text().strip() for name in ("postgres_password", "redis_password"))
    return made + [name for name, value in files(postgres, redis).items() if write(folder / name, value)]


def write(path: Path, value: Callable[[], str]) -> bool:
    """Whether it was written: a file that is there is never touched, for a lost key is lost data."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(value() + "\n")
    # Whatever the mask of the person's shell says.
    path.chmod(0o444)
    return True


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(USAGE, file=sys.stderr)  # noqa: T201 - a command's own words
        return 2
    folder = Path(arguments[0])
    made = make(folder)
    print(f"{folder}: made {', '.join(made) or 'nothing, all of them are there'}")  # noqa: T201 - the same
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
