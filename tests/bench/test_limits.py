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


LINES = [
    *(("reserve", f"reserve in SQL, one hot item, {n} at once") for n in (1, 8, 32)),
    *(("reserve", f"reserve in SQL, 1,000 items, {n} at once") for n in (1, 8, 32)),
    ("sweep", "expire_and_promote, 100 due over 10 items, 200 waiting"),
    *(("looks", f"{name}, 1,000 rows") for name in growth.LIMITS),
    *(("looks", f"bytes of each of 1,000 {name}") for name in ("reservations", "events")),
    ("crowd", "5 streams, 10 events a second: readers that got each in order"),
    *(("crowd", f"5 streams, 10 events a second: {name}") for name in streams.WANTED),
    *(("drop", f"a drop opens: 20 people, 3 units: {name}") for name in opening.LIMITS),
]


def said() -> str:
    """What a very small run prints, in a process of its own as `make bench` starts it."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--size", "0.001", "--rounds", "1", "--seconds", "1"],
        env={"PYTHONPATH": f"{ROOT}:{Path(embedded.__file__).parents[1]}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_small_run_prints_everything(subtests: pytest.Subtests) -> None:
    """One test, or each worker would make a run of its own."""
    printed = said()
    for group, what in LINES:
        with subtests.test(f"each line with the command that repeats it: {what}"):
            line = (
                rf"^\| {re.escape(what)} \| [^|]*\d[^|]* \|.*\| `make bench ARGS=\"{group}\"` \|$"
            )
            assert re.search(line, printed, re.M), printed
    with subtests.test("all that is too old is forgotten"):
        line = r"^\| retention: [\d,]+ events that are too old are forgotten \| 0 left .* \| yes \|"
        assert re.search(line, printed, re.M), printed
    for name in ("get_status", *growth.LIMITS, "select 1"):
        with subtests.test(f"the growth: {name}"):
            line = rf"^{re.escape(name)} +[\d.]+ +[\d.]+ +[\d.]+ .*-?\d\.\d$"
            assert re.search(line, printed, re.M), printed
    with subtests.test("each group has a table of its own"):
        assert printed.count(HEAD) == len(GROUPS)
    for what, number in {"units sold": 3, "who waits": 17, "broken rules": 0}.items():
        with subtests.test(f"who asked in the moment of the opening has it or waits: {what}"):
            line = f"| a drop opens: 20 people, 3 units: {what} | {number} | {number} |  | yes |"
            assert line in printed, printed
