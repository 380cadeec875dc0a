"""The short form of `make prove`: every proof in a small size, and a handful of its mutants."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from prove.cluster import Arena
from prove.proofs import MUTANTS, PROOFS
from prove.trial import CannotRun, catches, run

SEED = 1
HANDFUL = (
    "synchronous_commit is off",
    "reserve passes those who wait",
    "an idempotency key is not looked up",
)

pytestmark = pytest.mark.one_postgresql


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    """One cluster for all of them: each has databases of its own."""
    with Arena() as made:
        yield made


@pytest.mark.parametrize("name", PROOFS)
def test_it_holds(arena: Arena, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        found = run(arena, name, SEED, PROOFS[name].short)
    except CannotRun as missing:
        pytest.skip(str(missing))
    with capsys.disabled():
        print(f"\n{name}, seed {SEED}: {found.size}: {found.figure} (limit {found.limit})")


@pytest.mark.parametrize("name", HANDFUL)
def test_the_mutant_is_caught(arena: Arena, name: str) -> None:
    catches(arena, name, SEED)


def test_every_mutant_has_its_proof() -> None:
    assert {mutant.proof for mutant in MUTANTS.values()} <= {*PROOFS}
