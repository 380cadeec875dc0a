"""A command that waited for its stock row judges by the rules as they are when it gets it."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import PATIENCE, Stage, Step

RESERVE = "select * from apartado.reserve(%s, %s)"


def the_rules_change_while_it_waits(
    shop: Shop, stage: Stage, change: str, level: str = LEVELS[0]
) -> Step:
    """The change is open when the member asks, and committed while they wait."""
    (ana,) = shop.members("ana")
    policy = shop.policy()
    shop.reserve(ana, shop.item())
    item = shop.item(policy=policy)
    operator, member = stage.sessions("operator", "member", isolation=level)
    operator.step("begin")
    assert not operator.step(change.format(item=item, policy=policy)).refused
    late = member.step(RESERVE, [ana, item])
    assert late.blocked_by == {"operator"}
    operator.step("commit")
    late = finish(late, [ana, item])
    shop.check(item)
    return late


CHANGES = {
    "hidden": ("update apartado.items set visible = false where item_id = {item}", "RS101"),
    "not for sale": ("update apartado.items set for_sale = false where item_id = {item}", "RS309"),
    "limit": ("update apartado.policies set active_limit = 1 where name = '{policy}'", "RS501"),
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("what", CHANGES)
def test_the_new_rule_counts(shop: Shop, stage: Stage, what: str, level: str) -> None:
    change, code = CHANGES[what]
    assert outcome(the_rules_change_while_it_waits(shop, stage, change, level)) == code


@pytest.mark.parametrize("level", LEVELS)
def test_the_new_price_counts(shop: Shop, stage: Stage, level: str) -> None:
    change = "update apartado.items set price = 12.5 where item_id = {item}"
    row = the_rules_change_while_it_waits(shop, stage, change, level).row
    assert str(row["price"]) == "12.50"


@pytest.mark.parametrize("level", LEVELS)
def test_the_new_length_of_time_counts(shop: Shop, stage: Stage, level: str) -> None:
    change = "update apartado.policies set hold = '2 hours' where name = '{policy}'"
    row = the_rules_change_while_it_waits(shop, stage, change, level).row
    assert row["expires_at"] - row["server_time"] == timedelta(hours=2)


@pytest.mark.parametrize("what", CHANGES)
def test_is_caught_when_the_rules_are_not_carried_to_the_stock(
    mutant: Shop, mutant_stage: Stage, what: str
) -> None:
    mutant.ask("alter table apartado.items disable trigger _400_carry_rules")
    mutant.ask("alter table apartado.policies disable trigger _400_carry_rules")
    change, code = CHANGES[what]

    def race() -> None:
        late = the_rules_change_while_it_waits(mutant, mutant_stage, change)
        assert outcome(late) == code

    breaks(race)


@pytest.mark.parametrize("level", LEVELS)
def test_a_change_of_rules_waits_for_whoever_is_at_it(shop: Shop, stage: Stage, level: str) -> None:
    """The other way round: the reservation was there before the item was hidden, and stays."""
    (ana,) = shop.members("ana")
    item = shop.item()
    member, operator = stage.sessions("member", "operator", isolation=level)
    member.step("begin")
    member.step(RESERVE, [ana, item])
    late = operator.step("update apartado.items set visible = false where item_id = %s", [item])
    assert late.blocked_by == {"member"}
    member.step("commit")
    assert not finish(late, [item]).refused
    assert shop.state(item).holders == [ana]
    shop.check(item)


def test_a_change_by_hand_keeps_the_order_of_versions(shop: Shop, stage: Stage) -> None:
    """A title is no rule; still its event must not be told with the state of before."""
    (ana,) = shop.members("ana")
    item = shop.item()
    member, operator = stage.sessions("member", "operator")
    member.step("begin")
    member.step(RESERVE, [ana, item])
    late = operator.step("update apartado.items set title = 'New' where item_id = %s", [item])
    member.step("commit")
    assert not late.refused
    shop.check(item)


HIDE = "update apartado.items set visible = false where item_id = %s"
BRING = "select * from apartado.adjust_stock(null, %s, 1, 'moved', 'annex')"


def units_come_to_a_new_location_while_the_item_is_hidden(shop: Shop, stage: Stage) -> bool:
    """Whether the new stock row is open; nobody but operators may know the item any more."""
    shop.ask(
        "insert into apartado.locations (code, name) values ('annex', 'Annex')"
        " on conflict do nothing"
    )
    item = shop.item()
    operator, keeper = stage.sessions("operator", "keeper")
    operator.step("begin")
    assert not operator.step(HIDE, [item]).refused
    late = keeper.step(BRING, [item])
    operator.step("commit")
    finish(late, [item])
    return bool(
        shop.one(
            "select s.open from apartado.stock s join apartado.locations l using (location_id)"
            " where s.item_id = %s and l.code = 'annex'",
            [item],
        )
    )


def test_a_new_stock_row_begins_with_the_new_rules(shop: Shop, stage: Stage) -> None:
    assert not units_come_to_a_new_location_while_the_item_is_hidden(shop, stage)


def test_that_is_caught_when_nothing_is_locked_for_a_new_row(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"(?s)(perform s.stock_id|update apartado.stock s).*?;", "", "_make_stock")
    breaks(lambda: test_a_new_stock_row_begins_with_the_new_rules(mutant, mutant_stage))


def two_change_rules(shop: Shop, stage: Stage) -> None:
    """Imports move gates within the table between the beginnings of two that close all of them."""
    close = "select apartado._close_gates()"
    passing = "update apartado.rule_gates set passages = passages + 1 where gate = %s"
    shop.ask("vacuum full apartado.rule_gates")  # no gap, so what is written goes to the end
    first, last, one, other = stage.sessions("first", "last", "one", "other")
    first.step("begin")
    first.step(passing, [0])
    early = one.step(close)
    assert early.blocked_by == {"first"}
    for gate in range(1, 6):
        shop.ask(passing, [gate])
    last.step("begin")
    last.step(passing, [5])
    first.step("commit")
    moved_on = time.monotonic() + PATIENCE
    while stage.blockers(one) != {"last"}:
        assert time.monotonic() < moved_on
    late = other.step(close)
    assert "one" in late.blocked_by
    last.step("commit")
    assert not early.refused
    assert not late.refused


def test_two_who_change_rules_close_the_gates_in_one_order(shop: Shop, stage: Stage) -> None:
    two_change_rules(shop, stage)


def test_it_is_caught_when_gates_are_closed_as_they_lie(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"perform g\.gate[^;]*for no key update;", "", "_close_gates")
    breaks(lambda: two_change_rules(mutant, mutant_stage))
