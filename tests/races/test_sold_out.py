"""The last units of an item are sold at two locations, and whoever is the last hides the item."""

from __future__ import annotations

import pytest

from scenes import LEVELS, Shop, breaks, finish
from sessions import Stage

FOUND = "select * from apartado.adjust_stock(null, %s, 1, 'found', %s)"
SOLD = "select * from apartado.mark_sold(null, %s, %s, %s)"
VISIBLE = "select visible from apartado.items where item_id = %s"


def an_item(shop: Shop) -> int:
    """One unit of it is here and one at the till, and it is hidden when there is no more."""
    shop.ask(
        "insert into apartado.locations (code, name) values ('till', 'T') on conflict do nothing"
    )
    item = shop.item()
    shop.ask(FOUND, [item, "till"])
    shop.ask(
        "select from apartado.set_policy(null, %s, '{\"hide_sold\": true}', p_item => %s)",
        [f"once-{item}", item],
    )
    return item


def two_sell_the_last(shop: Shop, stage: Stage, level: str) -> None:
    """Each found one more first, so each has the row of their location."""
    item = an_item(shop)
    here, till = stage.sessions("here", "till", isolation=level)
    for session, location in ((here, "main"), (till, "till")):
        session.step("begin")
        assert session.step(FOUND, [item, location]).rows
    assert here.step(SOLD, [item, "main", 2]).rows
    late = till.step(SOLD, [item, "till", 2])
    here.step("commit")
    if late.refused:
        assert late.error.sqlstate == "40001"
        till.step("rollback")
        till.step("begin")
        assert till.step(FOUND, [item, "till"]).rows
        assert till.step(SOLD, [item, "till", 2]).rows
    till.step("commit")
    assert shop.one(VISIBLE, [item]) is False
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_who_sell_the_last_one_hides_it(shop: Shop, stage: Stage, level: str) -> None:
    two_sell_the_last(shop, stage, level)


def test_it_is_caught_when_the_item_is_not_locked(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r" for no key update;", ";", "_hide_sold")
    breaks(lambda: two_sell_the_last(mutant, mutant_stage, LEVELS[0]))


def more_comes_meanwhile(shop: Shop, stage: Stage, level: str) -> None:
    """The last is sold here while one is found at the till: nobody waits, and it stays visible."""
    item = an_item(shop)
    shop.ask(SOLD, [item, "till", 1])
    here, till = stage.sessions("here", "till", isolation=level)
    till.step("begin")
    assert till.step(FOUND, [item, "till"]).rows
    sale = here.step(SOLD, [item, "main", 1])
    assert not sale.blocked
    assert finish(sale, [item, "main", 1]).rows
    till.step("commit")
    assert shop.one(VISIBLE, [item]) is True
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_an_item_of_which_more_comes_stays_visible(shop: Shop, stage: Stage, level: str) -> None:
    more_comes_meanwhile(shop, stage, level)


def test_it_is_caught_when_the_other_rows_are_not_locked(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r" for no key update skip locked", "", "_hide_sold")
    breaks(lambda: more_comes_meanwhile(mutant, mutant_stage, LEVELS[0]))
