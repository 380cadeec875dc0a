"""What a deadline means to those who waited for a lock while it passed, and to those who sweep."""

from __future__ import annotations

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome, past
from sessions import Stage

CONFIRM = "select * from apartado.confirm_reservation('{}', {})"
CANCEL = "select * from apartado.cancel_reservation('{}', {})"
SWEEP = "select * from apartado.expire_and_promote()"
CLOSES_SOON = (
    "select * from apartado.create_drop(null, 'now', %s, apartado.clock() - interval '1 hour',"
    " apartado.clock() + interval '3 seconds')"
)
UNTIL_IT_HAS_CLOSED = (
    "select pg_sleep(extract(epoch from s.closes_at - apartado.clock())) from apartado.stock s"
    " where s.item_id = %s"
)


def the_deadline_passes_while_it_waits(
    shop: Shop, stage: Stage, command: str, level: str = LEVELS[0]
) -> None:
    """A command that waited past the deadline is late."""
    (ana,) = shop.members("ana")
    item = shop.item()
    held = shop.reserve(ana, item)
    somebody, holder = stage.sessions("somebody", "holder", isolation=level)
    somebody.step("begin")
    somebody.step(f"update apartado.stock set version = version + 1 where item_id = {item}")
    late = holder.step(command.format(ana, held))
    assert late.blocked_by == {"somebody"}
    for statement in past(held).split(";"):  # the deadline is now, after the command began
        if statement.strip():
            somebody.step(statement)
    somebody.step("commit")

    late = finish(late)
    assert outcome(late) == "RS401"
    assert shop.state(item).buyers == []
    shop.ask(SWEEP)
    assert shop.status(held) == "expired"
    assert shop.state(item).available == 1
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("command", [CONFIRM, CANCEL], ids=["confirm", "cancel"])
def test_trap_14_who_waited_for_the_lock_past_the_deadline_is_late(
    shop: Shop, stage: Stage, command: str, level: str
) -> None:
    the_deadline_passes_while_it_waits(shop, stage, command, level)


def test_trap_14_is_caught_when_the_clock_is_the_transactions(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"clock_timestamp\(\)", "pg_catalog.now()", "clock")
    breaks(lambda: the_deadline_passes_while_it_waits(mutant, mutant_stage, CONFIRM))


def the_drop_closes_while_it_waits(shop: Shop, stage: Stage, level: str) -> None:
    """Whoever held the row changes nothing in the end: the row is as it was, the time is not."""
    (ana,) = shop.members("ana")
    item = shop.item()
    shop.ask(CLOSES_SOON, [[item]])
    somebody, buyer = stage.sessions("somebody", "buyer", isolation=level)
    somebody.step("begin")
    somebody.step(f"update apartado.stock set version = version + 1 where item_id = {item}")
    late = buyer.step("select * from apartado.reserve(%s, %s)", [ana, item])
    somebody.step(UNTIL_IT_HAS_CLOSED, [item])
    somebody.step("rollback")
    assert outcome(late) == "RS308"
    state = shop.state(item)
    assert (state.available, state.holders) == (1, [])
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_trap_14_who_waited_past_the_closing_for_one_who_gives_up_is_late(
    shop: Shop, stage: Stage, level: str
) -> None:
    the_drop_closes_while_it_waits(shop, stage, level)


def test_it_is_caught_when_the_time_is_not_looked_at_under_the_lock(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate("if v_is_late then", "if false then", "reserve")
    breaks(lambda: the_drop_closes_while_it_waits(mutant, mutant_stage, LEVELS[0]))


def two_sweep_at_once(shop: Shop, stage: Stage) -> None:
    """One unit comes free, two people sweep, one of two waiters gets it."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    item = shop.item()
    held = shop.reserve(ana, item)
    shop.wait(bea, item)
    shop.wait(cat, item)
    shop.let_pass(held)
    one, other = stage.sessions("one", "other")
    one.step("begin")
    assert one.step(SWEEP).row == {"expired": 1, "promoted": 1, "remaining": 0}
    late = other.step(SWEEP)
    one.step("commit")
    assert late.row == {"expired": 0, "promoted": 0, "remaining": 1}
    assert other.step(SWEEP).row == {"expired": 0, "promoted": 0, "remaining": 0}
    state = shop.state(item)
    assert (state.holders, state.line) == ([bea], [cat])
    assert shop.kinds(item).count("queue.promoted") == 1
    shop.check(item)


def test_trap_6_two_sweepers_promote_one(shop: Shop, stage: Stage) -> None:
    two_sweep_at_once(shop, stage)


def test_trap_6_is_caught_when_sweepers_take_no_lock(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"for no key update skip locked", "", "expire_and_promote")
    mutant.mutate(r"and r\.status = 'active'(\s+and r\.expires_at <= p_now)", r"\1", "_close_due")
    breaks(lambda: two_sweep_at_once(mutant, mutant_stage))


def confirm_twice(shop: Shop, stage: Stage) -> None:
    """Two sessions of one member confirm the same reservation."""
    (ana,) = shop.members("ana")
    item = shop.item(3)
    held = shop.reserve(ana, item, quantity=2)
    one, other = stage.sessions("one", "other")
    one.step("begin")
    one.step(CONFIRM.format(ana, held))
    late = other.step(CONFIRM.format(ana, held))
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(late) == "RS404"
    state = shop.state(item)
    assert (state.available, state.sold, state.buyers) == (1, 2, [ana])
    shop.check(item)


def test_trap_24_confirm_twice_is_one_purchase(shop: Shop, stage: Stage) -> None:
    confirm_twice(shop, stage)


def test_trap_24_is_caught_when_it_is_looked_at_before_the_lock(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.unlock("_lock_live_reservation")
    # either lock is enough: the turn has one member's commands come one after the other, too
    mutant.mutate(
        r"\(select t\.class_id from apartado\._take_turn\(p_member\) t\)",
        "null",
        "confirm_reservation",
    )
    breaks(lambda: confirm_twice(mutant, mutant_stage))


@pytest.mark.parametrize("command", [CONFIRM, CANCEL], ids=["trap 24 confirm", "trap 25 cancel"])
@pytest.mark.parametrize("level", LEVELS)
def test_against_the_reaper_the_unit_comes_back_once(
    shop: Shop, stage: Stage, command: str, level: str
) -> None:
    (ana,) = shop.members("ana")
    item = shop.item()
    held = shop.reserve(ana, item)
    shop.let_pass(held)
    reaper, holder = stage.sessions("reaper", "holder", isolation=level)
    reaper.step("begin")
    assert reaper.step(SWEEP).row["expired"] == 1
    late = holder.step(command.format(ana, held))
    assert late.blocked_by == {"reaper"}
    reaper.step("commit")
    assert outcome(finish(late)) == "RS401"
    state = shop.state(item)
    assert (state.available, state.reserved, state.sold) == (1, 0, 0)
    assert shop.kinds(item) == ["reservation.created", "reservation.expired"]
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_trap_25_the_reaper_leaves_what_is_being_cancelled(
    shop: Shop, stage: Stage, level: str
) -> None:
    ana, bea = shop.members("ana", "bea")
    item = shop.item(2)
    held, other = shop.reserve(ana, item), shop.reserve(bea, item)
    shop.let_pass(other)
    holder, reaper = stage.sessions("holder", "reaper", isolation=level)
    holder.step("begin")
    assert holder.step(CANCEL.format(ana, held)).row["status"] == "cancelled"
    assert reaper.step(SWEEP).row == {"expired": 0, "promoted": 0, "remaining": 1}
    holder.step("commit")
    assert shop.status(other) == "expired"  # settled by whoever held the row
    assert reaper.step(SWEEP).row == {"expired": 0, "promoted": 0, "remaining": 0}
    assert shop.state(item).available == 2
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_trap_30_marked_sold_twice_keeps_the_first_buyer(
    shop: Shop, stage: Stage, level: str
) -> None:
    ana, bea = shop.members("ana", "bea")
    item = shop.item()
    one, other = stage.sessions("one", "other", isolation=level)
    sale = "select * from apartado.mark_sold(null, %s, p_buyer => %s)"
    one.step("begin")
    one.step(sale, [item, ana])
    late = other.step(sale, [item, bea])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late, [item, bea])) == "RS305"
    assert shop.state(item).buyers == [ana]
    shop.check(item)


def a_passer_by(shop: Shop, stage: Stage, if_unavailable: str, level: str = LEVELS[0]) -> None:
    """Between the deadline and the sweep, with nobody sweeping."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    item = shop.item()
    held = shop.reserve(ana, item)
    shop.wait(cat, item)
    shop.let_pass(held)
    passer_by = stage.session("passer_by", isolation=level)
    answer = passer_by.step(
        "select * from apartado.reserve(%s, %s, p_if_unavailable => %s)",
        [bea, item, if_unavailable],
    )
    if if_unavailable == "fail":
        assert outcome(answer) == "RS301"
        assert shop.status(held) == "active"  # a refusal leaves everything as it was
        shop.ask(SWEEP)
        line = []
    else:
        assert (outcome(answer), answer.row["position"]) == ("queued", 1)
        line = [bea]
    state = shop.state(item)
    assert (state.holders, state.line) == ([cat], line)
    assert shop.status(held) == "expired"
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("if_unavailable", ["fail", "queue"])
def test_a_passer_by_overtakes_nobody_between_deadline_and_sweep(
    shop: Shop, stage: Stage, if_unavailable: str, level: str
) -> None:
    a_passer_by(shop, stage, if_unavailable, level)


@pytest.mark.parametrize("if_unavailable", ["fail", "queue"])
def test_a_passer_by_is_caught_when_settling_promotes_nobody(
    mutant: Shop, mutant_stage: Stage, if_unavailable: str
) -> None:
    mutant.mutate(r"where c\.left_for_it > 0", "where false", "_next_in_line")
    breaks(lambda: a_passer_by(mutant, mutant_stage, if_unavailable))


@pytest.mark.parametrize("level", LEVELS)
def test_the_head_and_a_passer_by_at_once_are_served_in_order(
    shop: Shop, stage: Stage, level: str
) -> None:
    ana, bea, cat = shop.members("ana", "bea", "cat")
    item = shop.item()
    held = shop.reserve(ana, item)
    shop.wait(cat, item)
    shop.let_pass(held)
    passer_by, head = stage.sessions("passer_by", "head", isolation=level)
    passer_by.step("begin")
    text = "select * from apartado.reserve(%s, %s, p_if_unavailable => 'queue')"
    assert passer_by.step(text, [bea, item]).row["outcome"] == "queued"
    late = head.step(text, [cat, item])
    assert late.blocked_by == {"passer_by"}
    passer_by.step("commit")
    assert outcome(finish(late, [cat, item])) == "RS302"  # she was promoted meanwhile
    assert shop.state(item).holders == [cat]
    shop.check(item)
