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
)
from prove.trial import MUTANTS, PROOFS

MODULES = (
    last_unit, linearizable, kills, streams, network, clocks, jobs, fuzz, storage, expiries, soak,
)  # fmt: skip

__all__ = ["MODULES", "MUTANTS", "PROOFS"]
