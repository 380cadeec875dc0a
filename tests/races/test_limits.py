"""A member at the limit who asks for two items at once; and the same key sent twice at once."""

from __future__ import annotations

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage

RESERVE = "select * from apartado.reserve(%s, %s)"
JOIN = "select * from apartado.join_queue(%s, %s)"
WITH_KEY = "select * from apartado.reserve(%s, %s, p_idempotency_key => 'the same')"


def two_at_the_limit(shop: Shop, stage: Stage, texts: tuple[str, str], level: str) -> None:
    """One more is allowed; two different stock rows are asked for, so neither stops the other."""
    ana, bea = shop.members("ana", "bea")
    policy = shop.policy(active_limit=2)
    shop.reserve(ana, shop.item(policy=policy))
    items = [shop.item(policy=policy) for _ in texts]
    for item, text in zip(items, texts, strict=True):
        if text == JOIN:
            shop.reserve(bea, item)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not one.step(texts[0], [ana, items[0]]).refused
    late = other.step(texts[1], [ana, items[1]])
    assert late.blocked_by == {"one"}
    one.step("commit")
    late = finish(late, [ana, items[1]])
    assert outcome(late) == ("RS503" if texts[1] == JOIN else "RS501")
    active = "select apartado._active_count(member_id, apartado.clock()) from apartado.members"
    assert shop.one(f"{active} where alias = %s", [ana]) == 2
    shop.check()


BOTH = {
    "reserve, reserve": (RESERVE, RESERVE),
    "reserve, join": (RESERVE, JOIN),
    "join, reserve": (JOIN, RESERVE),
    "join, join": (JOIN, JOIN),
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("texts", BOTH.values(), ids=BOTH)
def test_trap_67_two_at_once_never_go_over_the_limit(
    shop: Shop, stage: Stage, texts: tuple[str, str], level: str
) -> None:
    two_at_the_limit(shop, stage, texts, level)


def test_trap_67_is_caught_when_the_member_row_is_locked_but_not_bumped(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.ask("""
      create function apartado.change_nothing() returns trigger language plpgsql as $$
      begin return null; end $$;
      create trigger change_nothing before update on apartado.member_turns
        for each row execute function apartado.change_nothing();
    """)  # the row is locked before the trigger is asked
    breaks(lambda: two_at_the_limit(mutant, mutant_stage, BOTH["reserve, reserve"], LEVELS[1]))


def same_key_on_one_item(shop: Shop, stage: Stage, level: str) -> None:
    """A client that lost the connection asks again while the first is still at it."""
    (ana,) = shop.members("ana")
    item = shop.item(3)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    first = one.step(WITH_KEY, [ana, item]).row
    late = other.step(WITH_KEY, [ana, item])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [ana, item]).row == first
    state = shop.state(item)
    assert (state.available, state.holders) == (2, [ana])
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_key_twice_at_once_is_done_once(shop: Shop, stage: Stage, level: str) -> None:
    same_key_on_one_item(shop, stage, level)


def same_key_on_two_items(shop: Shop, stage: Stage, level: str) -> None:
    """Another request under the same key: refused, at once as later."""
    (ana,) = shop.members("ana")
    items = shop.item(), shop.item()
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    one.step(WITH_KEY, [ana, items[0]])
    late = other.step(WITH_KEY, [ana, items[1]])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late, [ana, items[1]])) == "RS310"
    assert shop.state(items[1]).available == 1
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_trap_70_the_same_key_at_once_on_two_items_is_refused(
    shop: Shop, stage: Stage, level: str
) -> None:
    same_key_on_two_items(shop, stage, level)


def forget_keys(shop: Shop) -> None:
    """The key is looked up without its lock, and written without looking again."""
    shop.mutate(r"perform pg_advisory_xact_lock\([^;]*;", "", "_recall")
    shop.mutate(r"on conflict \(owner, key\) do update[^;]*;", ";", "_remember")


@pytest.mark.parametrize("race", [same_key_on_one_item, same_key_on_two_items])
def test_trap_70_is_caught_when_the_key_is_not_locked(
    mutant: Shop, mutant_stage: Stage, race: object
) -> None:
    assert callable(race)
    forget_keys(mutant)
    breaks(lambda: race(mutant, mutant_stage, LEVELS[0]))


@pytest.mark.parametrize("level", LEVELS)
def test_a_key_whose_first_use_was_undone_is_free_again(
    shop: Shop, stage: Stage, level: str
) -> None:
    (ana,) = shop.members("ana")
    items = shop.item(), shop.item()
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    one.step(WITH_KEY, [ana, items[0]])
    late = other.step(WITH_KEY, [ana, items[1]])
    assert late.blocked_by == {"one"}
    one.step("rollback")
    assert outcome(finish(late, [ana, items[1]])) == "reserved"
    assert [shop.state(item).available for item in items] == [1, 0]
    shop.check()


def test_an_answer_is_given_back_unchanged_after_the_world_went_on(
    shop: Shop, stage: Stage
) -> None:
    ana, bea = shop.members("ana", "bea")
    item = shop.item(3)
    session = stage.session("session")
    first = session.step(WITH_KEY, [ana, item]).row
    shop.reserve(bea, item)
    shop.ask("select * from apartado.cancel_reservation(%s, %s)", [ana, first["reservation_id"]])
    assert session.step(WITH_KEY, [ana, item]).row == first
    assert shop.state(item).holders == [bea]
