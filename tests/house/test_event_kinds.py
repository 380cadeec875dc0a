"""One list of what can happen: the triggers, the README's table and the board go by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apartado.tree import database_root

ROOT = Path(__file__).parents[2]
SHORT = re.compile(r"`((?:\w+)?\.\w+)`")
MADE = re.compile(r"'(\w+\.(?:\w+)?)'")
MAPPED = re.compile(r"\.\.\.\[([^\]]*)\]\.map\(\(what\) => `(\w+)\.\$\{what\}`\)")
CROSSED = re.compile(
    r"\.\.\.\[([^\]]*)\]\.flatMap\(\(thing\) => \[([^\]]*)\]"
    r"\.map\(\(what\) => `\$\{thing\}\.\$\{what\}`\)\)"
)
FILE = database_root() / "functions/events/_event_kinds.sql"
KINDS = re.findall(r"\w+\.\w+(?=[,}\n])", FILE.read_text(encoding="utf-8").split("'{", 1)[1])


def _in_readme() -> set[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.split("| what arrives | for whom |", 1)[1].split("\n\n", 1)[0]
    found, thing = set(), ""
    for name in SHORT.findall(table):
        thing = name.split(".")[0] or thing
        found.add(f"{thing}.{name.split('.')[1]}")
    return found


def _on_the_board() -> set[str]:
    text = (ROOT / "api/apartado/static/live.js").read_text(encoding="utf-8")
    listed = text.split("const KINDS = [", 1)[1].split("\n];", 1)[0]
    words = re.compile(r'"([\w.]+)"')
    found = {
        f"{thing}.{what}"
        for names, thing in MAPPED.findall(listed)
        for what in words.findall(names)
    }
    for things, names in CROSSED.findall(listed):
        found |= {
            f"{thing}.{what}" for thing in words.findall(things) for what in words.findall(names)
        }
    return found | {name for name in words.findall(listed) if "." in name}


def test_the_list_is_in_order() -> None:
    assert sorted(set(KINDS)) == KINDS


def test_the_readme_tells_each() -> None:
    """But of members, whose it sums up, and with what is derived when it is delivered."""
    told = {kind for kind in KINDS if not kind.startswith("member.")}
    assert not told - _in_readme(), "in the table `what arrives` of the README"
    assert _in_readme() - told == {"queue.position"}


def test_the_board_hears_each() -> None:
    assert not set(KINDS) - _on_the_board(), "KINDS in api/apartado/static/live.js"
    assert _on_the_board() <= set(KINDS)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_board_has_words_for_each(language: str) -> None:
    """What operators read of what was done."""
    path = ROOT / f"api/apartado/static/words-{language}-shop.js"
    block = path.read_text(encoding="utf-8").split("  kinds: {", 1)[1].split("\n  },", 1)[0]
    worded = set(re.findall(r'"(\w+\.\w+)":', block))
    assert not set(KINDS) - worded, f"kinds in {path.name}"
    assert worded <= set(KINDS)


def test_each_that_sql_names_is_in_the_list() -> None:
    """Those that are put together are named by what they begin with."""
    things = {kind.split(".")[0] for kind in KINDS}
    for folder in ("functions", "triggers"):
        for path in (database_root() / folder).rglob("*.sql"):
            for name in MADE.findall(path.read_text(encoding="utf-8")):
                thing, what = name.split(".")
                if thing in things:
                    assert name in KINDS if what else thing in things, f"{path.name}: {name}"
