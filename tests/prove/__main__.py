"""`make prove`: every proof in its full size, and every mutant caught by one of them.

make prove ARGS="--list"
make prove ARGS="last_unit_by_sql kills --seed 7 --size 0.1"
make prove ARGS=--write-readme
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import pages
from prove import report
from prove.cluster import Arena
from prove.proofs import MUTANTS, PROOFS, catch

SEED = 20261127
UNTIMED = "soak"  # mutants are caught beside it: it is long, and asks for no limit of time


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 if everything held and every mutant was caught."""
    chosen = pages.arguments("prove", __doc__, "proofs or mutants")
    chosen.add_argument("--seed", type=int, default=SEED)
    asked = chosen.parse_args(arguments)
    if asked.list:
        for name, proof in PROOFS.items():
            print(f"{name:24} {proof.claim}")
        for name, mutant in MUTANTS.items():
            print(f"{mutant.proof:24} catches: {name}")
        return 0
    unknown = [name for name in asked.names if name not in {*PROOFS, *MUTANTS}]
    if unknown:
        chosen.error(f"no proof and no mutant: {', '.join(unknown)}")
    proofs = [name for name in PROOFS if not asked.names or name in asked.names]
    mutants = [
        name
        for name, mutant in MUTANTS.items()
        if not asked.names or name in asked.names or mutant.proof in asked.names
    ]
    lines: list[report.Line] = []
    begin = time.monotonic()
    with ProcessPoolExecutor(1, get_context("spawn")) as beside, Arena() as arena:
        catching: Future[dict[str, str]] | None = None
        print(report.HEAD)
        for name in proofs:
            if name == UNTIMED:
                catching = beside.submit(catch, mutants, asked.seed)
            lines.append(report.line(arena, name, asked.seed, asked.size))
            print(lines[-1], flush=True)
        caught = [*(catching or beside.submit(catch, mutants, asked.seed)).result()]
    failed = sum(line.mark == "NO" for line in lines) + len(mutants) - len(caught)
    took = time.monotonic() - begin
    print(f"{len(caught)} of {len(mutants)} mutants caught, seed {asked.seed}, {took:.0f} s")
    how = f"--seed {asked.seed}" + (f" --size {asked.size}" if asked.size != 1 else "")
    if asked.write_readme and not asked.names and not failed:
        report.write(lines, caught, how, took)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
