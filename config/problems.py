"""What is wrong with something a person wrote, said so that they can put it right: where, what, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right. `place` is a file or the environment; `line` counts from one; None: it has none."""

    place: str
    line: int | None
    key: str
    text: str
    advice: str = ""

    def __str__(self) -> str:
        where = self.place if self.line is None else f"{self.place}:{self.line}"
        return f"{where}: {self.key}: {self.told}" if self.key else f"{where}: {self.told}"

    @property
    def told(self) -> str:
        return f"{self.text} {self.advice}".strip()

    def seen_from(self, folder: Path) -> "Problem":
        """The same with its file named from `folder` on, as an editor's terminal wants it."""
        path = Path(self.place)
        shown = str(path.relative_to(folder)) if path.is_relative_to(folder) else self.place
        return Problem(shown, self.line, self.key, self.text, self.advice)


class NotUsable(Exception):
    """Something a person wrote cannot be used; every problem found is in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems), key=_order))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _order(problem: Problem) -> tuple[str, int, str, str]:
    return (problem.place, problem.line or 0, problem.key, problem.text)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """The nearest known word as a question, and all of them where none is near."""
    lowered = {candidate.lower(): candidate for candidate in known}
    near = get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{lowered[near[0]]}"?'
    return f"Known: {', '.join(known)}." if known else ""
