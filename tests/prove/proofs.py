"""All proofs and mutants: whoever imports this has them registered."""

from prove import clocks, expiries, fuzz, kills, last_unit, linearizable, network, storage, streams  # noqa: F401
from prove.trial import MUTANTS, PROOFS

__all__ = ["MUTANTS", "PROOFS"]
