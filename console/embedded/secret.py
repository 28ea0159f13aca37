"""Passwords we make up ourselves: kept in a file only its owner can read."""

import os
import secrets
from pathlib import Path


def secret_in(path: Path) -> str:
    """The secret in the file; made up and written there the first time."""
    if path.exists():
        return path.read_text().strip()
    secret = secrets.token_urlsafe(18)
    write_private(path, secret)
    return secret


def write_private(path: Path, text: str) -> None:
    """Replaces the file in one step; at no moment can others read it."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
