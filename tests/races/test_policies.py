"""A change of rules beside whatever comes under them meanwhile: nothing is missed, at any level."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage, Step

_numbers = itertools.count(1)

SET = """select * from apartado.set_policy(null, '{policy}', '{{"hold": 60}}')"""
NEW_ITEM = """select * from apartado.put_items(null,
  '[{{"sku": "{sku}", "title": "T", "policy": "{policy}"}}]')"""
FOLLOW = """select * from apartado.put_items(null, '[{{"sku": "{old}", "policy": "{policy}"}}]')"""
BRING = "select * from apartado.adjust_stock(null, {item}, 1, 'moved', '{place}')"
BY_HAND = "update apartado.items set drop_id = {drop} where item_id = {item}"

COMING = {"a new item": NEW_ITEM, "another policy": FOLLOW, "a new place": BRING, "a drop": BY_HAND}


NO_GATES = """
  create or replace function apartado._pass_gate() returns void language plpgsql as $$
  begin return; end $$;
"""


class Ground:
    """An item, a policy that a place and a drop follow, and statements about them."""

    def __init__(self, shop: Shop) -> None:
        number = next(_numbers)
        self.names = {
            "policy": f"rules-{number}",
            "place": f"place-{number}",
            "old": f"old-{number}",
            "sku": f"new-{number}",
        }
        shop.ask("insert into apartado.locations (code, name) values (%(place)s, 'P')", self.names)
        item = shop.item(sku=self.names["old"])
        drop = shop.one(
            "insert into apartado.drops (title, opens_at, created_at)"
            " values ('D', '2020-01-01Z', '2020-01-01Z') returning drop_id"
        )
        self.names |= {"item": str(item), "drop": str(drop)}
        for follower in ("p_location => %(place)s", f"p_drop => {drop}"):
            shop.ask(
                """select * from apartado.set_policy(null, %(policy)s, '{"hold": 30}', """
                + f"{follower})",
                self.names,
            )

    def says(self, text: str) -> str:
        return text.format(**self.names)


def both(shop: Shop, stage: Stage, first: str, second: str, level: str) -> None:
    """The second comes while the first is open; whoever is last sees the other."""
    ground = Ground(shop)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not one.step(ground.says(first)).refused
    late = other.step(ground.says(second))
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert not finish(late).refused
    holds = shop.ask(
        "select s.stock_id from apartado.stock s join apartado.items i using (item_id)"
        " join apartado.locations l using (location_id) where i.sku = any(%s)"
        " and s.hold = interval '60 seconds'",
        [[ground.names["old"], ground.names["sku"]]],
    )
    assert len(holds) == 1
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("what", COMING)
def test_a_change_waits_for_what_comes_under_it(
    shop: Shop, stage: Stage, what: str, level: str
) -> None:
    both(shop, stage, COMING[what], SET, level)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("what", COMING)
def test_what_comes_under_a_change_waits_for_it(
    shop: Shop, stage: Stage, what: str, level: str
) -> None:
    both(shop, stage, SET, COMING[what], level)


@pytest.mark.parametrize("what", COMING)
def test_is_caught_when_the_gate_is_locked_but_not_bumped(
    mutant: Shop, mutant_stage: Stage, what: str
) -> None:
    """A lock alone lets a change go on that does not see what came while it waited."""
    mutant.ask("""
      create function apartado.change_nothing() returns trigger language plpgsql as $$
      begin return null; end $$;
      create trigger change_nothing before update on apartado.rule_gates
        for each row execute function apartado.change_nothing();
    """)  # the row is locked before the trigger is asked
    breaks(lambda: both(mutant, mutant_stage, COMING[what], SET, LEVELS[1]))


@pytest.mark.parametrize("what", COMING)
def test_is_caught_when_there_are_no_gates(mutant: Shop, mutant_stage: Stage, what: str) -> None:
    mutant.ask(NO_GATES)
    breaks(lambda: both(mutant, mutant_stage, COMING[what], SET, LEVELS[0]))


CLASS_LIMIT = """select * from apartado.set_policy(null, '{policy}', '{{"active_limit": 1}}',
  p_reason => 'fair')"""
JOIN_CLASS = "select * from apartado.set_member_class(null, '{ana}', '{policy}', 'fair')"
RESERVE = "select * from apartado.reserve('{ana}', {item})"


def a_class(shop: Shop, *, joined: bool) -> dict[str, str]:
    """A member who holds one item, and a class that they are of, or not yet."""
    (ana,) = shop.members("ana")
    policy = f"class-{next(_numbers)}"
    shop.ask(
        "select * from apartado.set_policy(null, %s, '{}', p_class => %s, p_reason => 'new')",
        [policy, policy],
    )
    names = {"ana": ana, "policy": policy, "item": str(shop.item())}
    if joined:
        shop.ask(JOIN_CLASS.format(**names))
    shop.reserve(ana, shop.item())
    return names


@pytest.mark.parametrize("level", LEVELS)
def test_a_member_goes_by_the_rules_of_their_class_as_they_then_are(
    shop: Shop, stage: Stage, level: str
) -> None:
    names = a_class(shop, joined=True)
    operator, member = stage.sessions("operator", "member", isolation=level)
    operator.step("begin")
    assert not operator.step(CLASS_LIMIT.format(**names)).refused
    late = member.step(RESERVE.format(**names))
    assert late.blocked_by == {"operator"}
    operator.step("commit")
    assert outcome(finish(late)) == "RS501"


@pytest.mark.parametrize("level", LEVELS)
def test_a_member_goes_by_the_class_that_they_are_then_of(
    shop: Shop, stage: Stage, level: str
) -> None:
    names = a_class(shop, joined=False)
    shop.ask(CLASS_LIMIT.format(**names))
    operator, member = stage.sessions("operator", "member", isolation=level)
    operator.step("begin")
    assert not operator.step(JOIN_CLASS.format(**names)).refused
    late = member.step(RESERVE.format(**names))
    assert late.blocked_by == {"operator"}
    operator.step("commit")
    assert outcome(finish(late)) == "RS501"


CLASS_RULES = """select * from apartado.set_policy(null, '{policy}',
  '{{"extension_limit": 0, "payment_window": 300}}', p_reason => 'fair')"""
OWN = {
    # what a member does with what they hold, and what it comes to by the new rules
    "extend": ("extend_reservation('{ana}', {held}, '1 hour')", "RS502"),
    "pay": ("begin_payment('{ana}', {held})", timedelta(minutes=5)),
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("joined", [False, True], ids=["of another class", "other rules"])
@pytest.mark.parametrize("own", OWN.values(), ids=OWN)
def test_what_a_member_has_goes_by_their_class_as_it_then_is(
    shop: Shop, stage: Stage, own: tuple[str, str | timedelta], joined: bool, level: str
) -> None:
    what, comes_to = own
    names = a_class(shop, joined=joined)
    held = shop.reserve(names["ana"], int(names["item"]))
    if not joined:
        shop.ask(CLASS_RULES.format(**names))
    operator, member = stage.sessions("operator", "member", isolation=level)
    operator.step("begin")
    assert not operator.step((CLASS_RULES if joined else JOIN_CLASS).format(**names)).refused
    late = member.step(f"select * from apartado.{what}".format(**names, held=held))
    assert late.blocked_by == {"operator"}
    operator.step("commit")
    late = finish(late)
    if isinstance(comes_to, str):
        assert outcome(late) == comes_to
    else:
        assert late.row["expires_at"] - late.row["server_time"] == comes_to
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
def test_an_offer_that_is_accepted_lasts_as_their_class_then_says(
    shop: Shop, stage: Stage, level: str
) -> None:
    names = a_class(shop, joined=False)
    ana, policy = names["ana"], shop.policy()
    item = shop.item(policy=policy)
    (bea,) = shop.members("bea")
    held = shop.reserve(bea, item)
    entry = shop.wait(ana, item)
    shop.ask(
        "update apartado.policies set promotion = 'offer', offer_window = '1 hour' where name = %s",
        [policy],
    )
    shop.ask("select * from apartado.cancel_reservation(%s, %s)", [bea, held])
    shop.ask(
        """select * from apartado.set_policy(null, %(policy)s, '{"hold": 600}',
             p_reason => 'fair')""",
        names,
    )
    operator, member = stage.sessions("operator", "member", isolation=level)
    operator.step("begin")
    assert not operator.step(JOIN_CLASS.format(**names)).refused
    late = member.step("select * from apartado.accept_offer(%s, %s)", [ana, entry])
    assert late.blocked_by == {"operator"}
    operator.step("commit")
    row = finish(late, [ana, entry]).row
    assert row["expires_at"] - row["server_time"] == timedelta(minutes=10)


@pytest.mark.parametrize("level", LEVELS)
def test_a_change_of_a_class_waits_for_who_joins_it_and_for_what_they_do(
    shop: Shop, stage: Stage, level: str
) -> None:
    names = a_class(shop, joined=False)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    one.step(JOIN_CLASS.format(**names))
    late = other.step(CLASS_LIMIT.format(**names))
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late).row["members"] == 1
    assert outcome(other.step(RESERVE.format(**names))) == "RS501"
    shop.check()


def a_class_that_an_item_follows(shop: Shop, stage: Stage) -> None:
    """The turns of its members come before the stock rows, for who changes it as for them."""
    names = a_class(shop, joined=True)
    member, operator = stage.sessions("member", "operator")
    member.step("begin")
    member.step(RESERVE.format(ana=names["ana"], item=shop.item()))
    late = operator.step(
        "select * from apartado.set_policy(null, %s, '{\"hold\": 60}', %s, p_reason => 'fair')",
        [names["policy"], names["item"]],
    )
    assert late.blocked_by == {"member"}
    assert not member.step(RESERVE.format(**names)).refused
    member.step("commit")
    assert not finish(late).refused


def test_a_class_that_an_item_follows_takes_turns_first(shop: Shop, stage: Stage) -> None:
    a_class_that_an_item_follows(shop, stage)
    shop.check()


def test_is_caught_when_turns_are_taken_after_the_rows(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"perform apartado\._bump_classes[^;]*;", "", "_lock_governed")
    breaks(lambda: a_class_that_an_item_follows(mutant, mutant_stage))


def two_that_do_not_go_together(shop: Shop, stage: Stage, level: str) -> None:
    """Each goes together with what the other found."""
    ground = Ground(shop)
    names = ground.names
    shop.ask(ground.says(FOLLOW))
    shop.ask(ground.says(BRING))
    shop.ask("""select * from apartado.set_policy(null, %(policy)s, '{"hold": null}')""", names)
    shop.ask(
        """select * from apartado.set_policy(null, %(old)s, '{"hold": 50}', %(item)s)""", names
    )
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not one.step(
        "select * from apartado.set_policy(null, %(old)s, '{\"hold\": 80}')", names
    ).refused
    cap = """select * from apartado.set_policy(null, %(policy)s,
      '{"hold_cap": 60, "payment_window": 60}')"""
    late = other.step(cap, names)
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late, names)) == "RS205"


@pytest.mark.parametrize("level", LEVELS)
def test_two_changes_at_once_go_together_or_one_is_refused(
    shop: Shop, stage: Stage, level: str
) -> None:
    two_that_do_not_go_together(shop, stage, level)


CAP = """select * from apartado.set_policy(null, '{policy}',
  '{{"hold": null, "hold_cap": 60, "payment_window": 60}}')"""
MEETS = {
    # what brings an item that is held for 80 seconds to a place that allows 60
    "adjust": "select * from apartado.adjust_stock(null, {item}, 1, 'moved', '{place}')",
    "transfer": "select * from apartado.transfer_stock(null, {item}, 1, 'main', '{place}', 'why')",
    "a new item": """select * from apartado.put_items(null,
      '[{{"sku": "{sku}", "title": "T", "policy": "{old}", "location": "{place}"}}]')""",
    "an item": """select * from apartado.put_items(null,
      '[{{"sku": "{old}", "location": "{place}"}}]')""",
}


def refusal(step: Step) -> str:
    """The code of a refusal, also where a row of many was refused; or nothing."""
    if step.refused:
        return str(step.error.sqlstate)
    return str(step.row.get("reason") or "")[:5]


def meeting(shop: Shop, stage: Stage, brings: str, level: str, *, brought_first: bool) -> None:
    """An item comes to a place whose policy is changed meanwhile: whoever is last is refused."""
    ground = Ground(shop)
    shop.ask(
        """select * from apartado.set_policy(null, %(old)s, '{"hold": 80}', %(item)s)""",
        ground.names,
    )
    first, second = (brings, CAP) if brought_first else (CAP, brings)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not refusal(one.step(ground.says(first)))
    late = other.step(ground.says(second))
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert refusal(finish(late)) == "RS205"
    assert not other.step("select * from apartado.set_policy(null, 'default', '{}')").refused
    shop.check()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("brought_first", [True, False], ids=["brought", "changed"])
@pytest.mark.parametrize("brings", MEETS.values(), ids=MEETS)
def test_nothing_comes_together_that_cannot_hold(
    shop: Shop, stage: Stage, brings: str, brought_first: bool, level: str
) -> None:
    meeting(shop, stage, brings, level, brought_first=brought_first)


@pytest.mark.parametrize("level", LEVELS)
def test_an_item_that_comes_to_a_place_while_it_gets_another_policy_is_refused(
    shop: Shop, stage: Stage, level: str
) -> None:
    """Both only pass a gate, which holds up neither: the item's stock does."""
    ground = Ground(shop)
    shop.ask(ground.says(CAP))
    shop.ask("""select * from apartado.set_policy(null, %(sku)s, '{"hold": 80}')""", ground.names)
    follow = """select * from apartado.put_items(null, '[{{"sku": "{old}", "policy": "{sku}"}}]')"""
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not refusal(one.step(ground.says(follow)))
    late = other.step(ground.says(BRING))
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert refusal(finish(late)) == "RS205"


@pytest.mark.parametrize("brings", MEETS.values(), ids=MEETS)
def test_it_is_caught_when_no_gate_is_passed(
    mutant: Shop, mutant_stage: Stage, brings: str
) -> None:
    mutant.ask(NO_GATES)
    breaks(lambda: meeting(mutant, mutant_stage, brings, LEVELS[0], brought_first=False))


def test_imports_beside_each_other_do_not_wait(shop: Shop, stage: Stage) -> None:
    grounds = Ground(shop), Ground(shop)
    one, other = stage.sessions("one", "other")
    one.step("begin")
    one.step(grounds[0].says(NEW_ITEM))
    assert not other.step(grounds[1].says(NEW_ITEM)).blocked
    one.step("rollback")
