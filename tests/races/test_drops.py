"""Drops while people act on them: announced once, and judged as they are when the lock is had."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome, retried
from sessions import Stage

ANNOUNCE = "select * from apartado.announce_drops()"
RESERVE = "select * from apartado.reserve(%s, %s)"
QUEUE = "select * from apartado.reserve(%s, %s, p_if_unavailable => 'queue')"
MOVE = "select * from apartado.change_drop(null, %s, p_opens_at => %s, p_reason => 'moved')"
TRANSFER = "select * from apartado.transfer_stock(null, %s, 1, %s, %s, 'fair')"
NOW = datetime.now(UTC)
PAST, FUTURE = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


def a_drop(shop: Shop, *items: int, opens_at: datetime = PAST) -> int:
    """A drop of these items."""
    return int(
        shop.one(
            "select drop_id from apartado.create_drop(null, 'Race', %s, %s)",
            [list(items), opens_at],
        )
    )


def two_announce_it(shop: Shop, stage: Stage, level: str = LEVELS[0]) -> None:
    """The second comes while the first is at it, and once more when it is done."""
    item = shop.item()
    a_drop(shop, item)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(ANNOUNCE).row == {"opened": 1, "closed": 0}
    late = other.step(ANNOUNCE)
    one.step("commit")
    assert finish(late).row == {"opened": 0, "closed": 0}
    assert retried(other, ANNOUNCE).row == {"opened": 0, "closed": 0}
    assert shop.kinds(item).count("drop.opened") == 1
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_trap_60_two_jobs_announce_a_drop_once(shop: Shop, stage: Stage, level: str) -> None:
    two_announce_it(shop, stage, level)


def test_trap_60_is_caught_when_nobody_looks_again(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(
        r"d\.opened_at is null and d\.opens_at <= v_now as opens", "true as opens", "announce_drops"
    )
    mutant.mutate(
        r"(where d\.drop_id = any \(v_due\))\s+and d\.opens_at <= v_now[^;]*?order by d\.drop_id\s+"
        r"for no key update skip locked",
        r"\1 order by d.drop_id for no key update",
        "announce_drops",
    )
    breaks(lambda: two_announce_it(mutant, mutant_stage))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("opens_at", "expected"), [(FUTURE, "RS307"), (PAST, "reserved")])
def test_who_waited_for_a_drop_that_is_moved_meets_the_new_time(
    shop: Shop, stage: Stage, opens_at: datetime, expected: str, level: str
) -> None:
    (ana,) = shop.members("ana")
    item = shop.item()
    drop = a_drop(shop, item, opens_at=PAST if opens_at == FUTURE else FUTURE)
    operator, member = stage.sessions("operator", "member", isolation=level)
    operator.step("begin")
    assert operator.step(MOVE, [drop, opens_at]).row["drop_id"] == drop
    late = member.step(RESERVE, [ana, item])
    assert late.blocked_by == {"operator"}
    operator.step("commit")
    assert outcome(finish(late, [ana, item])) == expected
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_a_drop_is_announced_while_somebody_reserves(shop: Shop, stage: Stage, level: str) -> None:
    """Its events come in the order of the versions, one after the other."""
    shop.ask(ANNOUNCE)
    (ana,) = shop.members("ana")
    item = shop.item()
    a_drop(shop, item)
    member, job = stage.sessions("member", "job", isolation=level)
    member.step("begin")
    assert outcome(member.step(RESERVE, [ana, item])) == "reserved"
    late = job.step(ANNOUNCE)
    assert late.blocked_by == {"member"}
    member.step("commit")
    assert finish(late).row == {"opened": 1, "closed": 0}
    assert shop.kinds(item)[-2:] == ["reservation.created", "drop.opened"]
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_units_that_are_moved_to_and_fro_at_once_do_not_deadlock(
    shop: Shop, stage: Stage, level: str
) -> None:
    item = shop.item(2)
    shop.ask(
        "insert into apartado.locations (code, name) values ('annex', 'Annex')"
        " on conflict do nothing"
    )
    shop.ask("select * from apartado.adjust_stock(null, %s, 2, 'first', 'annex')", [item])
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not one.step(TRANSFER, [item, "main", "annex"]).refused
    late = other.step(TRANSFER, [item, "annex", "main"])
    assert late.blocked_by == {"one"}
    one.step("commit")
    row = finish(late, [item, "annex", "main"]).row
    assert (row["from_available"], row["to_available"]) == (2, 2)
    shop.check()


def a_lottery(shop: Shop, count: int) -> tuple[int, int, list[str]]:
    """A lottery of one unit that has just opened, for which so many lined up; nobody came yet."""
    item = shop.item()
    members = shop.members(*(f"lot{number}" for number in range(count)))
    drop = int(
        shop.one(
            "select drop_id from apartado.create_drop(null, 'Lots', %s, %s, p_lottery => true)",
            [[item], FUTURE],
        )
    )
    for member in members:
        shop.wait(member, item)
    shop.ask("update apartado.drops set opens_at = %s where drop_id = %s", [PAST, drop])
    return item, drop, members


def in_order(shop: Shop, item: int) -> list[str]:
    """Who stands in line."""
    return [
        row["alias"]
        for row in shop.ask("select * from apartado.list_queue(null, %s) order by position", [item])
    ]


def two_come_at_the_opening(shop: Shop, stage: Stage, ends: str, level: str = LEVELS[0]) -> None:
    """The first has the queue drawn; the second finds it so, or draws the same order."""
    item, drop, members = a_lottery(shop, 8)
    ana, ben = shop.members("ana", "ben")
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert outcome(one.step(QUEUE, [ana, item])) == "queued"
    late = other.step(QUEUE, [ben, item])
    assert late.blocked_by == {"one"}
    one.step(ends)
    assert outcome(finish(late, [ben, item])) == "queued"
    lots = shop.ask("select * from apartado.verify_lottery(null, %s)", [drop])
    assert [row["is_right"] for row in lots] == [True] * len(members)
    assert shop.kinds(item).count("drop.drawn") == 1
    line = in_order(shop, item)
    assert line[len(members) - 1 :] == ([ana, ben] if ends == "commit" else [ben])
    assert set(line[: len(members) - 1]) < set(members)
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("ends", ["commit", "rollback"])
def test_lots_are_drawn_once_by_who_comes_first(
    shop: Shop, stage: Stage, ends: str, level: str
) -> None:
    two_come_at_the_opening(shop, stage, ends, level)


def test_a_second_draw_is_caught(mutant: Shop, mutant_stage: Stage) -> None:
    """As if who drew did not say that it was done."""
    mutant.mutate(r"draws_at = case when p_seed is null then s\.draws_at end,", "", "_spread_ranks")
    breaks(lambda: two_come_at_the_opening(mutant, mutant_stage, "commit"))
