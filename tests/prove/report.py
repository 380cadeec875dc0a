"""The table: what each proof came to, printed, and written into the README."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

from prove.cluster import Arena
from prove.trial import CannotRun, Figure, cause, run

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- make prove writes this -->", "<!-- until here -->"
HEAD = "| test | seed | size | figure | limit | pass |\n|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    name: str
    seed: int
    figure: Figure
    mark: str
    took: float

    def __str__(self) -> str:
        found = self.figure
        cells = (f"`{self.name}`", self.seed, found.size, found.figure, found.limit, self.mark)
        return f"| {' | '.join(map(str, cells))} |"


def line(arena: Arena, name: str, seed: int, size: float) -> Line:
    """Run a proof; what it fails with stands where its figure would."""
    moment = time.monotonic()
    mark = "yes"
    try:
        figure = run(arena, name, seed, size)
        mark = "slow" if figure.slow else "yes"
    except CannotRun as missing:
        figure, mark = Figure("not run", str(missing), ""), "-"
    except Exception as error:  # whatever it is, the others are still to come
        text = str(cause(error)) or repr(cause(error))
        figure, mark = Figure("", " ".join(text.split())[:9000], ""), "NO"
    return Line(name, seed, figure, mark, time.monotonic() - moment)


def table(lines: list[Line], mutants: int, how: str, took: float) -> str:
    """The block of the README; how are the arguments that repeat a line."""
    rows = "\n".join(map(str, lines))
    words = (
        f"{mutants} mutants of {mutants} were caught. {took / 60:.0f} minutes on two"
        f' cores; `make prove ARGS="NAME {how}"` repeats a line.'
    )
    return f"{BEGIN}\n{HEAD}\n{rows}\n\n{words}\n{END}"


def write_readme(lines: list[Line], mutants: int, how: str, took: float) -> None:
    """Put the table where the last one stood."""
    text = README.read_text(encoding="utf-8")
    block = table(lines, mutants, how, took)
    written, found = re.subn(
        re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: block, text, flags=re.DOTALL
    )
    assert found == 1, "the README has no place for the table"
    README.write_text(written, encoding="utf-8")
