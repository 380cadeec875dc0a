"""All proofs and mutants: whoever imports this has them registered."""

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
from prove.trial import MUTANTS

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

__all__ = ["MODULES", "MUTANTS", "PROOFS"]
