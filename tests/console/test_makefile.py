"""The Makefile: what a fresh machine needs, told before anything is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent.parent
OLD_PYTHON = "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Python 3.9.2' && exit 0\nexit 1\n"


@pytest.fixture
def make(tmp_path):
    """Runs make in a folder that has the Makefile and nothing else of the checkout's making."""
    shutil.copy(CHECKOUT / "Makefile", tmp_path)
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    shutil.copytree(CHECKOUT / "requirements", tmp_path / "requirements")
    return lambda *arguments: subprocess.run(
        ["make", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("target", ["up", "test", "check", "bench", "chaos", "lock", "clean", "venv"])
def test_help_names_every_target_and_what_it_is_for(make, target):
    lines = make("help").stdout.splitlines()

    assert any(line.startswith(f"  make {target} ") and len(line.split()) > 3 for line in lines)


def test_help_is_what_make_alone_says(make):
    assert make().stdout == make("help").stdout


@pytest.mark.parametrize("target", ["up", "test"])
def test_a_python_too_old_is_told_with_the_way_to_another(make, tmp_path, target):
    (tmp_path / "python").write_text(OLD_PYTHON)
    (tmp_path / "python").chmod(0o755)

    result = make(target, "PYTHON=./python")

    assert result.returncode != 0
    assert "Baton needs Python 3.11 or newer, and './python' is Python 3.9.2." in result.stderr
    assert f"make {target} PYTHON=python3.12" in result.stderr
    assert not (tmp_path / ".venv").exists()


def test_cleaning_what_was_never_made_is_no_error(make, tmp_path):
    (tmp_path / ".baton").mkdir()

    assert make("clean").returncode == 0
    assert not (tmp_path / ".baton").exists()
