"""The words of the board: the same in both languages, all that are asked for, none without use."""

from __future__ import annotations

import re

import pytest

from apartado.board import STATIC
from apartado.tree import database_root

CODE = "\n".join(
    path.read_text("utf-8")
    for path in sorted(STATIC.glob("*"))
    if path.suffix in (".js", ".html") and not path.name.startswith(("words-", "forms-", "docs"))
)


def words(language: str) -> dict[str, str]:
    """Every key of the dictionary of a language, with the text that follows it."""
    found: dict[str, str] = {}
    for path in sorted(STATIC.glob(f"words-{language}*.js")):
        for key, text in re.findall(r"^  (\w+): (.*)", path.read_text("utf-8"), re.M):
            assert key not in found, f"{key} twice in {language}"
            found[key] = text
    return found


EN, ES = words("en"), words("es")


def test_both_languages_have_the_same_words() -> None:
    assert EN.keys() == ES.keys()
    assert len(EN) > 200


def inside(language: str, key: str) -> set[str]:
    """The values that have words under a key."""
    text = "".join(p.read_text("utf-8") for p in sorted(STATIC.glob(f"words-{language}*.js")))
    block = text.split(f"\n  {key}: {{", 1)[1].split("\n  }", 1)[0]
    return set(re.findall(r"(?:^\s*|[,{] )(\w+): ", block, re.M))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_measure_has_its_words(language: str) -> None:
    """One without would stand there as the database calls it."""
    folder = database_root() / "functions/measures"
    text = "".join((folder / f"_{kind}_measures.sql").read_text() for kind in ("work", "storage"))
    names = set(re.findall(r"^ +\('(\w+)',", text, re.M)) | {"pg_cron"}
    assert len(names) > 10
    assert inside(language, "measures") == names


def asked_for() -> set[str]:
    literal = set(re.findall(r'\bt\(\s*"(\w+)"', CODE))
    literal |= set(re.findall(r'\bword\(\s*"(\w+)"', CODE))
    literal |= set(re.findall(r'data-t(?:-\w+)?="(\w+)"', CODE))
    for first, second in re.findall(r'\bt\([^"()]*\? "(\w+)" : "(\w+)"', CODE):
        literal |= {first, second}
    return literal


def test_every_word_that_is_asked_for_is_there() -> None:
    assert len(asked_for()) > 150
    assert asked_for() - EN.keys() == set()


def test_no_word_is_without_use() -> None:
    """A key stands in the code as a whole string, or as the end of one that is put together."""
    composed = {f"stock_{name}" for name in ("available", "reserved", "sold")}
    composed |= {f"mine_{name}" for name in ("signed_out", "empty")}
    composed |= {f"how_{name}_text" for name in ("aside", "line", "turn")}
    composed |= {f"why_{name}_title" for name in ("not", "waiting")} | {"none_hint", "empty_hint"}
    unused = [key for key in EN if key not in composed and not re.search(rf'["`]{key}["`]', CODE)]
    assert unused == []
