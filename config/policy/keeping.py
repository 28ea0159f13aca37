"""Fetches what a connection refers to: environment variables, their `_FILE` twins, and files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.policy.references import Reference
from config.secret_files import SUFFIX, secret_in


@dataclass(frozen=True, slots=True)
class Keeping:
    """The environment, and the folder that relative files are beside. An empty variable counts as not set."""

    environ: Mapping[str, str]
    folder: Path

    def holds(self, reference: Reference) -> bool:
        path = self._path(reference)
        return path.exists() if reference.file is not None and path else self._variable(reference) is not None

    def value(self, reference: Reference) -> str:
        """Raises ValueError, without the value, when nothing usable is there."""
        direct = self.environ.get(reference.env or "", "").strip()
        if direct:
            return direct
        path = self._path(reference)
        if path is None:
            raise ValueError(f"{reference.env} is not set.")
        return secret_in(path)

    def _variable(self, reference: Reference) -> str | None:
        name = reference.env or ""
        return self.environ.get(name, "").strip() or self.environ.get(name + SUFFIX) or None

    def _path(self, reference: Reference) -> Path | None:
        name = reference.file or self.environ.get(f"{reference.env}{SUFFIX}")
        return self.folder / name if name else None
