"""The house's measures: short files, short functions, names that say the idea, a first line that says what it knows."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("baton", "benchmarks", "config", "console", "sandbox", "schedules", "tasks", "tests", "workers")
GRAB_BAGS = ("utils", "util", "helpers", "helper", "common", "misc", "types", "models", "managers", "manager")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40

FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_holds_one_idea_and_says_so_in_its_first_line(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)

    assert len(text.splitlines()) <= LONGEST_FILE
    assert path.stem not in GRAB_BAGS
    assert not path.stem.startswith("base_")
    # A test file's idea stands in the names of its tests.
    assert ast.get_docstring(tree) or not text.strip() or path.is_relative_to(ROOT / "tests")
    assert [function.name for function in functions(tree) if length(function) > LONGEST_FUNCTION] == []


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function):
    return (function.end_lineno or function.lineno) - function.lineno + 1
