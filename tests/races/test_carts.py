"""Carts of several items at once: in one order, every line answered, each unit once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage, Step

CARTS = 1_200
CONNECTIONS = 24
MODES = ("all_or_nothing", "best_effort", "reserve_or_queue")
MANY = "select * from apartado.reserve_many(%s, %s, %s)"
WITH_KEY = "select * from apartado.reserve_many(%s, %s, 'best_effort', 'the same')"
RESERVE = "select * from apartado.reserve(%s, %s)"


def cart(*items: int, quantity: int = 1) -> Jsonb:
    """Lines of so many of each of these items."""
    return Jsonb([{"item": item, "quantity": quantity} for item in items])


def said(step: Step) -> list[str]:
    """What became of each line, or the code of the refusal."""
    if step.refused:
        return [str(step.error.sqlstate)]
    return [row["code"] or row["outcome"] for row in step.rows]


# -- the crowd ------------------------------------------------------------------------------------


def one_shopper(
    shop: Shop, carts: list[tuple[str, list[int], str]], over: Event
) -> list[list[str]]:
    """One connection and its carts, one after the other."""
    found = []
    with psycopg.connect(shop.database.url("dba"), autocommit=True, row_factory=dict_row) as own:
        for alias, items, mode in carts:
            if over.is_set():
                break
            try:
                rows = own.execute(MANY, [alias, cart(*items), mode]).fetchall()
            except psycopg.Error as error:
                if mode != "all_or_nothing" or error.sqlstate != "RS301":
                    over.set()
                    raise
                found.append(["RS301"] * len(items))
                continue
            assert [row["item_id"] for row in rows] == items
            found.append([row["code"] or row["outcome"] for row in rows])
    return found


def crowd_of_carts(shop: Shop, carts: int = CARTS) -> None:
    """So many carts of 5 of 10 items in random order over 24 connections."""
    chance = random.Random(3)
    items = [shop.item(units) for units in (40, 80, 120, 160, 200, 240, 280, 320, 360, 400)]
    aliases = shop.members(*[f"cart{number}." for number in range(carts)])
    work: list[list[tuple[str, list[int], str]]] = [[] for _ in range(CONNECTIONS)]
    for number, alias in enumerate(aliases):
        work[number % CONNECTIONS].append((alias, chance.sample(items, 5), chance.choice(MODES)))
    found: list[list[str]] = []
    over = Event()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for done in as_completed([pool.submit(one_shopper, shop, part, over) for part in work]):
            found += done.result()

    assert len(found) == carts
    lines = [line for lines in found for line in lines]
    assert len(lines) == carts * 5
    assert set(lines) == {"reserved", "queued", "RS301"}
    reserved = sum(shop.state(item).reserved for item in items)
    assert lines.count("reserved") == reserved
    assert lines.count("queued") == sum(len(shop.state(item).line) for item in items)
    shop.check()


def take_the_sort_out(shop: Shop) -> None:
    """The rows are locked as the lines come."""
    shop.mutate(
        r"order by s\.stock_id(\s+for no key update)",
        r"order by array_position(p_stock_ids, s.stock_id)\1",
        "_lock_stocks",
    )


@pytest.mark.one_postgresql  # a load: what each version does step by step, other tests see
def test_trap_18_1200_carts_of_5_of_10_items_in_random_order(shop: Shop) -> None:
    crowd_of_carts(shop)


def test_trap_18_is_caught_when_the_sort_is_taken_out(mutant: Shop) -> None:
    take_the_sort_out(mutant)
    with pytest.raises(psycopg.errors.DeadlockDetected):
        crowd_of_carts(mutant)


# -- two at once ----------------------------------------------------------------------------------


def crossing(shop: Shop, stage: Stage) -> None:
    """Two carts of the same items in opposite order, with a third session at the middle one."""
    ana, bea = shop.members("ana", "bea")
    items = [shop.item(2) for _ in range(3)]
    third, one, other = stage.sessions("third", "one", "other")
    third.step("begin")
    third.step("update apartado.stock set version = version + 1 where item_id = %s", [items[1]])
    first = one.step(MANY, [ana, cart(*items), MODES[0]])
    second = other.step(MANY, [bea, cart(*items[::-1]), MODES[0]])
    assert first.blocked
    assert second.blocked
    third.step("rollback")
    assert said(first) == said(second) == ["reserved"] * 3
    shop.check()


def test_trap_18_two_carts_in_opposite_order_do_not_deadlock(shop: Shop, stage: Stage) -> None:
    crossing(shop, stage)


def test_trap_18_two_carts_are_caught_when_the_sort_is_taken_out(
    mutant: Shop, mutant_stage: Stage
) -> None:
    take_the_sort_out(mutant)
    breaks(lambda: crossing(mutant, mutant_stage))


SECOND = {
    "all_or_nothing": ["RS301"],
    "best_effort": ["RS301", "reserved"],
    "reserve_or_queue": ["queued", "reserved"],
}


def cart_after_a_reservation(shop: Shop, stage: Stage, mode: str, level: str) -> None:
    """Of the last unit of one item; there is enough of the other."""
    ana, bea = shop.members("ana", "bea")
    last, enough = shop.item(), shop.item(2)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert outcome(one.step(RESERVE, [ana, last])) == "reserved"
    late = other.step(MANY, [bea, cart(last, enough), mode])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert said(finish(late, [bea, cart(last, enough), mode])) == SECOND[mode]
    assert shop.state(last).holders == [ana]
    assert shop.state(enough).available == (2 if mode == "all_or_nothing" else 1)
    shop.check(last)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mode", MODES)
def test_a_cart_beside_a_reservation_of_the_last_unit(
    shop: Shop, stage: Stage, mode: str, level: str
) -> None:
    cart_after_a_reservation(shop, stage, mode, level)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mode", MODES)
def test_a_cart_beside_a_cart_with_the_same_last_unit(
    shop: Shop, stage: Stage, mode: str, level: str
) -> None:
    ana, bea = shop.members("ana", "bea")
    last, enough = shop.item(), shop.item(2)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert said(one.step(MANY, [ana, cart(enough, last), mode])) == ["reserved"] * 2
    late = other.step(MANY, [bea, cart(last, enough), mode])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert said(finish(late, [bea, cart(last, enough), mode])) == SECOND[mode]
    assert shop.state(last).holders == [ana]
    shop.check(last)


@pytest.mark.parametrize("level", LEVELS)
def test_a_reservation_beside_a_cart(shop: Shop, stage: Stage, level: str) -> None:
    ana, bea = shop.members("ana", "bea")
    last, enough = shop.item(), shop.item(2)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    one.step(MANY, [ana, cart(enough, last), MODES[0]])
    late = other.step(RESERVE, [bea, last])
    assert late.blocked_by == {"one"}
    one.step("rollback")
    assert outcome(finish(late, [bea, last])) == "reserved"
    assert shop.state(enough).holders == []
    shop.check(last)


@pytest.mark.parametrize("level", LEVELS)
def test_trap_67_two_carts_of_one_member_never_go_over_the_limit(
    shop: Shop, stage: Stage, level: str
) -> None:
    (ana,) = shop.members("ana")
    policy = shop.policy(active_limit=3)
    items = [shop.item(policy=policy) for _ in range(4)]
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert said(one.step(MANY, [ana, cart(*items[:2]), MODES[1]])) == ["reserved"] * 2
    second: list[Any] = [ana, cart(*items[2:]), MODES[1]]
    late = other.step(MANY, second)
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert said(finish(late, second)) == ["reserved", "RS501"]
    shop.check()


# -- the same key ---------------------------------------------------------------------------------


def same_key_on_two_carts(shop: Shop, stage: Stage, level: str) -> None:
    """Another request under the same key: refused, at once as later."""
    (ana,) = shop.members("ana")
    items = [shop.item() for _ in range(4)]
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert said(one.step(WITH_KEY, [ana, cart(*items[:2])])) == ["reserved"] * 2
    late = other.step(WITH_KEY, [ana, cart(*items[2:])])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert said(finish(late, [ana, cart(*items[2:])])) == ["RS310"]
    assert [shop.state(item).available for item in items] == [0, 0, 1, 1]
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_trap_70_the_same_key_at_once_on_two_carts_is_refused(
    shop: Shop, stage: Stage, level: str
) -> None:
    same_key_on_two_carts(shop, stage, level)


def test_trap_70_two_carts_are_caught_when_the_key_is_not_locked(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"perform pg_advisory_xact_lock\([^;]*;", "", "_recall")
    mutant.mutate(r"on conflict \(owner, key\) do update[^;]*;", ";", "_remember")
    breaks(lambda: same_key_on_two_carts(mutant, mutant_stage, LEVELS[0]))


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_cart_under_the_same_key_at_once_is_done_once(
    shop: Shop, stage: Stage, level: str
) -> None:
    (ana,) = shop.members("ana")
    items = [shop.item(3) for _ in range(2)]
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    first = one.step(WITH_KEY, [ana, cart(*items)]).rows
    late = other.step(WITH_KEY, [ana, cart(*items)])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [ana, cart(*items)]).rows == first
    assert [shop.state(item).available for item in items] == [2, 2]
    shop.check()


def two_come_to_the_carts_of_one(shop: Shop, stage: Stage) -> None:
    """The carts of one member are merged into, and left, and lie the other way round."""
    (ana,) = shop.members("ana")
    shop.ask(
        "insert into apartado.locations (code, name) values ('door', 'D') on conflict do nothing"
    )
    carts = [
        shop.one("select cart_id from apartado.join_walk_in(%s, p_location => %s)", [ana, place])
        for place in ("main", "door")
    ]
    shop.ask("update apartado.carts set version = version + 1 where cart_id = %s", carts[:1])
    third, merger, leaver = stage.sessions("third", "merger", "leaver")
    for scan in ("indexscan", "bitmapscan"):
        leaver.step(f"set enable_{scan} = off")
    third.step("begin")
    third.step("select from apartado.carts where cart_id = %s for update", carts[:1])
    merged = merger.step("select apartado._lock_pairs(%s, null)", [carts])
    assert merged.blocked_by == {"third"}
    late = leaver.step("select * from apartado.bar_member(null, %s, 'why', true)", [ana])
    assert late.blocked
    third.step("rollback")
    assert not merged.refused
    assert not late.refused
    waiting = "select count(*) from apartado.walk_in_entries where cart_id = any (%s)"
    assert shop.one(f"{waiting} and status = 'waiting'", [carts]) == 0


def test_the_carts_of_one_are_taken_in_one_order(shop: Shop, stage: Stage) -> None:
    two_come_to_the_carts_of_one(shop, stage)


def test_it_is_caught_when_they_are_left_as_they_lie(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"\s+for no key update\);", ");", "_leave_walk_ins")
    breaks(lambda: two_come_to_the_carts_of_one(mutant, mutant_stage))
