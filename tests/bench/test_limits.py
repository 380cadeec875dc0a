"""Every line of `make bench` is printed. How fast anything is, is nobody's assertion."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from apartado import embedded
from bench import growth, opening, streams
from bench.__main__ import GROUPS, HEAD

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def said() -> str:
    """What a very small run prints, in a process of its own as `make bench` starts it."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--size", "0.001", "--rounds", "1"],
        env={"PYTHONPATH": f"{ROOT}:{Path(embedded.__file__).parents[1]}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("group", "what"),
    [
        *(("reserve", f"reserve in SQL, one hot item, {n} at once") for n in (1, 8, 32)),
        *(("reserve", f"reserve in SQL, 1,000 items, {n} at once") for n in (1, 8, 32)),
        ("sweep", "expire_and_promote, 100 due over 10 items, 200 waiting"),
        *(("looks", f"{name}, 1,000 rows") for name in growth.LIMITS),
        *(("looks", f"bytes of each of 1,000 {name}") for name in ("reservations", "events")),
        ("crowd", "5 streams, 10 events a second: readers that got each in order"),
        *(("crowd", f"5 streams, 10 events a second: {name}") for name in streams.WANTED),
        *(("drop", f"a drop opens: 20 people, 3 units: {name}") for name in opening.LIMITS),
    ],
)
def test_each_line_is_printed_with_the_command_that_repeats_it(
    said: str, group: str, what: str
) -> None:
    line = rf"^\| {re.escape(what)} \| [^|]*\d[^|]* \|.*\| `make bench ARGS=\"{group}\"` \|$"
    assert re.search(line, said, re.M), said


def test_all_that_is_too_old_is_forgotten(said: str) -> None:
    line = r"^\| retention: [\d,]+ events that are too old are forgotten \| 0 left .* \| yes \|"
    assert re.search(line, said, re.M), said


def test_the_growth_is_printed(said: str) -> None:
    for name in ("get_status", *growth.LIMITS, "select 1"):
        assert re.search(rf"^{re.escape(name)} +[\d.]+ +[\d.]+ +[\d.]+ .*-?\d\.\d$", said, re.M), (
            said
        )


def test_each_group_has_a_table_of_its_own(said: str) -> None:
    assert said.count(HEAD) == len(GROUPS)


def test_who_asked_in_the_moment_of_the_opening_has_it_or_waits(said: str) -> None:
    for what, number in {"units sold": 3, "who waits": 17, "broken rules": 0}.items():
        line = f"| a drop opens: 20 people, 3 units: {what} | {number} | {number} |  | yes |"
        assert line in said, said
