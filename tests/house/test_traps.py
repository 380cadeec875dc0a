"""Traps that systems of this kind fell into: each has a test that bears its number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
FUNCTIONS = TESTS.parent / "functions"
NUMBERS = range(1, 73)

NAMED = re.compile(r"^trap_(\d+)_\w+$")
DEFINED = re.compile(r"^def test_traps?_(\d+(?:_and_\d+)*)_\w+\(", re.M)

# they do nothing that somebody else will not do: whoever holds the lock, the next run or call; and
# what sold out stays visible while another of its rows is busy
MAY_SKIP = {
    "expire_and_promote", "announce_drops", "announce_expiring", "_note_seen", "_pass_gate",
    "_hide_sold", "_take_turns_together", "_lock_together", "_purge",
    "claim_webhooks", "validate_carts", "forget_old_keys",
}  # fmt: skip


def numbers() -> dict[int, list[str]]:
    """Which tests are named after which trap."""
    found: dict[int, list[str]] = {}
    for path in sorted(TESTS.rglob("*.sql")):
        if name := NAMED.match(path.stem):
            found.setdefault(int(name[1]), []).append(str(path.relative_to(TESTS)))
    for path in sorted(TESTS.rglob("test_*.py")):
        for name in DEFINED.finditer(path.read_text(encoding="utf-8")):
            for number in re.findall(r"\d+", name[1]):
                found.setdefault(int(number), []).append(name[0])
    return found


def test_every_trap_has_a_test_that_bears_its_number() -> None:
    found = numbers()
    assert [number for number in NUMBERS if number not in found] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def test_trap_15_two_reserve_two_of_one() -> None:", "15"),
        ("def test_traps_15_and_16_whoever_comes_second(shop: Shop) -> None:", "15_and_16"),
    ],
)
def test_numbers_are_read_from_names(text: str, found: str) -> None:
    assert DEFINED.findall(text) == [found]


def test_trap_43_no_function_writes_an_event() -> None:
    """Triggers do, so that none can forget it; by hand it is refused (triggers/events.sql)."""
    by_hand = re.compile(r"insert\s+into\s+apartado\.events\b", re.I)
    files = FUNCTIONS.rglob("*.sql")
    assert [path.stem for path in files if by_hand.search(path.read_text(encoding="utf-8"))] == []


def test_trap_27_nothing_but_a_sweeper_skips_what_is_locked() -> None:
    skipping = {
        path.stem
        for path in FUNCTIONS.rglob("*.sql")
        if re.search(r"\b(skip\s+locked|nowait)\b", path.read_text(encoding="utf-8"), re.I)
    }
    assert skipping == MAY_SKIP
