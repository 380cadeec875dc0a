"""What operators do while somebody else is at the same thing, at all three levels.

Ana holds the only unit of one item, bea waits for it; another item was sold to ana, and cat
wants it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from scenes import LEVELS, Shop, breaks, finish, level_of, outcome
from sessions import Stage

UNDO = "select * from apartado.undo_sale(null, {purchase}, 'why')"
RESERVE_SOLD = "select * from apartado.reserve('{cat}', {sold})"
HIDE = "select * from apartado.set_visibility(null, {item}, false, 'why')"
SHOW = "select * from apartado.set_visibility(null, {item}, true, 'why')"
HIDE_SOLD = "select * from apartado.set_visibility(null, {sold}, false, 'why')"
CANCEL = "select * from apartado.cancel_reservation('{ana}', {held})"
RESERVE = "select * from apartado.reserve('{cat}', {item})"
JOIN = "select * from apartado.join_queue('{cat}', {item})"
BAR = "select * from apartado.bar_member(null, '{ana}', 'why', p_end => true)"
ONLY_BAR = "select * from apartado.bar_member(null, '{ana}', 'why')"
RESERVE_BARRED = "select * from apartado.reserve('{ana}', {sold})"
JOIN_BARRED = "select * from apartado.join_queue('{ana}', {sold})"
BAR_CAT = "select * from apartado.bar_member(null, '{cat}', 'why', p_end => true)"
FORGET_CAT = "select * from apartado.anonymise(null, '{cat}', 'why')"
CONFIRM = "select * from apartado.confirm_reservation('{ana}', {held})"
EXTEND = "select * from apartado.extend_reservation('{ana}', {held}, '1 hour')"
PAY = "select * from apartado.begin_payment('{ana}', {held})"
HAND_ON = "select * from apartado.transfer_reservation('{ana}', {held}, '{cat}')"


@dataclass
class Pair:
    """What the first and the second do, what the second is told, and what comes of it."""

    first: str
    second: str
    told: str
    holders: str
    sold_holders: str = ""
    left: int = 1
    free: int = 0


PAIRS = {
    "undo, undo": Pair(UNDO, UNDO, "RS312", "ana", left=0, free=1),
    "undo, reserve": Pair(UNDO, RESERVE_SOLD, "reserved", "ana", "cat", left=0),
    "undo, hide": Pair(UNDO, HIDE_SOLD, "done", "ana", left=0, free=1),
    "hide, undo": Pair(HIDE_SOLD, UNDO, "done", "ana", left=0, free=1),
    "hide, cancel": Pair(HIDE, CANCEL, "done", ""),
    "cancel, hide": Pair(CANCEL, HIDE, "done", "bea"),
    "hide, reserve": Pair(HIDE, RESERVE, "RS101", "ana"),
    "hide, join": Pair(HIDE, JOIN, "RS101", "ana"),
    "hide, show": Pair(HIDE, SHOW, "done", "ana"),
    "bar, bar": Pair(ONLY_BAR, ONLY_BAR, "RS312", "ana"),
    "bar, join": Pair(BAR, JOIN_BARRED, "RS604", "bea"),
    "bar, reserve": Pair(ONLY_BAR, RESERVE_BARRED, "RS604", "ana"),
    "bar, confirm": Pair(ONLY_BAR, CONFIRM, "RS604", "ana"),
    "bar, extend": Pair(ONLY_BAR, EXTEND, "RS604", "ana"),
    "bar, pay": Pair(ONLY_BAR, PAY, "RS604", "ana"),
    "bar, hand on": Pair(ONLY_BAR, HAND_ON, "RS604", "ana"),
    "bar, hand to": Pair(BAR_CAT, HAND_ON, "RS103", "ana"),
    "anonymise, hand to": Pair(FORGET_CAT, HAND_ON, "RS103", "ana"),
}


def play(shop: Shop, stage: Stage, pair: Pair, level: str) -> None:
    """The first has done it and not committed; the second comes, waits, and is told."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    item, sold = shop.item(), shop.item()
    held = shop.reserve(ana, item)
    shop.wait(bea, item)
    (sale,) = shop.ask("select * from apartado.mark_sold(null, %s, p_buyer => %s)", [sold, ana])
    facts = {"ana": ana, "bea": bea, "cat": cat, "item": item, "sold": sold, "held": held}
    facts["purchase"] = sale["purchase_id"]

    one = stage.session("one", isolation=level_of(pair.first, level))
    other = stage.session("other", isolation=level)
    one.step("begin")
    assert not one.step(pair.first.format_map(facts)).refused
    late = other.step(pair.second.format_map(facts))
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late)) == pair.told

    names = {alias: name for name, alias in facts.items() if isinstance(alias, str)}
    assert " ".join(names[alias] for alias in shop.state(item).holders) == pair.holders
    state = shop.state(sold)
    assert " ".join(names[alias] for alias in state.holders) == pair.sold_holders
    assert (state.sold, state.available) == (pair.left, pair.free)
    shop.check(item)
    shop.check(sold)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_one_after_the_other(shop: Shop, stage: Stage, pair: Pair, level: str) -> None:
    play(shop, stage, pair, level)


NO_MORE = "select * from apartado.revoke_operator('{actor}', '{alias}')"
OPERATORS = "select alias from apartado.members where is_operator and alias = any (%s)"


def each_revokes_the_other(shop: Shop, stage: Stage, level: str) -> None:
    """Each counts the other as the one who stays."""
    pair = shop.members("olga", "oto")
    with shop.connection.transaction():
        # whoever else is an operator here would stay
        shop.ask("update apartado.members set is_operator = (alias = any (%s))", [list(pair)])
    first, second = pair
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not one.step(NO_MORE.format(actor=first, alias=second)).refused
    late = other.step(NO_MORE.format(actor=second, alias=first))
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late)) in {"RS312", "RS602"}
    assert shop.one(OPERATORS, [list(pair)]) == first


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_who_revoke_each_other_one_stays(shop: Shop, stage: Stage, level: str) -> None:
    each_revokes_the_other(shop, stage, level)


def test_operators_who_are_counted_without_a_lock_are_caught(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r"perform[^;]*for no key update;", "", "_acting_operator")
    breaks(lambda: each_revokes_the_other(mutant, mutant_stage, LEVELS[0]))


def two_pairs_of_operators(shop: Shop, stage: Stage) -> None:
    """The first has its own row and waits for the other of its pair when the second begins."""
    aliases = shop.members("olga", "oto", "otis", "orla")
    for alias in aliases:
        shop.ask("select from apartado.grant_operator(null, %s)", [alias])
    olga, oto, otis, orla = aliases
    one, other, third = stage.sessions("one", "other", "third")
    third.step("begin")
    third.step(f"select from apartado.members where alias = '{oto}' for share")
    first = one.step(NO_MORE.format(actor=olga, alias=oto))
    assert first.blocked_by == {"third"}
    second = other.step(NO_MORE.format(actor=otis, alias=orla))
    assert second.blocked_by == {"one"}
    third.step("commit")
    assert [outcome(finish(first)), outcome(finish(second))] == ["done", "done"]
    left = shop.ask(f"{OPERATORS} order by member_id", [list(aliases)])
    assert [row["alias"] for row in left] == [olga, otis]


def test_two_pairs_of_operators_come_one_after_the_other(shop: Shop, stage: Stage) -> None:
    two_pairs_of_operators(shop, stage)


def test_it_is_caught_when_all_operators_are_locked_after_two(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        "return apartado._operator",
        "if p_others then perform from apartado.members m where m.is_operator order by m.member_id"
        " for no key update; end if; return apartado._operator",
        "_acting_operator",
    )
    mutant.mutate("p_others and p_actor is not null and x.is_operator", "false", "_acting_operator")
    breaks(lambda: two_pairs_of_operators(mutant, mutant_stage))


DAMAGE = """
  set local session_replication_role = replica;
  update apartado.stock set queue_length = 5 where item_id = {item};
  update apartado.stock_tallies t set queue_length = 5
    from apartado.stock s where s.item_id = {item} and t.stock_id = s.stock_id;
"""


def repair_beside_a_join(shop: Shop, stage: Stage, level: str) -> None:
    """Both books agree and are wrong; somebody joins while they are counted anew."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    item = shop.item()
    shop.reserve(ana, item)
    shop.wait(bea, item)
    with shop.connection.transaction():
        shop.ask(DAMAGE.format(item=item))

    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not one.step(JOIN.format(cat=cat, item=item)).refused
    late = other.step("select * from apartado.repair(null, false)")
    assert late.blocked_by == {"one"}
    one.step("commit")
    finish(late)
    assert shop.state(item).line == [bea, cat]
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_a_repair_counts_what_came_meanwhile(shop: Shop, stage: Stage, level: str) -> None:
    repair_beside_a_join(shop, stage, level)


def test_it_is_caught_when_a_repair_counts_before_it_locks(
    mutant: Shop, mutant_stage: Stage
) -> None:
    shop = mutant
    shop.mutate(r"perform apartado\._lock_stocks\([^;]*;", "", "repair")
    breaks(lambda: repair_beside_a_join(shop, mutant_stage, LEVELS[0]))


def repair_beside_who_goes_by_id(shop: Shop, stage: Stage) -> None:
    """The breach is at the second of two locations, and what is told of it is told of both."""
    bea, cat = shop.members("bea", "cat")
    item = shop.item()
    place = f"place-{item}"
    shop.ask("insert into apartado.locations (code, name) values (%s, 'Place')", [place])
    shop.ask("select from apartado.adjust_stock(null, %s, 1, 'new', %s)", [item, place])
    shop.reserve(bea, item, location=place)
    shop.ask("select from apartado.join_queue(%s, %s, p_location => %s)", [cat, item, place])
    stocks = shop.ask("select stock_id from apartado.stock where item_id = %s order by 1", [item])
    first, second = (row["stock_id"] for row in stocks)
    with shop.connection.transaction():
        shop.ask("set local session_replication_role = replica")
        for table in ("stock", "stock_tallies"):
            shop.ask(f"update apartado.{table} set queue_length = 5 where stock_id = {second}")
    lock = "select from apartado.stock s where s.stock_id = {} for update"
    busy, owner = stage.sessions("busy", "owner")
    busy.step("begin")
    busy.step(lock.format(first))
    late = owner.step("select * from apartado.repair(null, false)")
    assert late.blocked_by == {"busy"}
    assert not busy.step(lock.format(second)).blocked
    busy.step("commit")
    assert {row["outcome"] for row in finish(late).rows} == {"repaired"}
    shop.check()


def test_a_repair_takes_the_rows_of_an_item_in_their_order(shop: Shop, stage: Stage) -> None:
    repair_beside_who_goes_by_id(shop, stage)


def test_it_is_caught_when_a_repair_takes_only_what_is_broken_first(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        r"perform apartado\._lock_stocks\([^;]*;",
        "perform apartado._lock_stocks(v_stock_ids || v_beside);",
        "repair",
    )
    breaks(lambda: repair_beside_who_goes_by_id(mutant, mutant_stage))


def anonymise_beside_a_first_command(shop: Shop, stage: Stage, level: str) -> None:
    """What was reserved a moment before ends with the name."""
    (ana,) = shop.members("ana")
    item = shop.item()
    one = stage.session("one", isolation=level)
    other = stage.session("other")
    one.step("begin")
    assert not one.step("select * from apartado.reserve(%s, %s)", [ana, item]).refused
    late = other.step(f"select * from apartado.anonymise(null, '{ana}', 'why')")
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late).row["reservations"] == 1
    assert (shop.state(item).available, shop.state(item).holders) == (1, [])
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_who_is_anonymised_keeps_nothing(shop: Shop, stage: Stage, level: str) -> None:
    anonymise_beside_a_first_command(shop, stage, level)


def test_it_is_caught_when_anonymise_takes_no_turn(mutant: Shop, mutant_stage: Stage) -> None:
    shop = mutant
    shop.mutate(r"perform apartado\._bump_turns[^;]*;", "", "_end_holdings")
    breaks(lambda: anonymise_beside_a_first_command(shop, mutant_stage, LEVELS[0]))


def test_it_is_caught_when_the_stock_of_a_purchase_is_not_locked(
    mutant: Shop, mutant_stage: Stage
) -> None:
    shop = mutant
    shop.unlock("undo_sale")
    breaks(lambda: play(shop, mutant_stage, PAIRS["undo, undo"], LEVELS[0]))


def test_it_is_caught_when_who_is_barred_is_not_locked(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"\s+for no key update;", ";", "_acting_operator")
    breaks(lambda: play(mutant, mutant_stage, PAIRS["bar, bar"], LEVELS[0]))


def test_it_is_caught_when_it_does_not_stand_on_their_turn_that_they_are_barred(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate("barred = excluded.barred", "barred = t.barred", "tg_members__carry_to_turn")
    breaks(lambda: play(mutant, mutant_stage, PAIRS["bar, reserve"], LEVELS[0]))


FORGET = "select * from apartado.anonymise(null, '{ana}', 'why')"

IN_ONE_ORDER = {
    # what ana does at the same time, what an operator does to her, and what she is told
    "a sign-in that brings a cart along": (
        "select * from apartado.sign_in('{ana}', '{ana}', p_device => '{device}')", BAR, "RS604",
    ),
    "a sign-out and a command": (
        "select * from apartado.sign_out('{token}');"
        " select * from apartado.reserve('{ana}', {other})", FORGET, "reserved",
    ),
    "a code that brings a cart along": (
        "select * from apartado.pair('{code}', p_device => '{device}')", FORGET, "RS601",
    ),
    "a new code": ("select * from apartado.start_pairing('{ana}')", FORGET, "RS103"),
    "the bootstrap secret": (
        "select * from apartado.claim_operator('{ana}', '{secret}')", FORGET, "RS103",
    ),
    "another secret": ("select * from apartado.rotate_secret('{ana}')", FORGET, "RS103"),
    "another name": ("select * from apartado.change_profile('{ana}', 'Ana')", FORGET, "RS103"),
    "another login": (
        "select * from apartado.link_identity('{ana}', 'https://login.example', '{ana}')", FORGET,
        "RS103",
    ),
}  # fmt: skip


def nobody_waits_in_a_circle(shop: Shop, stage: Stage, hers: str, theirs: str, told: str) -> None:
    """Somebody is at what ana holds; an operator waits for that, and ana for the operator."""
    (ana,) = shop.members("ana")
    (made,) = shop.ask("select * from apartado.sign_in(%s, %s)", [ana, ana])
    item, other = shop.item(), shop.item()
    shop.reserve(ana, item)
    device = ana.rjust(40, "d")
    shop.ask("select from apartado.add_to_cart(null, %s, p_device => %s)", [other, device])
    (code,) = shop.ask("select code from apartado.start_pairing(%s)", [ana])
    secret = f"the secret of {ana}"
    shop.ask("select from apartado.set_bootstrap_secret(%s)", [secret])
    facts = {"ana": ana, "device": device, "token": made["token"], "other": other}
    facts |= {"code": code["code"], "secret": secret}

    busy, she, they = stage.sessions("busy", "she", "they", isolation=LEVELS[0])
    busy.step("begin")
    busy.step("update apartado.stock set version = version + 1 where item_id = %s", [item])
    first, *rest = hers.format_map(facts).split("; ")
    she.step("begin")
    late = None if rest else they.step(theirs.format_map(facts))
    steps = [she.step(first)]
    late = late or they.step(theirs.format_map(facts))
    steps += [she.step(text) for text in rest]
    busy.step("commit")
    assert all(step.rows for step in steps[:-1])
    assert outcome(steps[-1]) == told
    she.step("rollback" if any(step.refused for step in steps) else "commit")
    assert late.rows
    shop.check(item)


@pytest.mark.parametrize(("hers", "theirs", "told"), IN_ONE_ORDER.values(), ids=IN_ONE_ORDER)
def test_nobody_waits_in_a_circle(
    shop: Shop, stage: Stage, hers: str, theirs: str, told: str
) -> None:
    nobody_waits_in_a_circle(shop, stage, hers, theirs, told)


MUTATIONS = {
    # in the scene: what is taken out, what is put in its place, and of which function
    "a code that brings a cart along": (r"\s+for share;", ";", "pair"),
    "the bootstrap secret": ("_lock_member", "_member_id", "claim_operator"),
    "another name": (r"perform apartado\._lock_member\(p_member\);", "", "change_profile"),
}


@pytest.mark.parametrize("scene", MUTATIONS)
def test_it_is_caught_when_they_do_not_lock_the_member(
    mutant: Shop, mutant_stage: Stage, scene: str
) -> None:
    mutant.mutate(*MUTATIONS[scene])
    breaks(lambda: nobody_waits_in_a_circle(mutant, mutant_stage, *IN_ONE_ORDER[scene]))
