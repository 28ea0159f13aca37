"""How many small changes of the decisions the tests of the domain notice, module by module.

mutmut makes the changes and runs the tests (`[tool.mutmut]` in pyproject.toml says which); this counts what it found,
prints what nobody noticed, and fails under nine in ten. `python -m benchmarks.mutants --counted` counts the last run.
"""

import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
MADE = ROOT / "mutants"
MUTMUT = Path(sys.executable).with_name("mutmut")
ENOUGH = 0.9

SURVIVED = {0, 5, 33}
"""mutmut's numbers: the tests passed, or no test reaches the line. Anything else unknown is not counted as killed."""
KILLED = {1, 3, 24, 36, 152, 255, -24}
"""A test failed, or ran out of the time that it takes unchanged: a loop without end is noticed as well."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the changes of one module."""

    module: str
    killed: int
    survivors: tuple[str, ...]
    unsettled: tuple[str, ...]

    @property
    def share(self) -> float:
        made = self.killed + len(self.survivors) + len(self.unsettled)
        return self.killed / made if made else 0.0


def main() -> int:
    if "--counted" not in sys.argv:
        shutil.rmtree(MADE, ignore_errors=True)
        ran = subprocess.run(
            [MUTMUT, "run", "--max-children", "2"], cwd=ROOT, check=False, capture_output=True, text=True
        )
        if ran.returncode:
            print(ran.stdout[-4000:], ran.stderr[-4000:], sep="\n")
            return 2
    tallies = [tally(module) for module in _modules()]
    for one in tallies:
        for name in (*one.survivors, *one.unsettled):
            print(_shown(name))
    print(f"{'module':32} {'killed':>7} {'survived':>9} {'unsettled':>10} {'share':>7}")
    for one in tallies:
        print(f"{one.module:32} {one.killed:7} {len(one.survivors):9} {len(one.unsettled):10} {one.share:7.1%}")
    return int(any(one.share < ENOUGH for one in tallies))


def tally(module: str) -> Tally:
    """Read what mutmut wrote down beside its copy of a module."""
    codes = json.loads((MADE / f"{module}.meta").read_text())["exit_code_by_key"]
    return Tally(
        module,
        killed=sum(code in KILLED for code in codes.values()),
        survivors=tuple(name for name, code in codes.items() if code in SURVIVED),
        unsettled=tuple(name for name, code in codes.items() if code not in KILLED | SURVIVED),
    )


def _modules() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        modules: list[str] = tomllib.load(file)["tool"]["mutmut"]["only_mutate"]
    return modules


def _shown(name: str) -> str:
    return subprocess.run([MUTMUT, "show", name], cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
