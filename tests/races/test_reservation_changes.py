"""What is done to a reservation while somebody else is at the same units, at all three levels."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome, past, retried
from sessions import Stage

RESERVE = "select * from apartado.reserve('{bea}', {item})"
OTHER_RESERVES = "select * from apartado.reserve('{cat}', {item})"
JOIN = "select * from apartado.join_queue('{cat}', {item})"
SWEEP = "select * from apartado.expire_and_promote()"
CONFIRM = "select * from apartado.confirm_reservation('{ana}', {held})"
CANCEL = "select * from apartado.cancel_reservation('{ana}', {held})"
EXTEND = "select * from apartado.extend_reservation('{ana}', {held}, '1 hour')"
MORE = "select * from apartado.change_quantity('{ana}', {held}, 2)"
FEWER = "select * from apartado.change_quantity('{ana}', {held}, 1)"
PAY = "select * from apartado.begin_payment('{ana}', {held})"
HAND_ON = "select * from apartado.transfer_reservation('{ana}', {held}, '{bea}')"
LET_GO = "select * from apartado.release_if_wanted('{ana}', {held})"
KEEP = "select * from apartado.release_if_wanted('{ana}', {held}, false)"

CHANGES = {"extend": EXTEND, "more": MORE, "pay": PAY, "hand on": HAND_ON, "let go": LET_GO}


@dataclass
class Pair:
    """Ana's units; what the first and the second do, what the second is told, who then has it."""

    first: str
    second: str
    told: str
    holders: str = ""
    line: str = ""
    buyers: str = ""
    free: int = 0
    units: int = 1
    held: int = 1
    setup: str = ""


PAIRS = {
    "extend, reserve": Pair(EXTEND, RESERVE, "RS301", holders="ana"),
    "join, extend": Pair(JOIN, EXTEND, "RS306", holders="ana", line="cat"),
    "extend, join": Pair(EXTEND, JOIN, "done", holders="ana", line="cat"),
    "expire, extend": Pair(SWEEP, EXTEND, "RS401", free=1, setup="late"),
    "cancel, extend": Pair(CANCEL, EXTEND, "RS402", free=1),
    "confirm, extend": Pair(CONFIRM, EXTEND, "RS404", buyers="ana"),
    "more, reserve": Pair(MORE, RESERVE, "RS301", holders="ana", units=2),
    "reserve, more": Pair(RESERVE, MORE, "RS301", holders="ana bea", units=2),
    "join, more": Pair(JOIN, MORE, "RS301", holders="ana", line="cat"),
    "fewer, reserve": Pair(FEWER, RESERVE, "reserved", holders="ana bea", units=2, held=2),
    "join, fewer": Pair(JOIN, FEWER, "done", holders="ana cat", units=2, held=2),
    "expire, more": Pair(SWEEP, MORE, "RS401", free=2, units=2, setup="late"),
    "pay, pay": Pair(PAY, PAY, "RS312", holders="ana"),
    "expire, pay": Pair(SWEEP, PAY, "RS401", free=1, setup="late"),
    "hand on, hand on": Pair(HAND_ON, HAND_ON, "RS402", holders="bea"),
    "hand on, confirm": Pair(HAND_ON, CONFIRM, "RS402", holders="bea"),
    "confirm, hand on": Pair(CONFIRM, HAND_ON, "RS404", buyers="ana"),
    "hand on, the other reserves": Pair(HAND_ON, RESERVE, "RS302", holders="bea", units=2, free=1),
    "the other reserves, hand on": Pair(RESERVE, HAND_ON, "RS302", holders="ana bea", units=2),
    "expire, hand on": Pair(SWEEP, HAND_ON, "RS401", free=1, setup="late"),
    "let go, reserve": Pair(LET_GO, RESERVE, "reserved", holders="bea"),
    "let go, join": Pair(LET_GO, JOIN, "RS304", holders="ana"),
    "join, let go": Pair(JOIN, LET_GO, "done", holders="cat"),
    "two want what is let go": Pair(
        RESERVE, OTHER_RESERVES, "RS301", holders="bea", setup="let go"
    ),
    "somebody wants it, confirm": Pair(RESERVE, CONFIRM, "RS402", holders="bea", setup="let go"),
    "confirm, somebody wants it": Pair(CONFIRM, RESERVE, "RS305", buyers="ana", setup="let go"),
    "somebody wants it, keep": Pair(RESERVE, KEEP, "RS402", holders="bea", setup="let go"),
    "keep, somebody wants it": Pair(KEEP, RESERVE, "RS301", holders="ana", setup="let go"),
    "pay, somebody wants it": Pair(PAY, RESERVE, "RS301", holders="ana", setup="let go"),
    "late confirm, reserve": Pair(CONFIRM, RESERVE, "RS305", buyers="ana", setup="late allowed"),
    "reserve, late confirm": Pair(RESERVE, CONFIRM, "RS301", holders="bea", setup="late allowed"),
    "late confirm twice": Pair(
        CONFIRM, CONFIRM, "RS404", buyers="ana", units=2, free=1, setup="late allowed"
    ),
    "expire, late confirm": Pair(SWEEP, CONFIRM, "done", buyers="ana", setup="late allowed"),
}  # fmt: skip


def play(shop: Shop, stage: Stage, pair: Pair, level: str) -> None:
    """The second waits for the first, which commits; then the second sees what the first did."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    policy = shop.policy()
    shop.ask(
        "update apartado.policies set late_confirm = %s where name = %s",
        ["allowed" in pair.setup, policy],
    )
    item = shop.item(pair.units, policy=policy)
    held = shop.reserve(ana, item, quantity=pair.held)
    people = {"ana": ana, "bea": bea, "cat": cat, "item": item, "held": held}
    if pair.setup == "let go":
        shop.ask(LET_GO.format(**people))
    elif pair.setup:
        shop.let_pass(held)

    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not one.step(pair.first.format(**people)).refused
    late = other.step(pair.second.format(**people))
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late)) == pair.told

    state = shop.state(item)
    found = [" ".join(a.rstrip("0123456789") for a in who if a) for who in
             (state.holders, state.line, state.buyers)]  # fmt: skip
    assert (*found, state.available) == (pair.holders, pair.line, pair.buyers, pair.free)
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_the_second_sees_what_the_first_did(
    shop: Shop, stage: Stage, pair: Pair, level: str
) -> None:
    play(shop, stage, pair, level)


def test_a_unit_taken_twice_is_caught_when_nobody_bumps(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.unlock("_lock_live_reservation")
    breaks(lambda: play(mutant, mutant_stage, PAIRS["reserve, more"], LEVELS[0]))


def test_late_twice_is_caught_when_a_late_sale_is_not_looked_for(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"p\.purchased_at >= p_reservation\.expires_at", "false", "_over")
    breaks(lambda: play(mutant, mutant_stage, PAIRS["late confirm twice"], LEVELS[0]))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_trap_14_who_waited_for_the_lock_past_the_deadline_changes_nothing(
    shop: Shop, stage: Stage, change: str, level: str
) -> None:
    ana, bea = shop.members("ana", "bea")
    item = shop.item(2)
    held = shop.reserve(ana, item)
    somebody, holder = stage.sessions("somebody", "holder", isolation=level)
    somebody.step("begin")
    somebody.step(f"update apartado.stock set version = version + 1 where item_id = {item}")
    late = holder.step(change.format(ana=ana, bea=bea, held=held))
    assert late.blocked_by == {"somebody"}
    for statement in past(held).split(";"):
        if statement.strip():
            somebody.step(statement)
    somebody.step("commit")
    assert outcome(finish(late)) == "RS401"
    shop.ask(SWEEP)
    assert (shop.status(held), shop.state(item).available) == ("expired", 2)
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_who_waited_past_the_deadline_buys_late_where_that_is_allowed(
    shop: Shop, stage: Stage, level: str
) -> None:
    (ana,) = shop.members("ana")
    policy = shop.policy()
    shop.ask("update apartado.policies set late_confirm = true where name = %s", [policy])
    item = shop.item(policy=policy)
    held = shop.reserve(ana, item)
    somebody, holder = stage.sessions("somebody", "holder", isolation=level)
    somebody.step("begin")
    somebody.step(f"update apartado.stock set version = version + 1 where item_id = {item}")
    late = holder.step(CONFIRM.format(ana=ana, held=held))
    assert late.blocked_by == {"somebody"}
    for statement in past(held).split(";"):
        if statement.strip():
            somebody.step(statement)
    somebody.step("commit")
    assert finish(late).row["reacquired"]
    assert shop.state(item).buyers == [ana]
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("change", [*CHANGES.values(), CONFIRM], ids=[*CHANGES, "confirm"])
def test_trap_70_the_same_key_twice_at_once_is_done_once(
    shop: Shop, stage: Stage, change: str, level: str
) -> None:
    """A client that lost the connection asks again while the first is still at it."""
    ana, bea = shop.members("ana", "bea")
    item, another = shop.item(2), shop.item(2)
    people = {"ana": ana, "bea": bea}
    text = change[:-1] + ", p_idempotency_key => 'the same')"
    held, elsewhere = shop.reserve(ana, item), shop.reserve(ana, another)
    one, other, third = stage.sessions("one", "other", "third", isolation=level)
    one.step("begin")
    first = one.step(text.format(**people, held=held)).row
    again = other.step(text.format(**people, held=held))
    on_another = third.step(text.format(**people, held=elsewhere))
    assert again.blocked_by
    assert on_another.blocked_by
    kinds = shop.kinds(item)
    one.step("commit")
    assert finish(again).row == first
    assert outcome(finish(on_another)) == "RS310"
    assert shop.kinds(another) == ["reservation.created"]
    assert len(shop.kinds(item)) > len(kinds)
    assert len([kind for kind in shop.kinds(item)[1:] if kind != "purchase.created"]) == (
        2 if change == HAND_ON else 1
    )
    shop.check(item)


def handing_to_each_other(shop: Shop, stage: Stage, level: str) -> None:
    """Ana hands one thing to Bea, Bea another to Ana, and both rest after the first turn."""
    shop.mutate(
        r"set turn = t\.turn \+ 1",
        "set turn = t.turn + length(pg_catalog.pg_advisory_xact_lock_shared(1)::text) + 1",
        "_bump_turns",
    )
    ana, bea = shop.members("ana", "bea")
    items = shop.item(), shop.item()
    held = shop.reserve(ana, items[0]), shop.reserve(bea, items[1])
    gate = stage.session("gate")
    gate.step("select pg_catalog.pg_advisory_lock(1)")
    one, other = stage.sessions("one", "other", isolation=level)
    there = one.step(HAND_ON.format(ana=ana, bea=bea, held=held[0]))
    back = other.step(HAND_ON.format(ana=bea, bea=ana, held=held[1]))
    assert there.blocked_by == {"gate"}
    assert back.blocked
    gate.step("select pg_catalog.pg_advisory_unlock(1)")
    for step in (there, back):
        assert outcome(finish(step)) == "done"
    assert [shop.state(item).holders for item in items] == [[bea], [ana]]
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_two_who_hand_to_each_other_do_not_wait_for_each_other(
    mutant: Shop, mutant_stage: Stage, level: str
) -> None:
    handing_to_each_other(mutant, mutant_stage, level)


def test_a_deadlock_is_caught_when_turns_are_taken_by_the_caller_first(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        r"order by m\.member_id",
        "order by array_position(p_member_ids, m.member_id)",
        "_bump_turns",
    )
    breaks(lambda: handing_to_each_other(mutant, mutant_stage, LEVELS[0]))


@pytest.mark.parametrize("level", LEVELS)
def test_trap_67_handing_on_beside_reserving_keeps_the_receivers_limit(
    shop: Shop, stage: Stage, level: str
) -> None:
    ana, bea = shop.members("ana", "bea")
    policy = shop.policy(active_limit=1)
    items = shop.item(policy=policy), shop.item(policy=policy)
    held = shop.reserve(ana, items[0])
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    one.step(HAND_ON.format(ana=ana, bea=bea, held=held))
    late = other.step(RESERVE.format(bea=bea, item=items[1]))
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late)) == "RS501"
    assert shop.state(items[1]).available == 1
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_the_key_of_a_refused_change_is_free(shop: Shop, stage: Stage, level: str) -> None:
    """Trap 64: a refusal is not remembered, and the same request may succeed later."""
    ana, bea = shop.members("ana", "bea")
    item = shop.item(2)
    held, others = shop.reserve(ana, item), shop.reserve(bea, item)
    session = stage.session("session", isolation=level)
    text = MORE[:-1] + ", 'k')"
    assert outcome(session.step(text.format(ana=ana, held=held))) == "RS301"
    shop.ask("select * from apartado.cancel_reservation(%s, %s)", [bea, others])
    first = retried(session, text.format(ana=ana, held=held)).row
    assert (first["quantity"], retried(session, text.format(ana=ana, held=held)).row) == (2, first)
    shop.check(item)


def a_name_that_somebody_else_has_since(shop: Shop, stage: Stage) -> None:
    """Bea is forgotten while ana hands on to her, and another takes the free name."""
    bea, ana = shop.members("bea", "ana")
    item, other_item = shop.item(), shop.item()
    held = shop.reserve(ana, item)
    one, busy, hers = stage.sessions("one", "busy", "hers")
    one.step("begin")
    assert one.step(f"select * from apartado.anonymise(null, '{bea}', 'why')").rows
    busy.step("begin")
    assert busy.step(f"select * from apartado.reserve('{ana}', {other_item})").rows
    late = hers.step(HAND_ON.format(ana=ana, bea=bea, held=held))
    assert late.blocked_by == {"one"}
    one.step("commit")
    shop.ask("select from apartado.sign_in(%s)", [bea])
    busy.step("rollback")
    assert outcome(finish(late)) == "RS103"
    assert shop.state(item).holders == [ana]
    shop.check(item)


def test_a_name_that_somebody_else_has_since_gets_nothing(shop: Shop, stage: Stage) -> None:
    a_name_that_somebody_else_has_since(shop, stage)


def test_it_is_caught_when_only_the_name_is_looked_up_again(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"<> \(v_member_id, v_to_id\)", "is null", "transfer_reservation")
    breaks(lambda: a_name_that_somebody_else_has_since(mutant, mutant_stage))
