"""Two who join at once, and who waits for whom: places, lost wake-ups, deadlocks."""

from __future__ import annotations

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage

JOIN = "select * from apartado.join_queue(%s, %s)"
RESERVE = "select * from apartado.reserve(%s, %s)"


def two_join_an_empty_queue(shop: Shop, stage: Stage, level: str = LEVELS[0]) -> None:
    """Nobody waits yet, so there is no entry that could be locked: the stock row is."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    item = shop.item()
    shop.reserve(ana, item)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(JOIN, [bea, item]).row["position"] == 1
    late = other.step(JOIN, [cat, item])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [cat, item]).row["position"] == 2
    assert shop.state(item).line == [bea, cat]
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_traps_3_and_4_two_who_join_an_empty_queue_have_two_places(
    shop: Shop, stage: Stage, level: str
) -> None:
    two_join_an_empty_queue(shop, stage, level)


def a_join_beside_a_release(shop: Shop, stage: Stage, level: str = LEVELS[0]) -> None:
    """Whoever would have seen it reserved must see it free, or be promoted."""
    ana, bea = shop.members("ana", "bea")
    item = shop.item()
    held = shop.reserve(ana, item)
    holder, joiner = stage.sessions("holder", "joiner", isolation=level)
    holder.step("begin")
    holder.step("select * from apartado.cancel_reservation(%s, %s)", [ana, held])
    late = joiner.step(JOIN, [bea, item])
    assert late.blocked_by == {"holder"}
    holder.step("commit")
    assert outcome(finish(late, [bea, item])) == "RS304"
    state = shop.state(item)
    assert (state.available, state.line) == (1, [])
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_trap_5_nobody_is_stranded_beside_a_free_unit(shop: Shop, stage: Stage, level: str) -> None:
    a_join_beside_a_release(shop, stage, level)


def unlock(shop: Shop) -> None:
    """The stock row is read, but not locked."""
    shop.unlock("_lock_stock")


@pytest.mark.parametrize("race", [two_join_an_empty_queue, a_join_beside_a_release])
def test_is_caught_when_the_stock_row_is_not_locked(
    mutant: Shop, mutant_stage: Stage, race: object
) -> None:
    assert callable(race)
    unlock(mutant)
    breaks(lambda: race(mutant, mutant_stage))


def two_behind_a_third(shop: Shop, stage: Stage, text: str) -> list[str]:
    """Both wait for the same row when it comes free; gives what they were told, sorted."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    item = shop.item()
    if text == JOIN:
        shop.reserve(cat, item)
    third, one, other = stage.sessions("third", "one", "other")
    third.step("begin")
    third.step("update apartado.stock set version = version + 1 where item_id = %s", [item])
    first, second = one.step(text, [ana, item]), other.step(text, [bea, item])
    assert first.blocked
    assert second.blocked
    third.step("commit")
    told = sorted([outcome(first), outcome(second)])
    shop.check(item)
    return told


def test_trap_17_two_on_one_row_do_not_deadlock(shop: Shop, stage: Stage) -> None:
    assert two_behind_a_third(shop, stage, RESERVE) == ["RS301", "reserved"]


def test_trap_17_two_who_join_do_not_deadlock(shop: Shop, stage: Stage) -> None:
    assert two_behind_a_third(shop, stage, JOIN) == ["done", "done"]


def test_trap_17_is_caught_when_a_child_is_locked_before_its_parent(
    mutant: Shop, mutant_stage: Stage
) -> None:
    """The foreign key's share lock first, then FOR UPDATE: each waits for the other."""
    mutant.mutate(
        r"begin\n",
        "begin\nperform from apartado.stock s where s.item_id = p_item for key share;\n"
        "perform from apartado.stock s where s.item_id = p_item for update;\n",
        "_lock_stock",
    )

    def race() -> None:
        assert two_behind_a_third(mutant, mutant_stage, JOIN) == ["done", "done"]

    breaks(race)


def promotions_that_cross(shop: Shop, stage: Stage, level: str = LEVELS[0]) -> None:
    """Each holds what the other waits for, has their own member row locked, and lets go."""
    ana, bea = shop.members("ana", "bea")
    items = [shop.item() for _ in range(4)]
    held_by_ana, held_by_bea = shop.reserve(ana, items[0]), shop.reserve(bea, items[1])
    shop.wait(bea, items[0])
    shop.wait(ana, items[1])
    one, other = stage.sessions("one", "other", isolation=level)
    cancel = "select * from apartado.cancel_reservation(%s, %s)"
    for session, alias, item in ((one, ana, items[2]), (other, bea, items[3])):
        session.step("begin")
        assert outcome(session.step(RESERVE, [alias, item])) == "reserved"
    first = one.step(cancel, [ana, held_by_ana])
    second = other.step(cancel, [bea, held_by_bea])
    assert first.row["promoted"] == second.row["promoted"] == 1
    one.step("commit")
    other.step("commit")
    assert (shop.state(items[0]).holders, shop.state(items[1]).holders) == ([bea], [ana])
    shop.check()


@pytest.mark.parametrize("level", LEVELS[:2])
def test_trap_68_promotion_locks_no_member(shop: Shop, stage: Stage, level: str) -> None:
    promotions_that_cross(shop, stage, level)


def test_trap_68_is_caught_when_promotion_locks_the_member(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.ask("""
      create function apartado.lock_the_member() returns trigger language plpgsql as $$
      begin
        perform from apartado.members m where m.member_id = new.member_id for no key update;
        return new;
      end $$;
      create trigger lock_the_member before insert on apartado.reservations
        for each row execute function apartado.lock_the_member();
    """)
    breaks(lambda: promotions_that_cross(mutant, mutant_stage))


@pytest.mark.parametrize("waiters", [0, 1, 2, 3, 10])
@pytest.mark.parametrize("door", ["cancel", "expiry", "operator", "restock"])
def test_from_every_door_the_line_moves_up_without_a_gap(
    shop: Shop, stage: Stage, door: str, waiters: int
) -> None:
    """Another session looks while the door is open, and after: never a free unit beside a head."""
    ana, *line = shop.members("ana", *[f"waiter{n}." for n in range(waiters)])
    item = shop.item()
    held = shop.reserve(ana, item)
    for alias in line:
        shop.wait(alias, item)
    if door == "expiry":
        shop.let_pass(held)
    text = {
        "cancel": f"select * from apartado.cancel_reservation('{ana}', {held})",
        "expiry": "select * from apartado.expire_and_promote()",
        "operator": f"select * from apartado.revoke_reservation(null, {held}, 'a mistake')",
        "restock": f"select * from apartado.adjust_stock(null, {item}, 1, 'found one')",
    }[door]
    opener, onlooker = stage.sessions("opener", "onlooker")
    opener.step("begin")
    assert opener.step(text).row["promoted"] == min(waiters, 1)
    healthy = "select * from apartado.check_consistency()"
    assert onlooker.step(healthy).rows == []
    opener.step("commit")
    assert onlooker.step(healthy).rows == []
    state = shop.state(item)
    assert state.line == line[1:]
    assert state.available == (0 if waiters else 1)
    positions = [
        shop.one('select "position" from apartado.get_queue_position(%s, %s)', [alias, item])
        for alias in state.line
    ]
    assert positions == list(range(1, waiters or 1))
