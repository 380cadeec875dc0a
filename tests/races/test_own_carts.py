"""Carts that are somebody's: one each, whoever comes at once, and no deadlock with others."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from scenes import LEVELS, Shop, breaks, finish, level_of, past, retried
from sessions import Stage

CALLS = 1_000
CARTS = 1_200
CONNECTIONS = 25
CHECKOUT = "select * from apartado.checkout(%s, p_mode => %s)"
ORDER = "select * from apartado.place_order(%s)"
ORDER_LINES = "select * from apartado.place_order(%s, p_lines => %s)"
FILL = """
with made as (
  insert into apartado.carts (member_id, location_id, created_at)
  select m.member_id, l.location_id, apartado.clock()
    from apartado.members m, apartado.locations l
   where m.alias = any (%s) and l.code = 'main'
  returning cart_id
)
insert into apartado.cart_lines (cart_id, stock_id, quantity, added_at)
select c.cart_id, s.stock_id, 1, apartado.clock()
  from made c
 cross join lateral (select x.stock_id from apartado.stock x
                      where x.item_id = any (%s) and c.cart_id is not null
                      order by random() limit 5) s
"""
GET = "select * from apartado.get_cart(%s, %s)"
ADD = "select * from apartado.add_to_cart(%s, %s)"
ADD_OF_DEVICE = "select * from apartado.add_to_cart(null, %s, p_device => %s)"
MERGE = "select * from apartado.merge_carts(%s, %s)"
IMPORT = """
insert into apartado.carts (member_id, location_id, status, created_at)
select m.member_id, l.location_id, 'imported', apartado.clock()
  from apartado.members m, apartado.locations l
 where m.alias = %s and l.code = %s
"""
SWEEP = "select * from apartado.expire_and_promote()"
DEVICE = "a device of somebody, who is not here"


def hard(shop: Shop) -> str:
    """A policy under which carts reserve."""
    name = shop.policy()
    shop.ask("update apartado.policies set cart = 'hard' where name = %s", [name])
    return name


def lines(shop: Shop, alias: str) -> list[tuple[int, int, bool]]:
    """Of a member's cart: item, quantity, and whether it is set aside."""
    rows = shop.ask(
        "select s.item_id, l.quantity, l.reservation_id is not null as held"
        "  from apartado.carts c"
        "  join apartado.members m on m.member_id = c.member_id and m.alias = %s"
        "  join apartado.cart_lines l on l.cart_id = c.cart_id and l.left_at is null"
        "  join apartado.stock s on s.stock_id = l.stock_id"
        " where c.status = 'active' order by s.item_id",
        [alias],
    )
    return [(row["item_id"], row["quantity"], row["held"]) for row in rows]


def carts(shop: Shop) -> int:
    return int(shop.one("select count(*) from apartado.carts"))


# -- one cart, whoever comes at once --------------------------------------------------------------


@pytest.mark.parametrize("of_device", [False, True], ids=["member", "device"])
def test_trap_33_a_thousand_calls_at_once_make_one_cart(shop: Shop, of_device: bool) -> None:
    (ana,) = shop.members("ana")
    whose = [None, f"{DEVICE} {ana}"] if of_device else [ana, None]
    before = carts(shop)

    def call_many(_: int) -> set[int]:
        with psycopg.connect(
            shop.database.url("dba"), autocommit=True, row_factory=dict_row
        ) as own:
            rows = [own.execute(GET, whose).fetchone() for _ in range(CALLS // CONNECTIONS)]
        return {row["cart_id"] for row in rows if row is not None}

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        found = set().union(*pool.map(call_many, range(CONNECTIONS)))
    assert len(found) == 1
    assert carts(shop) == before + 1
    shop.check()


def two_first_looks(shop: Shop, stage: Stage, level: str) -> None:
    """The second comes while the first is not yet committed."""
    (ana,) = shop.members("ana")
    before = carts(shop)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    first = one.step(GET, [ana, None]).row
    late = other.step(GET, [ana, None])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [ana, None]).row["cart_id"] == first["cart_id"]
    assert carts(shop) == before + 1


@pytest.mark.parametrize("level", LEVELS)
def test_trap_33_two_first_looks_at_once(shop: Shop, stage: Stage, level: str) -> None:
    two_first_looks(shop, stage, level)


def test_trap_33_is_caught_when_a_cart_is_found_and_then_inserted(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.ask("drop index apartado.cart_is_one_per_member_and_location")
    mutant.mutate(r"on conflict \(member_id, location_id\)[^;]*;", ";", "_ensure_cart")
    breaks(lambda: two_first_looks(mutant, mutant_stage, LEVELS[0]))


@pytest.mark.parametrize("level", LEVELS)
def test_what_two_devices_of_one_member_put_in_adds_up(
    shop: Shop, stage: Stage, level: str
) -> None:
    (ana,) = shop.members("ana")
    item = shop.item(5)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    one.step(ADD, [ana, item])
    late = other.step(ADD, [ana, item])
    assert late.blocked_by == {"one"}
    one.step("commit")
    finish(late, [ana, item])
    assert lines(shop, ana) == [(item, 2, False)]


# -- hard carts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_two_hard_carts_and_the_last_unit(shop: Shop, stage: Stage, level: str) -> None:
    ana, bea = shop.members("ana", "bea")
    item = shop.item(policy=hard(shop))
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    one.step(ADD, [ana, item])
    late = other.step(ADD, [bea, item])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [bea, item]).error.sqlstate == "RS301"
    assert lines(shop, ana) == [(item, 1, True)]
    assert lines(shop, bea) == []
    shop.check(item)


def sweep_beside_a_command(shop: Shop, stage: Stage) -> None:
    """The sweep holds the stock row of a line whose time is over; its owner empties the cart."""
    (ana,) = shop.members("ana")
    policy = hard(shop)
    items = [shop.item(policy=policy) for _ in range(2)]
    for item in items:
        shop.ask(ADD, [ana, item])
    for held in shop.ask("select * from apartado.list_reservations(%s)", [ana]):
        with shop.connection.transaction():
            shop.ask(past(held["reservation_id"]))
    sweeper, owner = stage.sessions("sweeper", "owner")
    sweeper.step("begin")
    sweeper.step(SWEEP)
    late = owner.step("select * from apartado.clear_cart(%s)", [ana])
    assert late.blocked_by == {"sweeper"}
    sweeper.step("commit")
    assert late.row["lines"] == []
    assert lines(shop, ana) == []
    assert [shop.state(item).available for item in items] == [1, 1]
    shop.check()


def test_a_sweep_beside_the_owner_of_a_hard_cart(shop: Shop, stage: Stage) -> None:
    sweep_beside_a_command(shop, stage)


# -- merging --------------------------------------------------------------------------------------


def merge_beside_an_addition(shop: Shop, stage: Stage, level: str) -> None:
    """Signing in while the device still puts something in: nothing is lost, nothing comes twice."""
    (ana,) = shop.members("ana")
    device = f"{DEVICE} {ana}"
    early, late_one = shop.item(5), shop.item(5)
    shop.ask(ADD_OF_DEVICE, [early, device])
    one, other = stage.sessions("one", "other", isolation=level)
    other.step("begin")
    other.step(ADD_OF_DEVICE, [late_one, device])
    late = one.step(MERGE, [ana, device])
    assert late.blocked_by == {"other"}
    other.step("commit")
    merged = finish(late, [ana, device])
    assert [row["lines"] for row in merged.rows] == [2]
    assert lines(shop, ana) == [(early, 1, False), (late_one, 1, False)]
    assert retried(one, MERGE, [ana, device]).rows == []
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_a_merge_beside_an_addition(shop: Shop, stage: Stage, level: str) -> None:
    merge_beside_an_addition(shop, stage, level)


def test_a_merge_is_caught_when_the_carts_are_not_locked(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"perform c\.cart_id[^;]*;", "", "_lock_pairs")
    mutant.mutate(r"update apartado\.carts c\s+set version = [^;]*;", "", "_lock_pairs")
    breaks(lambda: merge_beside_an_addition(mutant, mutant_stage, LEVELS[0]))


@pytest.mark.parametrize("level", LEVELS)
def test_an_addition_beside_a_merge(shop: Shop, stage: Stage, level: str) -> None:
    """What is put in while the cart is merged comes into a new one of the device."""
    (ana,) = shop.members("ana")
    device = f"{DEVICE} {ana}"
    early, late_one = shop.item(), shop.item()
    shop.ask(ADD_OF_DEVICE, [early, device])
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not one.step(MERGE, [ana, device]).refused
    late = other.step(ADD_OF_DEVICE, [late_one, device])
    assert late.blocked_by == {"one"}
    one.step("commit")
    added = finish(late, [late_one, device]).row["lines"]
    assert [line["item_id"] for line in added] == [late_one]
    assert lines(shop, ana) == [(early, 1, False)]
    shop.check()


def merges_crosswise(shop: Shop, stage: Stage) -> None:
    """Both make a member's carts at three locations, out of carts that came in opposite order."""
    (ana,) = shop.members("ana")
    device = f"{DEVICE} {ana}"
    places = [till(shop) for _ in range(3)]
    for place in places:
        shop.ask("select * from apartado.join_walk_in(null, %s, %s)", [device, place])
    for place in places[::-1]:
        shop.ask(IMPORT, [ana, place])
    third, one, other = stage.sessions("third", "one", "other")
    third.step("begin")
    third.step("select * from apartado.get_cart(%s, p_location => %s)", [ana, places[1]])
    first = one.step("select * from apartado.sign_in(%s, %s, p_device => %s)", [ana, ana, device])
    second = other.step("select * from apartado.merge_carts(null, p_everybody => true)")
    assert first.blocked
    assert second.blocked
    third.step("rollback")
    assert first.row["alias"] == ana
    assert [row["location"] for row in second.rows] == places
    shop.check()


def test_a_sign_in_and_a_merge_for_everybody_do_not_deadlock(shop: Shop, stage: Stage) -> None:
    merges_crosswise(shop, stage)


def test_they_are_caught_when_carts_are_made_as_the_others_came(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"order by c\.location_id[^\n]*", "order by c.cart_id", "_lock_pairs")
    breaks(lambda: merges_crosswise(mutant, mutant_stage))


def a_name_goes_beside_a_merge(shop: Shop, stage: Stage) -> None:
    """Whoever takes it has a cart that the merge waits for, and would wait for one that it made."""
    (ana,) = shop.members("ana")
    places = [till(shop) for _ in range(2)]
    shop.ask("select * from apartado.get_cart(%s, p_location => %s)", [ana, places[1]])
    for place in places:
        shop.ask(IMPORT, [ana, place])
    item = shop.item()
    shop.reserve(ana, item)
    third, one, other = stage.sessions("third", "one", "other")
    third.step("begin")
    third.step("update apartado.stock set version = version + 1 where item_id = %s", [item])
    first = one.step("select * from apartado.anonymise(null, %s, 'why')", [ana])
    assert first.blocked_by == {"third"}
    second = other.step("select * from apartado.merge_carts(null, p_everybody => true)")
    assert second.blocked_by == {"one"}
    third.step("rollback")
    assert not first.refused
    assert [row["location"] for row in second.rows] == places[::-1]
    shop.check()


def test_a_name_goes_while_carts_are_merged_for_everybody(shop: Shop, stage: Stage) -> None:
    a_name_goes_beside_a_merge(shop, stage)


def test_it_is_caught_when_a_merge_does_not_keep_names(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"(order by m\.member_id\s+)for share", r"\1for key share", "merge_carts")
    breaks(lambda: a_name_goes_beside_a_merge(mutant, mutant_stage))


# -- checkout and orders --------------------------------------------------------------------------


def empty_carts(shop: Shop, work: list[tuple[str, str]], over: Event) -> list[str]:
    """One connection and its carts, one after the other: what became of each."""
    found = []
    with psycopg.connect(shop.database.url("dba"), autocommit=True, row_factory=dict_row) as own:
        for alias, what in work:
            if over.is_set():
                break
            try:
                own.execute(*((ORDER, [alias]) if what == "order" else (CHECKOUT, [alias, what])))
            except psycopg.Error as error:
                if what not in ("order", "all_or_nothing") or error.sqlstate != "RS301":
                    over.set()
                    raise
                found.append("RS301")
            else:
                found.append(what)
    return found


def crowd_of_checkouts(shop: Shop) -> None:
    """1,200 carts of 5 of 10 items, ordered or checked out over 25 connections."""
    chance = random.Random(7)
    items = [shop.item(units) for units in (40, 80, 120, 160, 200, 240, 280, 320, 360, 400)]
    aliases = shop.members(*[f"own{number}." for number in range(CARTS)])
    shop.ask(FILL, [aliases, items])
    ends = ("order", "all_or_nothing", "best_effort", "reserve_or_queue")
    work = [(alias, chance.choice(ends)) for alias in aliases]
    found: list[str] = []
    over = Event()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        parts = [work[number::CONNECTIONS] for number in range(CONNECTIONS)]
        for done in as_completed([pool.submit(empty_carts, shop, part, over) for part in parts]):
            found += done.result()

    assert len(found) == CARTS
    ordered = found.count("order")
    assert ordered > 0
    sold = sum(shop.state(item).sold for item in items)
    assert sold == shop.one("select count(*) from apartado.order_lines") == ordered * 5
    shop.check()


def take_the_sort_out(shop: Shop) -> None:
    """The rows are locked in any order."""
    shop.mutate(
        r"order by s\.stock_id(\s+for no key update)",
        r"order by md5(s.stock_id::text || pg_backend_pid())\1",
        "_lock_stocks",
    )


@pytest.mark.one_postgresql  # a load: what each version does step by step, other tests see
def test_trap_18_1200_own_carts_ordered_and_checked_out(shop: Shop) -> None:
    crowd_of_checkouts(shop)


def test_trap_18_is_caught_when_own_carts_are_not_sorted(mutant: Shop) -> None:
    take_the_sort_out(mutant)
    with pytest.raises(psycopg.errors.DeadlockDetected):
        crowd_of_checkouts(mutant)


@pytest.mark.parametrize("level", LEVELS)
def test_two_orders_of_the_last_unit(shop: Shop, stage: Stage, level: str) -> None:
    ana, bea = shop.members("ana", "bea")
    last, enough = shop.item(), shop.item(2)
    wanted = [Jsonb([{"item": enough}, {"item": last}]), Jsonb([{"item": last}, {"item": enough}])]
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(ORDER_LINES, [ana, wanted[0]]).row["buyer"] == ana
    late = other.step(ORDER_LINES, [bea, wanted[1]])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [bea, wanted[1]]).error.sqlstate in ("RS301", "RS305")
    assert shop.state(last).buyers == [ana]
    assert shop.state(enough).buyers == [ana]
    shop.check(last)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("second", [ORDER, CHECKOUT], ids=["order", "checkout"])
def test_one_cart_is_ordered_once_from_two_devices(
    shop: Shop, stage: Stage, second: str, level: str
) -> None:
    (ana,) = shop.members("ana")
    item = shop.item(5)
    shop.ask(ADD, [ana, item])
    whose = [ana] if second == ORDER else [ana, "best_effort"]
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    one.step(ORDER, [ana])
    late = other.step(second, whose)
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, whose).error.sqlstate == "RS105"
    assert shop.state(item).buyers == [ana]
    shop.check(item)


def order_beside_the_counter(shop: Shop, stage: Stage, level: str) -> None:
    """What she checked out is sold to her over the counter meanwhile: she buys it once."""
    (ana,) = shop.members("ana")
    item = shop.item(units=2)
    shop.ask(ADD, [ana, item])
    shop.ask(CHECKOUT, [ana, "all_or_nothing"])
    counter, her = stage.sessions("counter", "her", isolation=level)
    counter.step("begin")
    counter.step("select * from apartado.mark_sold(null, %s, p_buyer => %s)", [item, ana])
    late = her.step(ORDER, [ana])
    assert late.blocked_by == {"counter"}
    counter.step("commit")
    assert finish(late, [ana]).error.sqlstate == "RS105"
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_what_was_checked_out_is_not_bought_twice(shop: Shop, stage: Stage, level: str) -> None:
    order_beside_the_counter(shop, stage, level)


def test_it_is_bought_twice_when_nobody_looks_again_under_the_lock(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"if \(v_buys\.cart\)\.cart_id is not null then", "if false then", "place_order")
    breaks(lambda: order_beside_the_counter(mutant, mutant_stage, LEVELS[0]))


ORDER_ON_TOP = "select * from apartado.place_order(%s, p_cart => %s, p_lines => %s)"


def till_beside_its_customer(shop: Shop, stage: Stage, level: str) -> None:
    """Somebody puts another unit into the cart that the till is selling, with one on top."""
    item, brought = shop.item(units=3), shop.item()
    device = f"{DEVICE} {item}"
    (cart,) = shop.ask(ADD_OF_DEVICE, [item, device])
    (olga,) = shop.members("olga")
    shop.ask("select * from apartado.grant_operator(null, %s)", [olga])
    customer, at_the_till = stage.sessions("customer", "till", isolation=level)
    customer.step("begin")
    customer.step(ADD_OF_DEVICE, [item, device])
    asked = [olga, cart["cart_id"], f'[{{"item": {brought}}}]']
    sale = at_the_till.step(ORDER_ON_TOP, asked)
    assert sale.blocked_by == {"customer"}
    customer.step("commit")
    order = finish(sale, asked).row
    assert [(line["item_id"], line["quantity"]) for line in order["lines"]] == [
        (item, 2),
        (brought, 1),
    ]
    assert (
        shop.one("select count(*) from apartado.cart_lines where cart_id = %s", [cart["cart_id"]])
        == 0
    )
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_a_till_sells_a_cart_with_more_on_top_as_its_customer_left_it(
    shop: Shop, stage: Stage, level: str
) -> None:
    till_beside_its_customer(shop, stage, level)


def test_a_unit_is_lost_when_the_cart_is_not_locked_beside_lines(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"or p_cart is not null then", "then", "_buyer_of_order")
    breaks(lambda: till_beside_its_customer(mutant, mutant_stage, LEVELS[0]))


# -- the line in front of a till ------------------------------------------------------------------

JOIN = "select * from apartado.join_walk_in(%s, p_location => %s)"
SERVE = "select * from apartado.serve_next(null, %s)"


def till(shop: Shop) -> str:
    """A location of its own, as the database is used again."""
    code = f"till{shop.one('select count(*) from apartado.locations')}"
    shop.ask("select * from apartado.set_location(null, %s)", [code])
    return code


def two_tills(shop: Shop, stage: Stage, level: str) -> None:
    """Both call at once: two people, in their order."""
    people = shop.members("ana", "bea", "cia")
    where = till(shop)
    for alias in people:
        shop.ask(JOIN, [alias, where])
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(SERVE, [where]).row["alias"] == people[0]
    late = other.step(SERVE, [where])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [where]).row["alias"] == people[1]
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_two_tills_never_call_the_same_person(shop: Shop, stage: Stage, level: str) -> None:
    two_tills(shop, stage, level)


def called_beside_a_merge(shop: Shop, stage: Stage) -> None:
    """Who was called with the device's cart keeps the place with their own."""
    (ana,) = shop.members("ana")
    where, device = till(shop), f"the phone of {ana}".ljust(32, ".")
    shop.ask("select * from apartado.join_walk_in(null, %s, %s)", [device, where])
    (hers,) = shop.ask(JOIN, [ana, where])
    one, other = stage.sessions("one", "other")
    one.step("begin")
    assert one.step(SERVE, [where]).rows
    late = other.step("select * from apartado.merge_carts(%s, %s)", [ana, device])
    assert late.blocked_by == {"one"}
    one.step("commit")
    finish(late, [ana, device])
    status = "select status from apartado.walk_in_entries where walk_in_entry_id = %s"
    assert shop.one(status, [hers["walk_in_entry_id"]]) == "waiting"
    shop.check()


def test_who_is_called_while_carts_are_merged_keeps_the_other_place(
    shop: Shop, stage: Stage
) -> None:
    called_beside_a_merge(shop, stage)


def test_a_merge_is_caught_that_does_not_look_again(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate("continue when not exists [^;]*;", "", "_merge_walk_ins")
    breaks(lambda: called_beside_a_merge(mutant, mutant_stage))


def test_two_tills_are_caught_when_the_line_is_not_locked(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        r"v_queue := apartado\._lock_walk_in_queue\(([^;]*)\);",
        r"v_queue.location_id := \1;",
        "serve_next",
    )
    breaks(lambda: two_tills(mutant, mutant_stage, LEVELS[0]))


@pytest.mark.parametrize("level", LEVELS)
def test_trap_35_joining_twice_at_once_is_one_entry(shop: Shop, stage: Stage, level: str) -> None:
    (ana,) = shop.members("ana")
    where = till(shop)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    first = one.step(JOIN, [ana, where]).row
    late = other.step(JOIN, [ana, where])
    assert late.blocked_by == {"one"}
    one.step("commit")
    again = finish(late, [ana, where]).row
    assert (again["walk_in_entry_id"], again["cart_id"]) == (
        first["walk_in_entry_id"],
        first["cart_id"],
    )
    shop.check()


def called_while_joining(shop: Shop, stage: Stage, level: str) -> None:
    """Who sends the same twice, and is called before the second is looked at, is called once."""
    (ana,) = shop.members("ana")
    where = till(shop)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    first = one.step(JOIN, [ana, where]).row
    late = other.step(JOIN, [ana, where])
    assert late.blocked_by == {"one"}
    assert one.step(SERVE, [where]).row["alias"] == ana
    one.step("commit")
    again = finish(late, [ana, where]).row
    assert (again["walk_in_entry_id"], again["status"]) == (first["walk_in_entry_id"], "served")
    assert shop.ask(SERVE, [where])[0]["walk_in_entry_id"] is None
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_who_is_called_while_they_join_once_more_is_called_once(
    shop: Shop, stage: Stage, level: str
) -> None:
    called_while_joining(shop, stage, level)


def test_they_are_put_back_when_it_is_not_looked_at_again_under_the_lock(
    mutant: Shop, mutant_stage: Stage
) -> None:
    under_the_lock = r"v_entry := apartado\._last_walk_in\(v_cart\);\n +if v_entry.status[^;]+then"
    mutant.mutate(under_the_lock + r"\n +insert", "if true then insert", "join_walk_in")
    breaks(lambda: called_while_joining(mutant, mutant_stage, LEVELS[0]))


def joining_beside_a_merge(shop: Shop, stage: Stage, level: str) -> None:
    """The cart of a device is merged while the device steps into the line with it."""
    (ana,) = shop.members("ana")
    device = f"{DEVICE} {ana}"
    shop.ask(ADD_OF_DEVICE, [shop.item(), device])
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not one.step(MERGE, [ana, device]).refused
    late = other.step("select * from apartado.join_walk_in(null, %s)", [device])
    assert late.blocked_by == {"one"}
    one.step("commit")
    # with a cart of its own, for the other is the member's now
    assert finish(late, [device]).row["status"] == "waiting"
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_nobody_waits_with_a_cart_that_is_merged(shop: Shop, stage: Stage, level: str) -> None:
    joining_beside_a_merge(shop, stage, level)


def test_it_is_caught_when_the_cart_is_not_locked(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"cart := apartado\._take_cart\(cart\.cart_id\);", "", "_own_or_new_cart")
    breaks(lambda: joining_beside_a_merge(mutant, mutant_stage, LEVELS[0]))


ENDS = {
    "select * from apartado.bar_member(null, %s, 'why', true)": "RS604",
    "select * from apartado.anonymise(null, %s, 'why')": "RS103",
}


TURNLESS = "(select apartado._member_id(p_member), null::bigint) t (member_id, class_id)"


def waiting(shop: Shop, where: str) -> int:
    """How many stand in front of a location."""
    return int(
        shop.one(
            "select count(*) from apartado.walk_in_entries w join apartado.locations l"
            " using (location_id) where l.code = %s and w.status = 'waiting'",
            [where],
        )
    )


def joining_beside_an_end(shop: Shop, stage: Stage, end: str, level: str) -> None:
    """Who is barred, or forgotten, while they step into the line does not stand in it."""
    (ana,) = shop.members("ana")
    where = till(shop)
    shop.ask("select * from apartado.get_cart(%s, p_location => %s)", [ana, where])
    one = stage.session("one", isolation=level_of(end, level))
    other = stage.session("other", isolation=level)
    one.step("begin")
    assert not one.step(end, [ana]).refused
    late = other.step(JOIN, [ana, where])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [ana, where]).error.sqlstate == ENDS[end]
    assert waiting(shop, where) == 0
    shop.check()


def an_end_beside_joining(shop: Shop, stage: Stage, end: str, level: str) -> None:
    """The other way round, and the cart is made in that moment."""
    (ana,) = shop.members("ana")
    where = till(shop)
    one = stage.session("one", isolation=level)
    other = stage.session("other", isolation=level_of(end, level))
    one.step("begin")
    assert one.step(JOIN, [ana, where]).row["status"] == "waiting"
    late = other.step(end, [ana])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert not finish(late, [ana]).refused
    assert waiting(shop, where) == 0
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("end", ENDS, ids=["barred", "anonymised"])
@pytest.mark.parametrize("race", [joining_beside_an_end, an_end_beside_joining])
def test_nobody_waits_who_is_barred_or_forgotten(
    shop: Shop, stage: Stage, race: Callable[[Shop, Stage, str, str], None], end: str, level: str
) -> None:
    race(shop, stage, end, level)


@pytest.mark.parametrize("race", [joining_beside_an_end, an_end_beside_joining])
def test_it_is_caught_when_no_turn_is_taken(
    mutant: Shop, mutant_stage: Stage, race: Callable[[Shop, Stage, str, str], None]
) -> None:
    mutant.mutate(r"apartado\._take_turn\(p_member\) t", TURNLESS, "_own_or_new_cart")
    breaks(lambda: race(mutant, mutant_stage, next(iter(ENDS)), LEVELS[0]))
