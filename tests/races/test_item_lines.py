"""Who reserves stands in line for the item, but not where they may have its row already."""

from __future__ import annotations

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage

RESERVE = "select * from apartado.reserve(%s, %s)"
ADD = "select * from apartado.adjust_stock(null, %s, 1, 'found one')"


def has_the_row(shop: Shop, stage: Stage, level: str) -> None:
    """One changed the row and reserves in the same transaction, while another is in line for it."""
    ana, bea = shop.members("ana", "bea")
    item = shop.item(2)
    one, two = stage.sessions("one", "two", isolation=level)
    one.step("begin")
    assert not one.step(ADD, [item]).refused
    late = two.step(RESERVE, [bea, item])
    assert late.blocked_by == {"one"}
    again = one.step(RESERVE, [ana, item])
    assert not again.blocked
    assert again.row["available"] == 2
    assert not one.step("commit").refused
    assert outcome(finish(late, [bea, item])) == "reserved"
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_who_has_the_row_waits_for_nobody_who_waits_for_it(
    shop: Shop, stage: Stage, level: str
) -> None:
    has_the_row(shop, stage, level)


def test_so_it_would_be_a_ring_if_everybody_stood_in_line(
    mutant: Shop, mutant_stage: Stage
) -> None:
    shop = mutant
    shop.mutate("if v_may_stand then", "if true then", "reserve")
    breaks(lambda: has_the_row(shop, mutant_stage, LEVELS[0]))


def test_they_are_served_in_the_order_in_which_they_came(shop: Shop, stage: Stage) -> None:
    names = [f"p{number}" for number in range(6)]
    people = dict(zip(names, shop.members(*names), strict=True))
    item = shop.item(4)
    first, *others = stage.sessions(*names)
    first.step("begin")
    assert first.step(RESERVE, [people["p0"], item]).row["outcome"] == "reserved"
    waiting = [one.step(RESERVE, [people[one.name], item]) for one in others]
    assert all("p0" in step.blocked_by for step in waiting)
    assert not first.step("commit").refused
    assert [outcome(step) for step in waiting] == ["reserved"] * 3 + ["RS301"] * 2
    versions = [step.row["version"] for step in waiting[:3]]
    assert versions == sorted(versions)
    shop.check(item)


def test_whoever_waits_in_line_for_too_long_is_told_that_the_row_is_busy(
    shop: Shop, stage: Stage
) -> None:
    ana, bea = shop.members("ana", "bea")
    item = shop.item(2)
    one, two = stage.sessions("one", "two")
    one.step("begin")
    assert one.step(RESERVE, [ana, item]).row["outcome"] == "reserved"
    two.step("set lock_timeout = '50ms'")
    assert two.step(RESERVE, [bea, item]).error.sqlstate == "55P03"
    one.step("rollback")
    assert two.step(RESERVE, [bea, item]).row["outcome"] == "reserved"
    two.step("reset lock_timeout")
    shop.check(item)
