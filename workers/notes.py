"""The note a worker leaves on disk every few seconds, and how it is read.

It knows nothing of Celery, so that reading one is cheap.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

FOLDER = "vitals"


@dataclass(frozen=True, slots=True)
class Note:
    """Times are seconds since 1970. `last_start` is when the newest of the running tasks began; None while idle."""

    worker: str
    at: float
    queues: tuple[str, ...]
    slots: int
    busy: int
    last_start: float | None

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises ValueError when it is no note."""
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            return cls(**{**found, "queues": tuple(found["queues"])})
        except (TypeError, KeyError) as error:
            raise ValueError(f"{path} is no note of a worker") from error

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = path_of(self.worker, folder)
        # A reader never sees half a note.
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        draft.replace(path)


def path_of(worker: str, folder: Path) -> Path:
    return folder / f"{re.sub(r'[^A-Za-z0-9@._-]', '_', worker)}.json"


def newest(starts: Iterable[float | None]) -> float | None:
    return max((start for start in starts if start is not None), default=None)
