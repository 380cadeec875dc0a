"""The benchmarks run and print what they promise. How fast anything is, is nobody's assertion."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest

from apartado import embedded
from bench import peers

HERE = Path(__file__).parent


NUMBER = r" +-?[\d,.]+"
ONE_CALL = [
    "expire_and_promote: 100 due over 10 items, nobody waits",
    "expire_and_promote: 100 due over 10 items, 200 wait",
    "list_statuses of 1,000 items, anonymous",
    "list_statuses of 1,000 items, for a member",
    "get_queue_position: 1,000 wait, in the middle",
    "get_queue_position: 1,000 wait, at the end",
    "explain_position: 1,000 wait, in the middle",
    "explain_position: 1,000 wait, at the end",
    "adjust_stock: 10 units, 100 wait",
]
CYCLES = ["reserve and cancel, 1 at once", "reserve and cancel, 8 at once",
          "join and leave, 8 at once"]  # fmt: skip
LEFT_BEHIND = ["stock", "stock_tallies", "member_turns", "queue_blocks"]


def said() -> str:
    """What a run of very few calls prints, in a process of its own as `make bench` starts it."""
    done = subprocess.run(
        [sys.executable, HERE / "bench.py", "--calls", "5", "--rounds", "1", "--seconds", "1",
         "--connections", "1,2"],
        env={"PYTHONPATH": str(Path(embedded.__file__).parents[1])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_small_run_prints_everything(subtests: pytest.Subtests) -> None:
    """One test, or each worker would make a run of its own."""
    printed = said()
    for shape, connections in itertools.product(("one hot item", "1,000 items"), (1, 2)):
        with subtests.test(f"reservations beside the minimal function: {shape}, {connections}"):
            line = rf"^{shape} +{connections}{NUMBER}{NUMBER} +\d\.\d\d$"
            assert re.search(line, printed, re.M), printed
    for name in ONE_CALL:
        with subtests.test(f"one call beside the least there is: {name}"):
            line = rf"^{re.escape(name)}{NUMBER}{NUMBER}{NUMBER}$"
            assert re.search(line, printed, re.M), printed
    for cycle, name in itertools.product(CYCLES, LEFT_BEHIND):
        with subtests.test(f"what is left behind beside what lives: {cycle}: {name}"):
            line = rf"^{cycle}: {name}{NUMBER}{NUMBER} +\d+\.\d\d$"
            assert re.search(line, printed, re.M), printed
    with subtests.test("it says what costs the rest"):
        assert len(re.findall(rf"^([-=]) .+?{NUMBER}{NUMBER} +-?\d+%$", printed, re.M)) >= 8
        assert re.search(rf"^the whole{NUMBER} +100%$", printed, re.M), printed


def test_the_table_of_peers_shows_medians_and_what_went_wrong() -> None:
    run = {"name": "apartado", "scenario": "hot32", "p99_ms": 4.2}
    storm = {"name": "apartado", "scenario": "storm1", "pass": True, "max_ms": 90.0}
    lines = peers.table([
        *({**run, "ok_s": rate, "agree": True} for rate in (7000.0, 9000.0, 8000.0)),
        {"name": "express_sequelize", "scenario": "hot32", "ok_s": 433.0, "p99_ms": 354.0,
         "agree": False},
        {"name": "litestar_const_uvicorn_w1", "scenario": "limit", "ok_s": 9486.0, "p99_ms": 6.4},
        storm, {**storm, "pass": False},
    ])  # fmt: skip
    wrong = "433 (354), ROWS AND ANSWERS DISAGREE"
    assert f"| reserve, one hot item, 32 | {wrong} | 9,486 (6) | 8,000 (4) |" in lines
    assert "| 200 at once for one unit |  |  | NOT EXACT, 90 ms |" in lines


def test_without_a_yardstick_it_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="--peers"):
        peers.run(tmp_path, 1, 1, None)
