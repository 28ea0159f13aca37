"""Flower's settings in a fleet: it looks and does not touch, behind a name and password that stand in a file.

Flower reads this page itself (`--conf`); the names are its own. The API is never opened without a login.
"""

import os
from pathlib import Path

_file = Path(os.environ.get("BATON_FLOWER_LOGIN_FILE", "/run/secrets/flower_login"))
_login = _file.read_text(encoding="utf-8").strip()

_user, _, _password = _login.partition(":")
if not _user or len(_password) < 12 or "," in _login:
    # Flower takes commas as the end of a login, and an empty list as "everybody".
    raise SystemExit(f"{_file} should hold one line, NAME:PASSWORD, with 12 characters or more and no comma")

basic_auth = [_login]
address = "0.0.0.0"  # noqa: S104 - inside its container; what is published is decided by docker-compose.yml
port = 5555
# Starting tasks and stopping workers is for people with a shell; replaying is Baton's own.
read_only = True
# Workers come and go with every release.
purge_offline_workers = 3600
