"""What must not be in the tree: places of one machine, and where its packages come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("sql", "functions", "triggers", "migrations", "api", "tests", ".ci")
TEXT = {".sql", ".py", ".js", ".css", ".html", ".svg", ".md", ".toml", ".txt", ".json", ".csv",
        ".jsonl", ".yml", ""}  # fmt: skip

# put together here, so that this file does not hold what it looks for
PLACES = {
    "a home directory": r"(?<![\w.])/" + r"(?:home|root|Users)/\w",
    "the builder's own directory": r"(?<![\w.])/" + r"work(?:/|\b)",
    "a package registry": r"\b(?:" + "|".join(
        (r"pypi\." + "org", r"python" + r"hosted\.org", r"npm" + r"js\.(?:org|com)",
         r"proxy\.go" + r"lang\.org", r"crates\." + "io")) + r")\b",
    "an address of a private network": r"(?<![\d.])(?<!==)"
    r"(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))"
    r"(?:\.\d{1,3}){2}\b",
    "a note for later": r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
}  # fmt: skip


def files() -> Iterator[Path]:
    """Everything that belongs to the project."""
    for path in sorted(ROOT.iterdir()):
        if path.is_file() and path.suffix in TEXT and not path.name.startswith(".git"):
            yield path
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
                yield path


@pytest.mark.parametrize("what", PLACES)
def test_no_file_names(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(PLACES[what], line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a home directory", "see /" + "home/ana/notes"),
        ("the builder's own directory", "cd /" + "work/main"),
        ("a package registry", "https://" + "pypi" + ".org/simple"),
        ("an address of a private network", "host=10." + "0.0.7"),
        ("a note for later", "# TO" + "DO later"),
    ],
)
def test_each_is_seen_to_be_found(what: str, line: str) -> None:
    assert re.search(PLACES[what], line)


def test_the_tree_is_looked_at_whole() -> None:
    names = {path.name for path in files()}
    assert {
        "reserve.sql",
        "stock.sql",
        "app.py",
        "conftest.py",
        "Makefile",
        "pyproject.toml",
    } <= names
