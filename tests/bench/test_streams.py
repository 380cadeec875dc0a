"""The table of the stream is printed, and every reader got everything. How fast asserts nobody."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from apartado import embedded

ROOT = Path(__file__).parents[1]
NUMBER = r" +[\d,.]+"
LINES = ("p50, ms", "p99, ms", "service alone, MiB", "on top, MiB", "in all, MiB")


def test_it_prints_how_long_it_took_and_what_it_weighs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.streams", "--readers", "5", "--seconds", "1"],
        env={"PYTHONPATH": f"{ROOT}:{Path(embedded.__file__).parents[1]}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert re.search(rf"^  readers that got every event in order {NUMBER}", done.stdout, re.M)
    for line in LINES:
        assert re.search(rf"^  {line}{NUMBER}", done.stdout, re.M), done.stdout
