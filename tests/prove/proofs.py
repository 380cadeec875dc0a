"""All proofs and mutants: whoever imports this has them registered."""

from __future__ import annotations

import time

from prove import (
    clocks,
    expiries,
    fuzz,
    jobs,
    kills,
    last_unit,
    linearizable,
    network,
    soak,
    storage,
    streams,
    trial,
)
from prove.cluster import Arena
from prove.trial import MUTANTS, catches

MODULES = (
    last_unit, linearizable, kills, streams, network, clocks, jobs, fuzz, storage, expiries, soak,
)  # fmt: skip
PROOFS = {
    name: proof
    for module in MODULES
    for name, proof in trial.PROOFS.items()
    if proof.body.__module__ == module.__name__
}
"""In the order in which they are told."""


def catch(names: list[str], seed: int) -> dict[str, str]:
    """What was said of each mutant that was caught, printed with the others."""
    caught: dict[str, str] = {}
    with Arena() as arena:
        for name in names:
            moment = time.monotonic()
            try:
                said = caught[name] = catches(arena, name, seed)
            except Exception as missed:  # whatever it is, the others are still to come
                said = f"NOT CAUGHT: {missed!r}"
            took = time.monotonic() - moment
            print(f"mutant, {MUTANTS[name].proof}: {name}: {said} ({took:.1f} s)", flush=True)
    return caught


__all__ = ["MODULES", "MUTANTS", "PROOFS", "catch"]
