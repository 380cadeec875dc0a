"""One wish over several items: served once, dead everywhere from then on, and no deadlock."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from scenes import LEVELS, Shop, breaks, finish, past
from sessions import Stage, Step

JOIN_ANY = "select * from apartado.join_any(%s, %s)"
CANCEL = "select * from apartado.cancel_reservation(%s, %s)"
CONFIRM = "select * from apartado.confirm_reservation(%s, %s)"
LEAVE = "select * from apartado.leave_queue(%s, %s)"
REMOVE = """
select r.* from apartado.queue_entries q
  join apartado.stock s on s.stock_id = q.stock_id
  join apartado.members m on m.member_id = q.member_id and m.alias = %s
 cross join lateral apartado.remove_entry(null, q.queue_entry_id, 'why') r
 where s.item_id = %s and q.closed_at is null
"""
SWEEP = "select * from apartado.expire_and_promote()"
MANY = "select * from apartado.reserve_many(%s, %s, 'reserve_or_queue')"
TRANSFER = "select * from apartado.transfer_stock(null, %s, 1, 'main', 'south', 'x')"
PUT = "select * from apartado.put_items(null, %s)"


def wish(shop: Shop, alias: str, *items: int) -> int:
    """One wish for these items."""
    rows = shop.ask(JOIN_ANY, [alias, list(items)])
    assert len(rows) == len(items)
    (wish_id,) = {row["wish_id"] for row in rows}
    return int(wish_id)


# -- two stocks come free at once -----------------------------------------------------------------


def two_at_once(shop: Shop, stage: Stage, level: str) -> None:
    """Disc and tape are given back at once; ana wants one of them, cat waits for the tape."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    items = shop.item(), shop.item()
    held = [shop.reserve(bea, item) for item in items]
    wish(shop, ana, *items)
    shop.wait(cat, items[1])
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(CANCEL, [bea, held[0]]).row["promoted"] == 1
    late = other.step(CANCEL, [bea, held[1]])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [bea, held[1]]).row["promoted"] == 1
    states = [shop.state(item) for item in items]
    assert [state.holders for state in states] == [[ana], [cat]]
    assert [state.line for state in states] == [[], []]
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_stocks_that_come_free_at_once_a_wish_takes_one(
    shop: Shop, stage: Stage, level: str
) -> None:
    two_at_once(shop, stage, level)


def test_that_is_caught_when_wishes_are_not_locked(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"order by w\.wish_id\s+for no key update", "order by w.wish_id", "_lock_wishes")
    breaks(lambda: two_at_once(mutant, mutant_stage, LEVELS[0]))


@pytest.mark.parametrize("level", LEVELS)
def test_what_was_undone_in_one_queue_leaves_the_wish_to_the_other(
    shop: Shop, stage: Stage, level: str
) -> None:
    ana, bea = shop.members("ana", "bea")
    items = shop.item(), shop.item()
    held = [shop.reserve(bea, item) for item in items]
    wish(shop, ana, *items)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(CANCEL, [bea, held[0]]).row["promoted"] == 1
    late = other.step(CANCEL, [bea, held[1]])
    assert late.blocked_by == {"one"}
    one.step("rollback")
    assert finish(late, [bea, held[1]]).row["promoted"] == 1
    assert [shop.state(item).holders for item in items] == [[bea], [ana]]
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("first", "ends"), [(LEAVE, "left"), (REMOVE, "removed")])
def test_places_of_a_wish_left_at_once_end_it(
    shop: Shop, stage: Stage, first: str, ends: str, level: str
) -> None:
    ana, bea = shop.members("ana", "bea")
    items = shop.item(), shop.item()
    for item in items:
        shop.reserve(bea, item)
    wish_id = wish(shop, ana, *items)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(first, [ana, items[0]]).row["status"] == ends
    late = other.step(LEAVE, [ana, items[1]])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [ana, items[1]]).row["status"] == "left"
    if level == LEVELS[0]:  # elsewhere the second leaves by what it saw; nothing hangs on it
        over = "select closed_at is not null from apartado.wishes where wish_id = %s"
        assert shop.one(over, [wish_id])
    shop.check()


def sold_at_once(shop: Shop, stage: Stage) -> None:
    """Disc and tape do not come again, and both are sold: nothing is left to wish for."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    items = shop.item(), shop.item()
    held = shop.reserve(bea, items[0]), shop.reserve(cat, items[1])
    wish_id = wish(shop, ana, *items)
    one, other = stage.sessions("one", "other")
    one.step("begin")
    assert not one.step(CONFIRM, [bea, held[0]]).refused
    late = other.step(CONFIRM, [cat, held[1]])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert not late.refused
    assert shop.one(
        "select closed_at is not null from apartado.wishes where wish_id = %s", [wish_id]
    )
    shop.check()


def test_places_of_a_wish_that_end_with_two_sales_at_once_end_it(shop: Shop, stage: Stage) -> None:
    sold_at_once(shop, stage)


def test_that_is_caught_when_a_sale_does_not_lock_the_wishes(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"perform apartado\._lock_wishes[^;]*;", "", "_close_hopeless_entries")
    breaks(lambda: sold_at_once(mutant, mutant_stage))


CHANGES = {
    "set_policy": """select * from apartado.set_policy(null, '{}', '{{"restock": false}}')""",
    "by hand": "update apartado.policies set restock = false where name = '{}'",
}


def rules_change_beside_wishes(shop: Shop, stage: Stage, change: str = "set_policy") -> None:
    """What no more comes of ends places in two lines, whose wishes stand in others', too."""
    bea, *people = shop.members("bea", "ana", "cat", "dan", "eva")
    policy = shop.policy(active_limit=10)
    shop.ask("select from apartado.set_policy(null, %s, %s)", [policy, Jsonb({"restock": True})])
    first, second = shop.item(policy=policy), shop.item(policy=policy)
    third, fourth = shop.item(), shop.item()
    for item in (first, second, third, fourth):
        shop.reserve(bea, item)
    ana, cat, dan, eva = people
    wish(shop, ana, second, fourth)
    wish(shop, cat, second, third)
    wish(shop, dan, first, third)
    one, owner, other = stage.sessions("one", "owner", "other")
    one.step("begin")
    assert one.step(LEAVE, [ana, fourth]).rows
    late = owner.step(CHANGES[change].format(policy))
    assert late.blocked_by == {"one"}
    assert not other.step("select * from apartado.reserve(%s, %s)", [eva, third]).blocked
    one.step("commit")
    assert not finish(late).refused
    shop.check()


@pytest.mark.parametrize("change", CHANGES)
def test_rules_that_change_take_all_wishes_at_once(shop: Shop, stage: Stage, change: str) -> None:
    rules_change_beside_wishes(shop, stage, change)


@pytest.mark.parametrize("change", CHANGES)
def test_that_is_caught_when_each_row_takes_its_own_wishes(
    mutant: Shop, mutant_stage: Stage, change: str
) -> None:
    mutant.mutate(
        r"perform apartado\._lock_wishes\(array\(", "perform count(*) from (select array(",
        "_lock_governed",
    )  # fmt: skip
    mutant.mutate(r"for no key update\)\);", "for no key update)) x;", "_lock_governed")
    mutant.mutate(r"perform apartado\._lock_wishes\([^;]*;", "", "_carry_to_stock")
    breaks(lambda: rules_change_beside_wishes(mutant, mutant_stage, change))


@pytest.mark.parametrize("level", LEVELS)
def test_trap_68_two_stocks_may_promote_one_member_at_once(
    shop: Shop, stage: Stage, level: str
) -> None:
    ana, bea = shop.members("ana", "bea")
    items = shop.item(), shop.item()
    held = [shop.reserve(bea, item) for item in items]
    for item in items:
        shop.wait(ana, item)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    other.step("begin")
    for session, reservation in ((one, held[0]), (other, held[1])):
        step = session.step(CANCEL, [bea, reservation])
        assert not step.blocked
        assert step.row["promoted"] == 1
    assert not one.step("commit").refused
    end = other.step("commit")
    if end.refused:  # only the strictest level sees a conflict in what both read
        assert (level, end.error.sqlstate) == (LEVELS[2], "40001")
        assert other.step(CANCEL, [bea, held[1]]).row["promoted"] == 1
    assert [shop.state(item).holders for item in items] == [[ana], [ana]]
    shop.check()


# -- several rows in one command ------------------------------------------------------------------


@dataclass
class Crossing:
    """Four items whose queues share wishes, so that who takes wishes row by row is caught.

    One command is about the first two items, one about the last two. A third session has the
    wishes 1 and 2. The first item's queue has wish 3, the second's 1 and 4, the third's 4, the
    fourth's 2 and 3: row by row the first would hold 3 and come for 4, the other hold 4 and come
    for 3.
    """

    shop: Shop
    items: list[int]
    held: list[int]
    wishes: list[int]

    @classmethod
    def of(cls, shop: Shop, *, locations: bool) -> Crossing:
        """With four items, or with two that are kept at two locations."""
        bea, *aliases = shop.members("bea", "one", "two", "three", "four")
        items, places = [shop.item() for _ in range(4)], ["main"] * 4
        if locations:
            shop.ask(
                "insert into apartado.locations (code, name) values ('south', 'South')"
                " on conflict do nothing"
            )
            items, places = [items[0], items[0], items[1], items[1]], ["main", "south"] * 2
            for item in items[::2]:
                shop.ask("select * from apartado.adjust_stock(null, %s, 1, 'x', 'south')", [item])
        pairs = list(zip(items, places, strict=True))
        held = [shop.reserve(bea, item, location=place) for item, place in pairs]
        wanted = [[1], [3], [0, 3], [1, 2]]
        wishes = [
            cls._wish(shop, alias, [held[number] for number in some])
            for alias, some in zip(aliases, wanted, strict=True)
        ]
        return cls(shop, items, held, wishes)

    @staticmethod
    def _wish(shop: Shop, alias: str, held: list[int]) -> int:
        """A wish for what is held, also at one location each, which join_any would not make."""
        (row,) = shop.ask(
            "insert into apartado.wishes (member_id, created_at)"
            " select member_id, apartado.clock() from apartado.members where alias = %s"
            " returning wish_id, member_id",
            [alias],
        )
        shop.ask(
            "select e.queue_entry_id from apartado.reservations r"
            "  join apartado.stock s on s.stock_id = r.stock_id,"
            "  apartado._enqueue(s, %s, null, 1, null, null, apartado.clock(), false, %s) e"
            " where r.reservation_id = any (%s)",
            [row["member_id"], row["wish_id"], held],
        )
        return int(row["wish_id"])

    def skus(self, items: list[int]) -> list[str]:
        """Their skus, in order."""
        rows = self.shop.ask(
            "select sku from apartado.items where item_id = any (%s) order by item_id", [items]
        )
        return [row["sku"] for row in rows]


Command = Callable[[Crossing, list[int]], tuple[str, Any]]


def _reserve_many(crossing: Crossing, items: list[int]) -> tuple[str, Any]:
    (alias,) = crossing.shop.members("zoe")
    return MANY, [alias, Jsonb([{"item": item} for item in items])]


def _join_any(crossing: Crossing, items: list[int]) -> tuple[str, Any]:
    (alias,) = crossing.shop.members("zoe")
    return JOIN_ANY, [alias, items]


def _put_items(crossing: Crossing, items: list[int]) -> tuple[str, Any]:
    fields = [{"sku": sku, "title": "Race", "quantity": 2} for sku in crossing.skus(items)]
    return PUT, [Jsonb(fields)]


def _sweep(crossing: Crossing, items: list[int]) -> tuple[str, Any]:
    with crossing.shop.connection.transaction():
        for item in items:
            crossing.shop.ask(past(crossing.held[crossing.items.index(item)]))
    return SWEEP, None


def _transfer(crossing: Crossing, items: list[int]) -> tuple[str, Any]:
    return TRANSFER, [items[0]]


COMMANDS: dict[str, tuple[Command, str]] = {
    "reserve_many": (_reserve_many, "_lock_stocks"),
    "join_any": (_join_any, "_lock_stocks"),
    "put_items": (_put_items, "_change_items"),
    "expire_and_promote": (_sweep, "expire_and_promote"),
    "transfer_stock": (_transfer, "_lock_stocks"),
}


def several_rows(shop: Shop, stage: Stage, command: Command) -> None:
    """The same command twice, for the first two items and for the last two."""
    crossing = Crossing.of(shop, locations=command is _transfer)
    third, one, other = stage.sessions("third", "one", "other")
    third.step("begin")
    third.step(
        "select from apartado.wishes where wish_id = any (%s) for no key update",
        [crossing.wishes[:2]],
    )
    steps: list[Step] = []
    for session, items in ((one, crossing.items[:2]), (other, crossing.items[2:])):
        step = session.step(*command(crossing, items))
        assert step.blocked_by == {"third"}
        steps.append(step)
    third.step("rollback")
    for step in steps:  # none of them is a deadlock: of what is held nothing can be moved
        assert step.error.sqlstate == "RS301" if command is _transfer else step.rows
    served = shop.ask(
        "select wish_id from apartado.queue_entries"
        " where wish_id = any (%s) and status = 'promoted'",
        [crossing.wishes],
    )
    assert len(served) == len({row["wish_id"] for row in served})
    shop.ask(SWEEP)
    shop.check()


@pytest.mark.parametrize("name", COMMANDS)
def test_whoever_locks_several_rows_locks_their_wishes_at_once(
    shop: Shop, stage: Stage, name: str
) -> None:
    several_rows(shop, stage, COMMANDS[name][0])


@pytest.mark.parametrize("name", COMMANDS)
def test_that_is_caught_when_wishes_are_locked_row_by_row(
    mutant: Shop, mutant_stage: Stage, name: str
) -> None:
    command, function = COMMANDS[name]
    mutant.mutate(r"perform apartado\._lock_wishes\([^;]*;", "", function)
    breaks(lambda: several_rows(mutant, mutant_stage, command))


# -- a crowd --------------------------------------------------------------------------------------


def one_of_the_crowd(
    shop: Shop, number: int, aliases: list[str], items: list[int], steps: int
) -> dict[str, int]:
    """Joins, reserves, cancels, leaves and sweeps as it comes; deadlocks are not tried again."""
    chance = random.Random(number)
    done: dict[str, int] = {}
    url = shop.database.url("dba")
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as own:
        own.execute(
            "select set_config('default_transaction_isolation', %s, false)", [LEVELS[number % 3]]
        )
        for _ in range(steps):
            alias = chance.choice(aliases)
            some = chance.sample(items, chance.randint(2, 5))
            choices: list[tuple[str, str, list[Any] | None]] = [
                ("wish", JOIN_ANY, [alias, some]),
                ("wish", JOIN_ANY, [alias, some]),
                ("cart", MANY, [alias, Jsonb([{"item": item} for item in some[:3]])]),
                ("sweep", SWEEP, None),
                ("leave", LEAVE, [alias, some[0]]),
                ("cancel", CANCEL, [alias]),
            ]
            what, text, parameters = chance.choice(choices)
            if what == "cancel":
                rows = own.execute(
                    "select reservation_id from apartado.list_reservations(%s)"
                    " where status = 'active' limit 1", [alias]).fetchall()  # fmt: skip
                if not rows:
                    continue
                parameters = [alias, rows[0]["reservation_id"]]
            try:
                own.execute(text, parameters)
            except psycopg.errors.SerializationFailure:
                continue
            except psycopg.Error as error:
                if not str(error.sqlstate).startswith("RS"):
                    raise
                what = str(error.sqlstate)
            done[what] = done.get(what, 0) + 1
    return done


def crowd_of_wishes(shop: Shop, steps: int = 120) -> None:
    """Many wishes cross many items, while reservations end, from eight connections."""
    policy = shop.policy(hold="0.2 seconds", active_limit=8)
    items = [shop.item(policy=policy) for _ in range(8)]
    aliases = shop.members(*[f"wish{number}." for number in range(100)])
    done: dict[str, int] = {}
    with ThreadPoolExecutor(8) as pool:
        crowd = [
            pool.submit(one_of_the_crowd, shop, n, aliases, items, steps) for n in range(8)
        ]  # fmt: skip
        for one in as_completed(crowd):
            for what, count in one.result().items():
                done[what] = done.get(what, 0) + count
    assert done["wish"] > 10
    assert done["sweep"] > 20
    assert shop.ask(
        "select wish_id from apartado.queue_entries where wish_id is not null"
        " and status = 'promoted' group by wish_id having count(*) > 1"
    ) == []  # fmt: skip
    shop.check()


def test_many_wishes_crossing_many_items_never_deadlock(shop: Shop) -> None:
    crowd_of_wishes(shop)


def test_the_crowd_is_caught_when_a_wish_goes_on_after_it_was_served(mutant: Shop) -> None:
    mutant.mutate(r"where w\.wish_id = v\.wish_id", "where false", "_serve")
    breaks(lambda: crowd_of_wishes(mutant))
