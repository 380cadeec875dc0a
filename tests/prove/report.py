"""The table: what each proof came to, printed, and written into PROOF.md."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pages
from prove.cluster import Arena
from prove.trial import MUTANTS, CannotRun, Figure, cause, run

HEAD = "| test | seed | size | figure | limit | pass | s |\n|---|---|---|---|---|---|---|"


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
        return f"| {' | '.join(map(str, cells))} | {self.took:.0f} |"


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


def table(lines: list[Line], caught: list[str], how: str, took: float) -> str:
    """What stands in PROOF.md; how are the arguments that repeat a line."""
    rows = "\n".join(map(str, lines))
    again = f'`make prove ARGS="NAME {how}"` repeats a line, with its mutants.'
    words = f"{again} {summary(lines, caught, took)}"
    mutants = "\n".join(
        f"- `{line.name}` caught: {'; '.join(of)}"
        for line in lines
        if (of := [mutant for mutant in caught if MUTANTS[mutant].proof == line.name])
    )
    return f"{HEAD}\n{rows}\n\n{words}\n\n{mutants}"


def summary(lines: list[Line], caught: list[str], took: float) -> str:
    """The same in a sentence, for the README."""
    held = sum(line.mark in ("yes", "slow") for line in lines)
    return (
        f"{held} of {len(lines)} proofs held, and {len(caught)} mutants of {len(caught)} were"
        f" caught, in {took / 60:.0f} minutes on two cores."
    )


def write(lines: list[Line], caught: list[str], how: str, took: float) -> None:
    """Put both where the last ones stood."""
    pages.put(pages.PROOF, "prove", table(lines, caught, how, took))
    pages.put(pages.README, "prove", f"In the last run {summary(lines, caught, took)}")
