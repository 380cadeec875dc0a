"""Drops while people act on them: announced once, and judged as they are when the lock is had."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome, retried
from sessions import Session, Stage

ANNOUNCE = "select * from apartado.announce_drops()"
RESERVE = "select * from apartado.reserve(%s, %s)"
QUEUE = "select * from apartado.reserve(%s, %s, p_if_unavailable => 'queue')"
MOVE = "select * from apartado.change_drop(null, %s, p_opens_at => %s, p_reason => 'moved')"
TRANSFER = "select * from apartado.transfer_stock(null, %s, 1, %s, %s, 'fair')"
DRAW = "select * from apartado.draw_lottery(null, %s)"
DRAW_ALL = "select * from apartado.draw_lotteries()"
NOW = datetime.now(UTC)
PAST, FUTURE = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


def a_drop(shop: Shop, *items: int, opens_at: datetime = PAST, lottery: bool = False) -> int:
    """A drop of these items."""
    return int(
        shop.one(
            "select drop_id from apartado.create_drop(null, 'Race', %s, %s, p_lottery => %s)",
            [list(items), opens_at, lottery],
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
    mutant.mutate(r"o\.opened_at is null as opens", "true as opens", "_tell_phases")
    mutant.mutate(r"\s+and d\.opens_at <= p_now[^;]*?(?=\s+returning)", "", "_tell_phases")
    mutant.mutate("skip locked", "", "announce_drops")
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
    """A lottery of one unit that has just opened, for which so many lined up."""
    item = shop.item()
    members = shop.members(*(f"lot{number}" for number in range(count)))
    drop = a_drop(shop, item, opens_at=FUTURE, lottery=True)
    for member in members:
        shop.wait(member, item)
    shop.ask("update apartado.drops set opens_at = %s where drop_id = %s", [PAST, drop])
    return item, drop, members


def by_lot(shop: Shop, item: int) -> list[str]:
    """Who stands in line, in the order of their lots, worked out here."""
    (found,) = shop.ask(
        "select array_agg(m.alias order by encode(sha256(convert_to("
        "y.seed || ':' || q.queue_entry_id, 'UTF8')), 'hex')) as aliases"
        " from apartado.queue_entries q"
        " join apartado.members m on m.member_id = q.member_id"
        " join apartado.stock s on s.stock_id = q.stock_id"
        " join apartado.lotteries y on y.drop_id = s.drop_id"
        " where s.item_id = %s and q.status in ('waiting', 'promoted')",
        [item],
    )
    return list(found["aliases"])


def in_order(shop: Shop, item: int) -> list[str]:
    """Who holds it, then who stands in line."""
    held = shop.ask("select alias from apartado.list_holders(null, %s)", [item])
    line = shop.ask("select * from apartado.list_queue(null, %s) order by position", [item])
    return [row["alias"] for row in (*held, *line)]


def nobody_sees_an_order_that_can_still_change(
    shop: Shop, stage: Stage, level: str = LEVELS[0]
) -> None:
    """What was closed is drawn by another transaction, whatever savepoints there are in it."""
    item, drop, members = a_lottery(shop, 6)
    (operator,) = stage.sessions("operator", isolation=level)
    operator.step("begin")
    operator.step("savepoint before")
    assert operator.step(DRAW, [drop]).row["closed_at"] is not None
    operator.step("savepoint closed")
    again = operator.step(DRAW, [drop]).row
    assert (again["seed"], again["drawn_at"], again["lots"]) == (None, None, 0)
    assert shop_order(operator, item) == members
    operator.step("rollback to savepoint before")
    operator.step("commit")
    assert shop.one("select closed_at from apartado.lotteries where drop_id = %s", [drop]) is None
    shop.check(item)


def shop_order(session: Session, item: int) -> list[str]:
    """The line as a session sees it."""
    found = session.step(
        "select array_agg(alias order by position) as line from apartado.list_queue(null, %s)",
        [item],
    )
    return list(found.row["line"])


@pytest.mark.parametrize("level", LEVELS)
def test_what_closes_a_lottery_does_not_draw_it(shop: Shop, stage: Stage, level: str) -> None:
    nobody_sees_an_order_that_can_still_change(shop, stage, level)


def test_a_draw_by_who_closed_it_is_caught(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"age\(p_written_by\) > 0", "true", "_is_older")
    breaks(lambda: nobody_sees_an_order_that_can_still_change(mutant, mutant_stage))


@pytest.mark.parametrize("level", LEVELS)
def test_who_joins_while_it_is_closed_stands_behind_or_takes_part(
    shop: Shop, stage: Stage, level: str
) -> None:
    """The closing waits for whoever is joining; who comes after it waits for the closing."""
    item, drop, members = a_lottery(shop, 6)
    ana, ben = shop.members("ana", "ben")
    one, operator, other = stage.sessions("one", "operator", "other", isolation=level)
    one.step("begin")
    assert outcome(one.step(QUEUE, [ana, item])) == "queued"
    closing = operator.step(DRAW, [drop])
    assert closing.blocked_by == {"one"}
    one.step("commit")
    operator.step("begin")
    assert finish(closing, [drop]).row["drawn_at"] is None
    late = other.step(QUEUE, [ben, item])
    operator.step("commit")
    assert outcome(finish(late, [ben, item])) == "queued"
    drawn = retried(operator, DRAW, [drop]).row
    assert (drawn["lots"], drawn["promoted"]) == (len(members) + 1, 1)
    took_part = [alias for alias in by_lot(shop, item) if alias != ben]
    assert in_order(shop, item) == [*took_part, ben]
    assert set(took_part) == {*members, ana}
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_a_lottery_is_drawn_once_by_two_jobs(shop: Shop, stage: Stage, level: str) -> None:
    for _ in range(2):  # closes, then draws what other tests left
        shop.ask(DRAW_ALL)
    item, drop, _ = a_lottery(shop, 8)
    shop.ask(DRAW_ALL)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(DRAW_ALL).row == {"closed": 0, "drawn": 1, "promoted": 1}
    late = other.step(DRAW_ALL)
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late).row == {"closed": 0, "drawn": 0, "promoted": 0}
    assert in_order(shop, item) == by_lot(shop, item)
    assert shop.kinds(item).count("drop.drawn") == 1
    lots = shop.ask("select is_right from apartado.verify_lottery(null, %s, %s)", [drop, item])
    assert lots == [{"is_right": True}] * 8
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_a_draw_that_is_undone_comes_to_the_same(shop: Shop, stage: Stage, level: str) -> None:
    """Whoever looks at it and goes on cannot change it: they can only leave."""
    item, drop, members = a_lottery(shop, 8)
    shop.ask(DRAW, [drop])
    (operator,) = stage.sessions("operator", isolation=level)
    operator.step("begin")
    seed = operator.step(DRAW, [drop]).row["seed"]
    operator.step("rollback")
    gone = by_lot(shop, item)[0]
    shop.ask("select * from apartado.leave_queue(%s, %s)", [gone, item])
    shop.ask("select * from apartado.join_queue(%s, %s)", [gone, item])
    drawn = retried(operator, DRAW, [drop]).row
    assert (drawn["seed"], drawn["lots"]) == (seed, len(members) - 1)
    assert in_order(shop, item)[-1] == gone
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_a_lottery_that_is_moved_meanwhile_is_not_closed(
    shop: Shop, stage: Stage, level: str
) -> None:
    item, drop, _ = a_lottery(shop, 3)
    operator, other = stage.sessions("operator", "other", isolation=level)
    operator.step("begin")
    assert operator.step(MOVE, [drop, FUTURE]).row["drop_id"] == drop
    late = other.step(DRAW, [drop])
    assert late.blocked_by == {"operator"}
    operator.step("commit")
    assert outcome(finish(late, [drop])) == "RS307"
    assert shop.one("select closed_at from apartado.lotteries where drop_id = %s", [drop]) is None
    shop.check(item)
