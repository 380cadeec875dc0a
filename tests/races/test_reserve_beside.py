"""reserve beside every other command on one stock row, in both orders, at all three levels.

Each race: one session does its part and leaves its transaction open, the other waits for it, the
first commits. At READ COMMITTED the second goes on; at the stricter levels it is stopped with 40001
and tries again, as every client must. Either way the second sees what the first did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from scenes import LEVELS, Shop, State, breaks, finish, outcome
from sessions import Stage

RESERVE = "select * from apartado.reserve('{bea}', {item})"
RESERVE_OR_WAIT = "select * from apartado.reserve('{bea}', {item}, p_if_unavailable => 'queue')"
CANCEL = "select * from apartado.cancel_reservation('{ana}', {held})"
CONFIRM = "select * from apartado.confirm_reservation('{ana}', {held})"
EXPIRE = "select * from apartado.expire_and_promote()"
MARK_SOLD = "select * from apartado.mark_sold(null, {item})"
ADD = "select * from apartado.adjust_stock(null, {item}, 1, 'found one')"
TAKE = "select * from apartado.adjust_stock(null, {item}, -1, 'broken')"
JOIN = "select * from apartado.join_queue('{cat}', {item})"
LEAVE = "select * from apartado.leave_queue('{cat}', {item})"
RESERVE_MANY = (
    "select * from apartado.reserve_many('{ana}',"
    " jsonb_build_array(jsonb_build_object('item', {item})))"
)
REVOKE = "select * from apartado.revoke_reservation(null, {held}, 'a mistake')"


@dataclass
class Pair:
    """What the first and the second do, what the second is told, and how the item then stands."""

    first: str
    second: str
    told: str
    holders: str = ""
    line: str = ""
    buyers: str = ""
    free: int = 0
    units: int = 1
    setup: str = ""
    waits: bool = True
    answer: dict[str, Any] = field(default_factory=dict)


PAIRS = {
    "reserve, reserve": Pair(
        "select * from apartado.reserve('{ana}', {item})", RESERVE, "RS301", holders="ana"
    ),
    "reserve_many, reserve": Pair(RESERVE_MANY, RESERVE, "RS301", holders="ana"),
    "reserve, reserve or wait": Pair(
        "select * from apartado.reserve('{ana}', {item})",
        RESERVE_OR_WAIT, "queued", holders="ana", line="bea",
    ),
    "cancel, reserve": Pair(CANCEL, RESERVE, "reserved", holders="bea", setup="ana holds"),
    "reserve or wait, cancel": Pair(
        RESERVE_OR_WAIT, CANCEL, "done", holders="bea", setup="ana holds", answer={"promoted": 1}
    ),
    "confirm, reserve": Pair(CONFIRM, RESERVE, "RS305", buyers="ana", setup="ana holds"),
    "reserve or wait, confirm": Pair(
        RESERVE_OR_WAIT, CONFIRM, "done", buyers="ana", setup="ana holds", answer={"remaining": 0}
    ),
    "expire_and_promote, reserve": Pair(
        EXPIRE, RESERVE, "reserved", holders="bea", setup="ana is late"
    ),
    "expire_and_promote, reserve behind somebody": Pair(
        EXPIRE, RESERVE, "RS301", holders="cat", setup="ana is late, cat waits"
    ),
    "reserve, expire_and_promote": Pair(
        RESERVE, EXPIRE, "done", holders="bea", setup="ana is late", waits=False,
        answer={"expired": 0, "promoted": 0, "remaining": 1},
    ),
    "mark_sold, reserve": Pair(MARK_SOLD, RESERVE, "RS305", buyers="-"),
    "reserve, mark_sold": Pair(RESERVE, MARK_SOLD, "done", buyers="bea"),
    "adjust_stock up, reserve": Pair(
        ADD, RESERVE, "reserved", holders="ana bea", setup="ana holds"
    ),
    "reserve or wait, adjust_stock up": Pair(
        RESERVE_OR_WAIT, ADD, "done", holders="ana bea", setup="ana holds",
        answer={"promoted": 1, "available": 0},
    ),
    "adjust_stock down, reserve": Pair(
        TAKE, RESERVE, "RS301", holders="ana", units=2, setup="ana holds"
    ),
    "reserve, adjust_stock down": Pair(RESERVE, TAKE, "RS301", holders="bea"),
    "join_queue, reserve": Pair(JOIN, RESERVE, "RS301", holders="ana", line="cat",
                                setup="ana holds"),
    "reserve, join_queue": Pair(RESERVE, JOIN, "done", holders="bea", line="cat",
                                answer={"position": 1}),
    "reserve or wait, join_queue": Pair(
        RESERVE_OR_WAIT, JOIN, "done", holders="ana", line="bea cat", setup="ana holds",
        answer={"position": 2},
    ),
    "leave_queue, reserve": Pair(
        LEAVE, RESERVE, "reserved", holders="ana bea", units=2, setup="ana holds, cat wants both"
    ),
    "reserve or wait, leave_queue": Pair(
        RESERVE_OR_WAIT, LEAVE, "done", holders="ana bea", units=2,
        setup="ana holds, cat wants both",
    ),
    "revoke_reservation, reserve": Pair(
        REVOKE, RESERVE, "reserved", holders="bea", setup="ana holds"
    ),
    "reserve or wait, revoke_reservation": Pair(
        RESERVE_OR_WAIT, REVOKE, "done", holders="bea", setup="ana holds", answer={"promoted": 1}
    ),
}  # fmt: skip


def play(shop: Shop, stage: Stage, pair: Pair, level: str) -> None:
    """The race, and how it must end."""
    names = dict(zip(("ana", "bea", "cat"), shop.members("ana", "bea", "cat"), strict=True))
    item = shop.item(pair.units)
    held = None
    if "ana" in pair.setup:
        held = shop.reserve(names["ana"], item)
    if "wants both" in pair.setup:
        shop.wait(names["cat"], item, 2)
    elif "cat waits" in pair.setup:
        shop.wait(names["cat"], item)
    if "is late" in pair.setup:
        assert held is not None
        shop.let_pass(held)
    words = {**names, "item": item, "held": held}

    first, second = stage.sessions("first", "second", isolation=level)
    first.step("begin")
    assert not first.step(pair.first.format(**words)).refused
    late = second.step(pair.second.format(**words))
    assert late.blocked_by == ({"first"} if pair.waits else frozenset())
    assert not first.step("commit").refused
    if level == LEVELS[0]:
        assert late.refused is pair.told.startswith("RS")
    late = finish(late)

    assert outcome(late) == pair.told
    if pair.answer:
        assert {key: late.row[key] for key in pair.answer} == pair.answer
    aliases = {alias: name for name, alias in names.items()}
    state = shop.state(item)

    def spelt(people: list[Any]) -> str:
        return " ".join(aliases.get(alias, "-") for alias in people)

    assert spelt(state.holders) == pair.holders
    assert spelt(state.line) == pair.line
    assert spelt(state.buyers) == pair.buyers
    assert state == State(
        state.total, pair.free, len(state.holders), len(state.buyers),
        state.holders, state.line, state.buyers,
    )  # fmt: skip
    shop.check(item)
    told = shop.kinds(item)
    assert told.count("reservation.expired") == (1 if "is late" in pair.setup else 0)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_traps_15_and_16_whoever_comes_second_sees_what_the_first_did(
    shop: Shop, stage: Stage, pair: Pair, level: str
) -> None:
    play(shop, stage, pair, level)


def _no_guard(shop: Shop) -> None:
    """Trap 15: the guard is looked at beside the lock, not under it."""
    shop.mutate(r"and s\.available >= p_quantity", "and true")


def _counting_guard(shop: Shop) -> None:
    """Trap 16: a subquery that counts is not looked at again after the wait."""
    shop.mutate(
        r"and s\.available >= p_quantity",
        "and (select count(*) from apartado.reservations x"
        " where x.stock_id = s.stock_id and x.status = 'active') < s.total",
    )


def _no_lock(shop: Shop) -> None:
    """Traps 3, 4 and 5: the row is read, but not locked."""
    shop.unlock("_lock_stock")


MUTANTS: dict[str, tuple[Callable[[Shop], None], str]] = {
    "trap 15, the guard is beside the lock": (_no_guard, "reserve_many, reserve"),
    "trap 16, the guard counts in a subquery": (_counting_guard, "reserve_many, reserve"),
    "trap 5, the row is not locked: cancel": (_no_lock, "cancel, reserve"),
    "traps 3 and 4, the row is not locked: join": (_no_lock, "reserve, join_queue"),
    "the row is not locked: mark_sold": (_no_lock, "reserve, mark_sold"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_is_caught_when(mutant: Shop, mutant_stage: Stage, name: str) -> None:
    mistake, pair = MUTANTS[name]
    mistake(mutant)
    breaks(lambda: play(mutant, mutant_stage, PAIRS[pair], LEVELS[0]))
