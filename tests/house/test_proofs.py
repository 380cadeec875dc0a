"""PROOF.md is what `make prove` and `make bench` write, and names nothing that is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pages
from bench.__main__ import GROUPS, HEAD
from prove import report
from prove.proofs import MUTANTS, PROOFS
from prove.trial import Figure

ROW = re.compile(r"^\| `(\w+)` \| (\d+) \| [^|]+ \| [^|]+ \| [^|]+ \| (yes|slow|NO|-) \| \d+ \|$")


def test_the_table_names_proofs_that_there_are_and_each_held() -> None:
    lines = pages.block(pages.PROOF, "prove")
    assert "\n".join(lines[:2]) == report.HEAD
    rows = [ROW.match(line) for line in lines[2:] if line.startswith("|")]
    assert all(rows)
    names = [row[1] for row in rows if row]
    assert names == [name for name in PROOFS if name in names]
    assert "NO" not in {row[3] for row in rows if row}


@pytest.mark.parametrize("page", [pages.PROOF, pages.README])
def test_the_words_count_the_mutants(page: Path) -> None:
    text = "\n".join(pages.block(page, "prove"))
    found = re.search(r"(\d+) mutants of (\d+) were caught", text)
    assert found
    assert found[1] == found[2]
    assert int(found[1]) <= len(MUTANTS)


def test_every_proof_has_a_mutant_that_it_catches() -> None:
    assert {mutant.proof for mutant in MUTANTS.values()} == {*PROOFS}


def test_every_line_of_the_bench_says_how_to_repeat_it() -> None:
    lines = pages.block(pages.PROOF, "bench")
    assert "\n".join(lines[:2]) == HEAD
    rows = [line for line in lines[2:] if line.startswith("|")]
    again = [re.search(r"`make bench ARGS=\"(\w+)\"` \|$", row) for row in rows]
    assert rows
    assert {found and found[1] for found in again} <= {*GROUPS}


def test_what_is_written_is_what_is_looked_for() -> None:
    line = report.Line("some_proof", 7, Figure("3 of 4", "0 lost", "0"), mark="yes", took=1.0)
    assert ROW.match(str(line))
    text = report.table([line], [*MUTANTS][:1], "--seed 7", 60.0)
    assert text.startswith(f"{report.HEAD}\n")
    assert "1 mutants of 1 were caught" in text


@pytest.mark.parametrize(
    "text", ["| some | 1 | a | b | c | yes | 1 |", "| `some` | 1 | a | b | yes | 1 |"]
)
def test_a_row_that_is_no_row_is_seen(text: str) -> None:
    assert ROW.match(text) is None
