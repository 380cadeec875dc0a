"""The short form of `make prove`: every proof in a small size, and a handful of its mutants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

import clusters
from prove.cluster import Arena
from prove.proofs import PROOFS
from prove.soak import GROWTH, LONGER, PAGES, leap, thirds
from prove.trial import CannotRun, catches, run

SEED = 1
HANDFUL = ("reserve passes those who wait", "an idempotency key is not looked up")
TRAPS = {"network_faults", "one_job"}

pytestmark = pytest.mark.one_postgresql


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    """One cluster for all of them, of the oldest PostgreSQL here; `make prove` takes the newest."""
    with Arena(min(clusters.available())) as made:
        yield made


@pytest.fixture
def holds(arena: Arena, capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Runs a proof by its name, and says what it came to."""
    return partial(_holds, arena, capsys)


def _holds(arena: Arena, capsys: pytest.CaptureFixture[str], name: str) -> None:
    try:
        found = run(arena, name, SEED, PROOFS[name].short)
    except CannotRun as missing:
        pytest.skip(str(missing))
    with capsys.disabled():
        print(f"\n{name}, seed {SEED}: {found.size}: {found.figure} (limit {found.limit})")


@pytest.mark.parametrize("name", [name for name in PROOFS if name not in TRAPS])
def test_it_holds(holds: Callable[[str], None], name: str) -> None:
    holds(name)


def test_a_table_that_grows_without_end_is_no_leap() -> None:
    """What would pass as a leap must not hide what is added again and again."""
    once, always = [24.0] * 30 + [696.0] * 30, [24.0 + 12 * n for n in range(60)]
    assert (leap(once), thirds(once)) == (672.0, (24.0, 696.0))
    assert leap([0.0, 100_000.0]) == LONGER
    (first, last), most = thirds(always), PAGES + leap(always)
    assert last > first * GROWTH + most


def test_trap_57_what_was_lost_at_the_commit_is_asked_again_under_its_key(
    holds: Callable[[str], None],
) -> None:
    holds("network_faults")


def test_trap_60_two_services_do_a_job_once(holds: Callable[[str], None]) -> None:
    holds("one_job")


def test_trap_63_only_a_ledger_of_the_clients_sees_what_an_early_acknowledgement_loses(
    arena: Arena,
) -> None:
    assert "acknowledged and lost" in catches(arena, "synchronous_commit is off", SEED)


@pytest.mark.parametrize("name", HANDFUL)
def test_the_mutant_is_caught(arena: Arena, name: str) -> None:
    catches(arena, name, SEED)
