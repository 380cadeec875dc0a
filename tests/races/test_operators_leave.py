"""An operator is barred, or loses the role or the name, while a command of theirs waits.

What they began is over before; what they begin afterwards is refused.
"""

from __future__ import annotations

from typing import Any

import pytest

from scenes import LEVELS, Shop, breaks, finish, level_of, outcome
from sessions import Stage

ADJUST = (
    "select * from apartado.adjust_stock('{olga}', {item}, 3, 'why', p_idempotency_key => '{key}')"
)
AT_THE_TILL = (
    "select * from apartado.place_order('{olga}', p_cart => {cart}, p_idempotency_key => '{key}')"
)
BAR = "select * from apartado.bar_member(null, '{olga}', 'why')"
REVOKE = "select * from apartado.revoke_operator(null, '{olga}')"
FORGET = "select * from apartado.anonymise(null, '{olga}', 'why')"
ENDS = {"barred": (BAR, "RS604"), "no operator": (REVOKE, "RS602"), "forgotten": (FORGET, "RS103")}
BY_OLGA = """
  select (select count(*) from apartado.events where actor = %(olga)s)
         + (select count(*) from apartado.idempotency_keys where owner = %(olga)s) as left_of_her
"""


def scene(shop: Shop) -> dict[str, Any]:
    """Olga is an operator, and ana is about to reserve."""
    ana, olga = shop.members("ana", "olga")
    shop.ask("select from apartado.grant_operator(null, %s)", [olga])
    facts = {"ana": ana, "olga": olga, "item": shop.item(), "key": f"key of {olga}"}
    (line,) = shop.ask("select * from apartado.add_to_cart(%s, %s)", [ana, shop.item()])
    return facts | {"cart": line["cart_id"]}


def what_was_begun_is_over_before(
    shop: Shop, stage: Stage, end: str, level: str, begun: str = ADJUST
) -> None:
    """Ana is at the item, olga waits for her, and whoever ends her rights waits for olga."""
    facts = scene(shop)
    busy, olga = stage.sessions("busy", "olga", isolation=level)
    owner = stage.session("owner", isolation=level_of(end, level))
    busy.step("begin")
    assert busy.step("select * from apartado.reserve('{ana}', {item})".format_map(facts)).rows
    # her call comes as hers, as the service would send it
    olga.step(f"select set_config('apartado.actor', '{facts['olga']}', false)")
    hers = olga.step(begun.format_map(facts))
    assert hers.blocked_by == {"busy"}
    theirs = owner.step(end.format_map(facts))
    assert theirs.blocked_by == {"olga"}
    # not commit: at the stricter levels hers would have to begin anew, after theirs
    busy.step("rollback")
    finish(hers)
    finish(theirs)
    assert shop.state(facts["item"]).total == (4 if begun == ADJUST else 1)
    if end == FORGET:
        assert shop.ask(BY_OLGA, facts) == [{"left_of_her": 0}]
    else:
        at = "select max(event_id) filter (where actor = %(olga)s) < max(event_id) as so"
        assert shop.ask(f"{at} from apartado.events", facts) == [{"so": True}]
    shop.check(facts["item"])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("end", ENDS)
def test_what_an_operator_began_is_over_before(
    shop: Shop, stage: Stage, end: str, level: str
) -> None:
    what_was_begun_is_over_before(shop, stage, ENDS[end][0], level)


@pytest.mark.parametrize("end", [REVOKE, FORGET], ids=["no operator", "forgotten"])
def test_what_was_begun_at_the_till_is_over_before(shop: Shop, stage: Stage, end: str) -> None:
    what_was_begun_is_over_before(shop, stage, end, LEVELS[0], AT_THE_TILL)


def test_it_is_caught_when_an_order_does_not_hold_its_caller(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"perform apartado\._keep_name\(p_member\);", "", "_buyer_of_order")
    breaks(
        lambda: what_was_begun_is_over_before(mutant, mutant_stage, FORGET, LEVELS[0], AT_THE_TILL)
    )


def what_comes_afterwards_is_refused(
    shop: Shop, stage: Stage, how: str, level: str, begun: str
) -> None:
    end, told = ENDS[how]
    facts = scene(shop)
    owner, olga = stage.sessions("owner", "olga", isolation=level)
    if end == FORGET and level != LEVELS[0]:
        assert outcome(owner.step(end.format_map(facts))) == "RS312"
        return
    owner.step("begin")
    assert owner.step(end.format_map(facts)).rows
    hers = olga.step(begun.format_map(facts))
    assert hers.blocked_by == {"owner"}
    owner.step("commit")
    assert outcome(finish(hers)) == told
    assert shop.state(facts["item"]).available == 1


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("how", ENDS)
def test_what_comes_afterwards_is_refused(shop: Shop, stage: Stage, how: str, level: str) -> None:
    what_comes_afterwards_is_refused(shop, stage, how, level, ADJUST)


MERGE = "select * from apartado.merge_carts('{olga}', p_everybody => true)"


@pytest.mark.parametrize("how", ENDS)
def test_a_merge_for_everybody_that_comes_afterwards_is_refused(
    shop: Shop, stage: Stage, how: str
) -> None:
    what_comes_afterwards_is_refused(shop, stage, how, LEVELS[0], MERGE)


LEAVE = "select * from apartado.leave_queue('{olga}', {item}, p_idempotency_key => '{key}')"
WALK_OFF = "select * from apartado.leave_walk_in('{olga}', p_idempotency_key => '{key}')"
ASK_AGAIN = "select * from apartado.join_walk_in('{olga}', p_idempotency_key => '{key}')"
LOOK = "select * from apartado.get_cart('{olga}', p_idempotency_key => '{key}')"
TELL = "select * from apartado.order_summary('{olga}', {order}, p_idempotency_key => '{key}')"


def nothing_of_hers_is_remembered(shop: Shop, stage: Stage, hers: str) -> None:
    """Whoever takes the name waits for what takes no turn, or that is nobody's."""
    ana, olga = shop.members("ana", "olga")
    item, other = shop.item(), shop.item()
    (made,) = shop.ask(
        "select order_id from apartado.place_order(%s, p_lines => jsonb_build_array("
        "jsonb_build_object('item', %s::bigint)))", [olga, other],
    )  # fmt: skip
    shop.reserve(ana, item)
    shop.wait(olga, item)
    facts = {"olga": olga, "item": item, "order": made["order_id"], "key": f"key of {olga}"}
    she, owner = stage.sessions("she", "owner")
    she.step("begin")
    assert she.step(hers.format_map(facts)).rows
    theirs = owner.step(FORGET.format_map(facts))
    assert theirs.blocked_by == {"she"}
    she.step("commit")
    finish(theirs)
    assert shop.ask(BY_OLGA, facts) == [{"left_of_her": 0}]
    shop.check(item)


@pytest.mark.parametrize("hers", [LEAVE, TELL], ids=["leave", "order summary"])
def test_whoever_takes_a_name_waits_for_what_takes_no_turn(
    shop: Shop, stage: Stage, hers: str
) -> None:
    nothing_of_hers_is_remembered(shop, stage, hers)


@pytest.mark.parametrize("begun", [LEAVE, WALK_OFF, ASK_AGAIN, LOOK])
def test_what_comes_after_the_name_is_gone_is_nobodys(shop: Shop, stage: Stage, begun: str) -> None:
    (olga,) = shop.members("olga")
    shop.ask("select from apartado.join_walk_in(%s)", [olga])
    facts = {"olga": olga, "item": shop.item(), "key": f"key of {olga}"}
    owner, she = stage.sessions("owner", "she")
    owner.step("begin")
    assert owner.step(FORGET.format_map(facts)).rows
    hers = she.step(begun.format_map(facts))
    assert hers.blocked_by == {"owner"}
    owner.step("commit")
    assert outcome(hers) == "RS103"
    assert shop.ask(BY_OLGA, facts) == [{"left_of_her": 0}]


def test_it_is_caught_when_a_name_is_not_kept(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate("perform from apartado.members m where [^;]* for share;", "", "_keep_name")
    breaks(lambda: nothing_of_hers_is_remembered(mutant, mutant_stage, TELL))


def a_name_goes_while_its_owner_leaves_a_line(shop: Shop, stage: Stage) -> None:
    """The name is taken first, and its owner's last word comes too late."""
    ana, bea = shop.members("ana", "bea")
    items = shop.item(), shop.item()
    for item in items:
        shop.reserve(bea, item)
        shop.wait(ana, item)
    busy, owner, she = stage.sessions("busy", "owner", "she")
    busy.step("begin")
    busy.step(f"select from apartado.stock s where s.item_id = {items[1]} for update")
    theirs = owner.step(f"select * from apartado.anonymise(null, '{ana}', 'why')")
    assert theirs.blocked_by == {"busy"}
    hers = she.step(f"select * from apartado.leave_queue('{ana}', {items[0]})")
    assert hers.blocked_by == {"owner"}
    busy.step("rollback")
    assert outcome(finish(theirs)) == "done"
    assert outcome(finish(hers)) == "RS103"


def test_a_name_goes_while_its_owner_leaves_a_line(shop: Shop, stage: Stage) -> None:
    a_name_goes_while_its_owner_leaves_a_line(shop, stage)


def test_it_is_caught_when_only_the_key_of_a_name_is_kept(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate("for share;", "for key share;", "_keep_name")
    breaks(lambda: a_name_goes_while_its_owner_leaves_a_line(mutant, mutant_stage))


def two_forget_each_other(shop: Shop, stage: Stage) -> None:
    """The one waits for a session of the other, who comes first."""
    olga, otto = shop.members("olga", "otto")
    for alias in (olga, otto):
        shop.ask("select from apartado.grant_operator(null, %s)", [alias])
    shop.ask(
        "insert into apartado.sessions"
        " (member_id, token_hash, language, created_at, last_seen_at, expires_at)"
        " select m.member_id, sha256(convert_to(m.alias, 'UTF8')), 'en', now(), now(),"
        " now() + interval '1 hour' from apartado.members m where m.alias = %s",
        [otto],
    )
    one, other, third = stage.sessions("one", "other", "third")
    third.step("begin")
    third.step(
        "select from apartado.sessions s join apartado.members m using (member_id)"
        f" where m.alias = '{otto}' for update of s"
    )
    first = one.step(f"select * from apartado.anonymise('{olga}', '{otto}', 'why')")
    assert first.blocked_by == {"third"}
    second = other.step(f"select * from apartado.anonymise('{otto}', '{olga}', 'why')")
    third.step("commit")
    assert sorted([outcome(finish(first)), outcome(finish(second))]) == ["RS103", "done"]


def test_of_two_who_forget_each_other_one_is_quicker(shop: Shop, stage: Stage) -> None:
    two_forget_each_other(shop, stage)


def test_it_is_caught_when_who_forgets_holds_only_themselves_first(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        r"v_owner   text := apartado\._operator\(p_actor\);",
        "v_owner   text := apartado._acting_operator(p_actor);",
        "anonymise",
    )
    breaks(lambda: two_forget_each_other(mutant, mutant_stage))


def two_bar_each_other(shop: Shop, stage: Stage) -> None:
    """One of them is quicker."""
    olga, otto = shop.members("olga", "otto")
    item = shop.item()
    ana, bea = shop.members("ana", "bea")
    shop.reserve(ana, item)
    shop.wait(bea, item)
    for alias in (olga, otto):
        shop.ask("select from apartado.grant_operator(null, %s)", [alias])
    one, other, third = stage.sessions("one", "other", "third")
    third.step("begin")
    third.step("select from apartado.members where alias in (%s, %s) for share", [olga, otto])
    first = one.step(f"select * from apartado.bar_member('{olga}', '{otto}', 'why')")
    second = other.step(f"select * from apartado.bar_member('{otto}', '{olga}', 'why')")
    third.step("commit")
    assert sorted([outcome(finish(first)), outcome(finish(second))]) == ["RS604", "done"]


def test_two_who_bar_each_other_come_one_after_the_other(shop: Shop, stage: Stage) -> None:
    two_bar_each_other(shop, stage)


@pytest.mark.parametrize("end", [BAR, FORGET], ids=["barred", "forgotten"])
def test_it_is_caught_when_a_command_does_not_hold_its_operator(
    mutant: Shop, mutant_stage: Stage, end: str
) -> None:
    mutant.mutate("perform from apartado.members m where [^;]* for share;", "", "_acting_operator")
    breaks(lambda: what_was_begun_is_over_before(mutant, mutant_stage, end, LEVELS[0]))


def test_it_is_caught_when_two_who_bar_each_other_lock_themselves_first(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate("if p_on is null then", "if true then", "_acting_operator")
    breaks(lambda: two_bar_each_other(mutant, mutant_stage))


def a_role_moves_an_operator_who_changes_rules(shop: Shop, stage: Stage) -> None:
    """The role waits for olga's row, and olga's change of rules has it while it waits for gates."""
    (olga,) = shop.members("olga")
    shop.ask("select from apartado.grant_operator(null, %s)", [olga])
    policy = shop.policy()
    role, operator, third = stage.sessions("role", "operator", "third")
    third.step("begin")
    third.step("select from apartado.members where alias = %s for share", [olga])
    first = role.step(f"select * from apartado.set_member_class(null, '{olga}', null, 'why')")
    assert first.blocked_by == {"third"}
    second = operator.step(
        f"""select * from apartado.set_policy('{olga}', '{policy}', '{{"active_limit": 4}}')"""
    )
    third.step("commit")
    assert [outcome(finish(first)), outcome(finish(second))] == ["done", "done"]


def test_a_role_and_the_operator_it_moves_come_one_after_the_other(
    shop: Shop, stage: Stage
) -> None:
    a_role_moves_an_operator_who_changes_rules(shop, stage)


def test_it_is_caught_when_a_role_locks_whom_it_moves_after_the_gate(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"\n  else\n", "\n  elsif p_actor is not null then\n", "_acting_operator")
    breaks(lambda: a_role_moves_an_operator_who_changes_rules(mutant, mutant_stage))
