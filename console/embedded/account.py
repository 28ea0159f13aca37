"""Whom PostgreSQL runs as: it refuses to be root, so a root user lends it an account that exists already."""

import os
import pwd
import sys
from collections.abc import Sequence
from pathlib import Path

from console.embedded.child import Account
from console.embedded.trouble import StartError

CANDIDATES = ("postgres", "nobody")


def account_for(needed: Sequence[Path]) -> Account | None:
    """None: run as we are. `needed` are the paths the account must be able to read."""
    if os.geteuid() != 0:
        return None
    entry = next(filter(None, map(_entry, CANDIDATES)), None)
    if entry is None:
        raise StartError(
            "PostgreSQL does not run as root and this machine has neither a 'postgres' nor a 'nobody' account: "
            "start Baton as another user, or give BATON_DATABASE_URL"
        )
    # Only Linux can give a process that right and nothing else.
    is_shut_out = sys.platform == "linux" and not all(map(is_open_to_all, needed))
    return Account(entry.pw_uid, entry.pw_gid, keeps_file_access=is_shut_out)


def is_open_to_all(path: Path) -> bool:
    real = path.resolve()
    return bool(real.stat().st_mode & 0o004) and all(parent.stat().st_mode & 0o001 for parent in real.parents)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
