"""Actions of operators on many things at once: in one order, whoever else is about."""

from __future__ import annotations

import pytest
from psycopg.types.json import Jsonb

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage

MANY = "select * from apartado.act_on_many(null, 'adjust_stock', %s)"
RESERVE = "select * from apartado.reserve(%s, %s)"


def delivery(*items: int) -> Jsonb:
    """One more of each."""
    return Jsonb([{"item": item, "delta": 1, "reason": "delivery"} for item in items])


def crossing(shop: Shop, stage: Stage) -> None:
    """Two calls about the same items in opposite order, with a third session at the middle one."""
    items = [shop.item(1) for _ in range(3)]
    third, one, other = stage.sessions("third", "one", "other")
    third.step("begin")
    third.step("update apartado.stock set version = version + 1 where item_id = %s", [items[1]])
    first = one.step(MANY, [delivery(*items)])
    second = other.step(MANY, [delivery(*items[::-1])])
    assert first.blocked
    assert second.blocked
    third.step("rollback")
    assert [row["outcome"] for row in (*first.rows, *second.rows)] == ["done"] * 6
    assert [shop.state(item).available for item in items] == [3, 3, 3]
    shop.check()


def test_two_calls_in_opposite_order_do_not_deadlock(shop: Shop, stage: Stage) -> None:
    crossing(shop, stage)


def test_two_calls_are_caught_when_they_lock_as_they_go(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"perform apartado\._lock_stocks\(.+?\);", "", "act_on_many")
    breaks(lambda: crossing(mutant, mutant_stage))


@pytest.mark.parametrize("level", LEVELS)
def test_units_that_come_back_go_to_who_waits_and_not_to_a_newcomer(
    shop: Shop, stage: Stage, level: str
) -> None:
    ana, bea, cai = shop.members("ana", "bea", "cai")
    item = shop.item()
    held = shop.reserve(ana, item)
    shop.wait(bea, item)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    calls = Jsonb([{"reservation": held, "reason": "damaged"}, {"reservation": 0, "reason": "x"}])
    done = one.step("select * from apartado.act_on_many(null, 'revoke_reservation', %s)", [calls])
    assert [row["code"] or row["outcome"] for row in done.rows] == ["done", "RS102"]
    late = other.step(RESERVE, [cai, item])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late, [cai, item])) == "RS301"
    assert shop.state(item).holders == [bea]
    shop.check(item)
