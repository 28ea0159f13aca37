"""Where each child writes; the run before keeps its log under `.1`."""

from pathlib import Path


def fresh_log(state: Path, name: str) -> Path:
    log = state / "logs" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    return log


def says(log: Path, words: str) -> bool:
    return log.exists() and words in log.read_text(errors="replace")
