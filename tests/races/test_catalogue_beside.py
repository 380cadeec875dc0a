"""put_items beside itself and beside reserve: in one order, and nothing that is held is lost."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage

PUT = "select * from apartado.put_items(null, %s)"
RESERVE = "select * from apartado.reserve(%s, %s)"


def crossing(shop: Shop, stage: Stage, block: str, skus: list[str]) -> None:
    """Two imports of the same items in opposite order, with a third at the middle one."""
    third, one, other = stage.sessions("third", "one", "other")
    third.step("begin")
    assert not third.step(block).refused

    def items(order: list[str], title: str) -> list[Any]:
        return [Jsonb([{"sku": sku, "title": f"{title} {sku}"} for sku in order])]

    first = one.step(PUT, items(skus, "One"))
    second = other.step(PUT, items(skus[::-1], "Other"))
    assert first.blocked
    assert second.blocked
    third.step("rollback")
    for step in (first, second):
        assert {row["outcome"] for row in step.rows} <= {"inserted", "updated"}
    titles = shop.ask("select title from apartado.items where sku = any (%s)", [skus])
    assert len({row["title"].split()[0] for row in titles}) == 1  # one of them came last, whole
    shop.check()


def known(shop: Shop) -> tuple[str, list[str]]:
    """What stops both at the second of three items that are there, and the skus of these."""
    items = [shop.item() for _ in range(3)]
    rows = shop.ask(
        "select sku from apartado.items where item_id = any (%s) order by item_id", [items]
    )
    block = f"update apartado.stock set version = version + 1 where item_id = {items[1]}"
    return block, [row["sku"] for row in rows]


def test_trap_18_two_imports_of_known_items_do_not_deadlock(shop: Shop, stage: Stage) -> None:
    crossing(shop, stage, *known(shop))


def unknown(shop: Shop) -> tuple[str, list[str]]:
    """What stops both at the second of three items that are not there yet, and their skus."""
    mark = shop.item()
    skus = [f"new-{mark}-{n}" for n in range(3)]
    block = f"""select * from apartado.put_items(null, '[{{"sku": "{skus[1]}", "title": "x"}}]')"""
    return block, skus


def test_trap_18_two_imports_of_new_items_do_not_deadlock(shop: Shop, stage: Stage) -> None:
    crossing(shop, stage, *unknown(shop))


def test_trap_18_is_caught_when_known_rows_are_locked_as_they_come(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        r"order by s\.stock_id(\s+for no key update)",
        r"order by case when v_items -> 0 ->> 'title' like 'One%' then s.stock_id"
        r" else -s.stock_id end\1",
        "_change_items",
    )
    breaks(lambda: crossing(mutant, mutant_stage, *known(mutant)))


def test_trap_18_is_caught_when_new_ones_are_made_as_they_come(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        r"order by n\.sku",
        "order by array_position("
        "array(select x ->> 'sku' from jsonb_array_elements(p_items) x), n.sku)",
        "_insert_items",
    )
    breaks(lambda: crossing(mutant, mutant_stage, *unknown(mutant)))


@pytest.mark.parametrize("level", LEVELS)
def test_an_import_beside_a_reservation_counts_it(shop: Shop, stage: Stage, level: str) -> None:
    """The total is asked for; what is held meanwhile is in it."""
    (ana,) = shop.members("ana")
    item = shop.item(2)
    sku = shop.one("select sku from apartado.items where item_id = %s", [item])
    member, importer = stage.sessions("member", "importer", isolation=level)
    for wanted, told, available in ((0, "refused", 1), (3, "updated", 2)):
        parameters = [Jsonb([{"sku": sku, "title": "Race", "quantity": wanted}])]
        member.step("begin")
        if wanted == 0:
            assert outcome(member.step(RESERVE, [ana, item])) == "reserved"
        else:
            member.step("update apartado.stock set version = version + 1 where item_id = %s",
                        [item])  # fmt: skip
        late = importer.step(PUT, parameters)
        assert late.blocked_by == {"member"}
        member.step("commit")
        assert outcome(finish(late, parameters)) == told
        state = shop.state(item)
        assert (state.available, state.holders) == (available, [ana])
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_a_reservation_beside_an_import_is_of_what_the_import_left(
    shop: Shop, stage: Stage, level: str
) -> None:
    (ana,) = shop.members("ana")
    item = shop.item()
    sku = shop.one("select sku from apartado.items where item_id = %s", [item])
    importer, member = stage.sessions("importer", "member", isolation=level)
    importer.step("begin")
    fields = {"sku": sku, "title": "Race", "price": "99", "quantity": 0}
    assert outcome(importer.step(PUT, [Jsonb([fields])])) == "updated"
    late = member.step(RESERVE, [ana, item])
    assert late.blocked_by == {"importer"}
    importer.step("commit")
    assert outcome(finish(late, [ana, item])) == "RS305"
    assert shop.state(item).available == 0
    shop.check(item)
