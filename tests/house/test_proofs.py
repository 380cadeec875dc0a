"""The README's table of proofs: it is what `make prove` writes, and names nothing that is not."""

from __future__ import annotations

import re

import pytest

from prove import report
from prove.proofs import MUTANTS, PROOFS
from prove.trial import Figure

ROW = re.compile(r"^\| `(\w+)` \| (\d+) \| [^|]+ \| [^|]+ \| [^|]+ \| (yes|slow|NO|-) \|$")


def block() -> list[str]:
    """Its lines, without the marks."""
    text = report.README.read_text(encoding="utf-8")
    found = re.findall(
        re.escape(report.BEGIN) + "\n(.*?)\n" + re.escape(report.END), text, re.DOTALL
    )
    assert len(found) == 1
    lines: list[str] = found[0].splitlines()
    return lines


def test_the_table_names_proofs_that_there_are_and_each_held() -> None:
    lines = block()
    assert "\n".join(lines[:2]) == report.HEAD
    rows = [ROW.match(line) for line in lines[2:] if line.startswith("|")]
    assert all(rows)
    names = [row[1] for row in rows if row]
    assert names == [name for name in PROOFS if name in names]
    assert "NO" not in {row[3] for row in rows if row}


def test_the_words_under_it_count_the_mutants() -> None:
    found = re.search(r"(\d+) mutants of (\d+) were caught", block()[-1])
    assert found
    assert found[1] == found[2]
    assert int(found[1]) <= len(MUTANTS)


def test_what_is_written_is_what_is_looked_for() -> None:
    line = report.Line("some_proof", 7, Figure("3 of 4", "0 lost", "0"), mark="yes", took=1.0)
    assert ROW.match(str(line))
    text = report.table([line], 1, "--seed 7", 60.0)
    assert text.startswith(f"{report.BEGIN}\n{report.HEAD}\n")
    assert "1 mutants of 1 were caught" in text


@pytest.mark.parametrize("text", ["| some | 1 | a | b | c | yes |", "| `some` | 1 | a | b | yes |"])
def test_a_row_that_is_no_row_is_seen(text: str) -> None:
    assert ROW.match(text) is None
