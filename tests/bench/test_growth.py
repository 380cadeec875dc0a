"""The table of growth says every look at every size. How fast it is, is nobody's assertion."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from apartado import embedded
from bench.growth import LIMITS

ROOT = Path(__file__).parents[1]
NUMBER = r" +[\d,.]+"


@pytest.fixture(scope="module")
def said() -> str:
    """What a run of few rows prints, in a process of its own as `make bench` starts it."""
    path = f"{ROOT}:{Path(embedded.__file__).parents[1]}"
    done = subprocess.run(
        [sys.executable, "-m", "bench.growth", "--rows", "1000,2000", "--calls", "2"],
        env={"PYTHONPATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", LIMITS)
def test_each_look_is_printed_at_every_size_beside_its_limit(said: str, name: str) -> None:
    line = rf"^{re.escape(name)}{NUMBER}{NUMBER} +{LIMITS[name]:.0f} +-?\d+\.\d$"
    assert re.search(line, said, re.M), said


@pytest.mark.parametrize("name", ["reservations", "events"])
def test_what_a_reservation_takes_on_disk_is_printed(said: str, name: str) -> None:
    found = re.search(rf"^{name} +([\d,]+) +([\d,]+) +([\d,]+)$", said, re.M)
    assert found is not None, said
    assert all(int(part.replace(",", "")) > 0 for part in found.groups())
