"""Several requests to reserve in one call: beside other commands, and as good as one by one."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from one_by_one import (
    BY_RESERVE,
    Scene,
    as_one_by_one,
    refused_as_by_reserve,
    scene,
    scene_of_a_line,
    several_as_one_by_one,
)
from scenes import LEVELS, TOGETHER, Shop, breaks, finish, requests, sign_in
from sessions import Row, Stage


def said(rows: list[Row]) -> list[str]:
    """Code or outcome of each, in the order of the requests."""
    return [row["code"] or row["outcome"] for row in sorted(rows, key=lambda row: row["number"])]


# -- beside other commands ------------------------------------------------------------------------

CANCEL = "select * from apartado.cancel_reservation('{ana}', {held})"
MARK_SOLD = "select * from apartado.mark_sold(null, {item})"
EXPIRE = "select * from apartado.expire_and_promote()"
RESERVE = "select * from apartado.reserve('{eva}', {item})"

# what the other does, ana's reservation; what bea and cat are told when they come second, and first
BESIDE = {
    "reserve": (RESERVE, "", ["RS301", "RS301"], ["reserved", "RS301"], "RS301"),
    "mark_sold": (MARK_SOLD, "", ["RS305", "RS305"], ["reserved", "RS301"], "done"),
    "cancel": (CANCEL, "held", ["reserved", "reserved"], ["reserved", "RS301"], "done"),
    "expire": (EXPIRE, "late", ["reserved", "RS301"], ["reserved", "RS301"], "done"),
}


def beside(shop: Shop, stage: Stage, name: str, level: str, *, first: bool) -> None:
    """The last free unit: a call of two and another command, whoever comes first."""
    other, ana_holds, come_second, come_first, told = BESIDE[name]
    ana, bea, cat, eva = shop.members("ana", "bea", "cat", "eva")
    sign_in(shop, [bea, cat])
    item = shop.item(2 if ana_holds == "held" else 1)
    held = shop.reserve(ana, item) if ana_holds else None
    if held is not None and ana_holds == "late":
        shop.let_pass(held)
    other = other.format(ana=ana, eva=eva, item=item, held=held)
    call = (TOGETHER, [requests(item, (bea, {}), (cat, {}))])

    one, two = stage.sessions("one", "two", isolation=level)
    one.step("begin")
    if first:
        assert said(one.step(*call).rows) == come_first
        late = two.step(other)
    else:
        assert not one.step(other).refused
        late = two.step(*call)
    assert late.blocked_by == (set() if first and name == "expire" else {"one"})
    assert not one.step("commit").refused
    if first:
        late = finish(late)
        assert (late.error.sqlstate if late.refused else "done") == told
    else:
        assert said(finish(late, call[1]).rows) == come_second
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("first", [True, False], ids=["first", "second"])
@pytest.mark.parametrize("name", BESIDE)
def test_a_call_of_two_beside(shop: Shop, stage: Stage, name: str, level: str, first: bool) -> None:
    beside(shop, stage, name, level, first=first)


@pytest.mark.parametrize("level", LEVELS)
def test_two_calls_of_the_same_people_do_not_wait_for_each_other_in_a_ring(
    shop: Shop, stage: Stage, level: str
) -> None:
    """In the other order, on two items: turns are not waited for, and whose is busy comes alone."""
    ana, bea = shop.members("ana", "bea")
    sign_in(shop, [ana, bea])
    items = [shop.item(5), shop.item(5)]
    one, two = stage.sessions("one", "two", isolation=level)
    one.step("begin")
    two.step("begin")
    assert said(one.step(TOGETHER, [requests(items[0], (ana, {}), (bea, {}))]).rows) == [
        "reserved", "reserved",
    ]  # fmt: skip
    late = two.step(TOGETHER, [requests(items[1], (bea, {}), (ana, {}))])
    assert not late.blocked
    assert late.rows == []
    one.step("commit")
    two.step("commit")
    shop.check(items[0])
    shop.check(items[1])


def one_is_busy(shop: Shop, stage: Stage, busy: str) -> None:
    """Somebody has ana's turn, or uses her key: bea is answered, and ana by nobody yet."""
    ana, bea = shop.members("ana", "bea")
    sign_in(shop, [ana, bea])
    item = shop.item(5)
    other, call = stage.sessions("other", "call")
    other.step("begin")
    other.step(busy, [ana])
    asked = requests(item, (ana, {"idempotency_key": "k"}), (bea, {}), (ana, {}))
    step = call.step(TOGETHER, [asked])
    assert not step.blocked
    assert [row["number"] for row in step.rows if row["outcome"] == "reserved"][:1] != [1]
    assert {row["number"]: row["outcome"] for row in step.rows}[2] == "reserved"
    assert 1 not in {row["number"] for row in step.rows}
    other.step("commit")
    shop.check(item)


TURN = "select t.turn from apartado.member_turns t join apartado.members m using (member_id)" \
       " where m.alias = %s for no key update of t"  # fmt: skip
KEY = "select pg_advisory_xact_lock(apartado._key_lock(%s, 'k'))"


@pytest.mark.parametrize("busy", [TURN, KEY], ids=["turn", "key"])
def test_who_waits_for_something_else_holds_nobody_up(shop: Shop, stage: Stage, busy: str) -> None:
    one_is_busy(shop, stage, busy)


# -- several rows in one call ---------------------------------------------------------------------


def by_number(rows: list[Row]) -> dict[int, str]:
    """Code or outcome of those who were answered."""
    return {row["number"]: row["code"] or row["outcome"] for row in rows}


def a_held_row_is_passed_by(shop: Shop, stage: Stage, level: str) -> None:
    """Somebody reserves one of two items: who asks for the other is served, the rest not yet."""
    ana, bea, cat, eva = shop.members("ana", "bea", "cat", "eva")
    sign_in(shop, [ana, bea, cat])
    disc, tape = shop.item(5), shop.item(5)
    other, call = stage.sessions("other", "call", isolation=level)
    other.step("begin")
    other.step(RESERVE.format(eva=eva, item=disc))
    asked = requests(disc, (ana, {}), (bea, {"item": str(tape)}), (cat, {}))
    step = call.step(TOGETHER, [asked])
    assert not step.blocked
    assert by_number(step.rows) == {2: "reserved"}
    other.step("commit")
    for item in (disc, tape):
        shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_a_row_that_somebody_holds_is_passed_by(shop: Shop, stage: Stage, level: str) -> None:
    a_held_row_is_passed_by(shop, stage, level)


@pytest.mark.parametrize("level", LEVELS)
def test_two_calls_for_the_same_rows_do_not_wait_for_each_other_in_a_ring(
    shop: Shop, stage: Stage, level: str
) -> None:
    """In the other order: what one has, the other leaves alone, and serves the rest."""
    people = shop.members("ana", "bea", "cat", "dan", "eva")
    ana, bea, cat, dan, eva = people
    sign_in(shop, people)
    disc, tape, card = shop.item(5), shop.item(5), shop.item(5)
    one, two = stage.sessions("one", "two", isolation=level)
    one.step("begin")
    two.step("begin")
    first = one.step(TOGETHER, [requests(disc, (ana, {}), (bea, {"item": str(tape)}))])
    assert by_number(first.rows) == {1: "reserved", 2: "reserved"}
    asked = requests(tape, (cat, {}), (dan, {"item": str(disc)}), (eva, {"item": str(card)}))
    late = two.step(TOGETHER, [asked])
    assert not late.blocked
    assert by_number(late.rows) == {3: "reserved"}
    two.step("commit")
    one.step("commit")
    for item in (disc, tape, card):
        shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_the_last_unit_of_a_row_goes_to_a_call_or_to_one_who_asks_alone(
    shop: Shop, stage: Stage, level: str
) -> None:
    """Who asks alone waits for the row, and is then told that nothing is left of it."""
    ana, bea, eva = shop.members("ana", "bea", "eva")
    sign_in(shop, [ana, bea])
    disc, tape = shop.item(1), shop.item(1)
    call, other = stage.sessions("call", "other", isolation=level)
    call.step("begin")
    step = call.step(TOGETHER, [requests(disc, (ana, {}), (bea, {"item": str(tape)}))])
    assert by_number(step.rows) == {1: "reserved", 2: "reserved"}
    late = other.step(RESERVE.format(eva=eva, item=tape))
    assert late.blocked_by == {"call"}
    call.step("commit")
    assert finish(late).error.sqlstate == "RS301"
    for item in (disc, tape):
        shop.check(item)


def test_it_is_noticed_when_a_row_is_waited_for(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate("for no key update skip locked", "for no key update", "_lock_together")
    breaks(lambda: a_held_row_is_passed_by(mutant, mutant_stage, LEVELS[0]))


# -- as good as one by one ------------------------------------------------------------------------


def test_requests_in_one_call_are_answered_as_one_by_one(mutant: Shop) -> None:
    as_one_by_one(mutant, range(120))


def test_requests_for_several_rows_are_answered_as_one_by_one(mutant: Shop) -> None:
    several_as_one_by_one(mutant, range(120))


def test_requests_to_wait_in_one_call_are_answered_as_one_by_one(mutant: Shop) -> None:
    as_one_by_one(mutant, range(150), scene_of_a_line)


@pytest.mark.parametrize("make", [scene, scene_of_a_line])
def test_who_is_refused_in_one_call_is_told_what_reserve_says(
    mutant: Shop, make: Callable[[Shop, random.Random], Scene]
) -> None:
    refused_as_by_reserve(mutant, range(120), make)


MUTANTS = {
    "units go to whoever fits": (
        r"where c\.units <= c\.available", "where c.quantity <= c.available",
        "_reserve_straight",
    ),
    "the queue is passed": (r"and s\.queue_length = 0", "", "_reserve_straight"),
    "a limit is forgotten": (
        r"or not exists \(select from apartado\._limit_refusals[^\n]*\)\)", "or true)",
        "_reserve_straight",
    ),
    "a long hold is given": (r"and h\.ttl <= h\.longest", "", "_reserve_straight"),
    "the others' order is lost": (
        r"order by c\.number\n", "order by -c.number\n",
        "_reserve_straight",
    ),
    "the counters of all are told for each": (
        r"s\.reserved - n\.units_after", "s.reserved", "tg_reservations__record_insert",
    ),
    "a known key reserves again": (
        r"where k\.key is not null", "where false",
        "_take_turns_together",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_it_is_noticed_when(mutant: Shop, name: str) -> None:
    mutant.mutate(*MUTANTS[name])
    breaks(lambda: as_one_by_one(mutant, range(120)))


OF_A_LINE = {
    "the queue is longer than it may be": (
        r"v_stock\.queue_length \+ x\.place <= x\.queue_limit", "true", "_queue_straight",
    ),
    "a limit is forgotten": (
        r"or not exists \(select from apartado\._limit_refusals[^\n]*\)\)\)\)", "or true))",
        "_queue_straight",
    ),
    "who came later goes first": (
        r"bool_and\((x\.may[^\n]*)\) over \(order by x\.number\)", r"(\1)", "_queue_straight",
    ),
    "the classes are all the same": (
        r"is not distinct from a\.class_id", "is null", "_queue_straight",
    ),
    "what is due is not looked at": (
        r"p_stock\.next_due_at > p_now", "true", "_is_settled",
    ),
    "who waits is passed by": (r"s\.available = 0 or", "true or", "_queue_straight"),
    "what others let go stays theirs": (r"and r\.yields\)", "and false)", "_is_settled"),
    "people wait for what never comes": (
        r"v_stock\.restock or a\.quantity <= v_ever", "true", "_queue_straight",
    ),
    "who wants nobody knows how many has a place": (
        r"\) is true as may", ") as may", "_queue_straight",
    ),
    "who is barred waits": (r"not a\.barred and", "", "_queue_straight"),
    "a long hold is asked for": (r"and a\.ttl <= p\.hold", "", "_queue_straight"),
    "everybody stands behind everybody": (
        r"\(select count\(\*\) from ahead\) = 1", "true", "_positions_together",
    ),
    "the counters of all are told for each": (
        r"s\.queue_length - n\.after", "s.queue_length", "tg_queue_entries__record_insert",
    ),
    "all are the service's doing": (
        r"case when n\.session_id is null then", "case when true then",
        "tg_queue_entries__record_insert",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_A_LINE)
def test_it_is_noticed_of_a_line_when(mutant: Shop, name: str) -> None:
    mutant.mutate(*OF_A_LINE[name])
    breaks(lambda: as_one_by_one(mutant, range(150), scene_of_a_line))


def only_who_asked_twice_goes_the_long_way(shop: Shop) -> None:
    """Whom reserve itself would answer is RS999: all others are answered at once."""
    people = shop.members("ana", "bea", "cat", "dan")
    sign_in(shop, people)
    ana, bea, cat, dan = people
    shop.mutate(r"\nbegin\n", "\nbegin\n  code := 'RS999'; return;\n", "_reserve_or_refuse")
    disc, none = shop.item(3), shop.item(0)
    shop.ask(
        "select from apartado.set_policy(null, %s, '{\"restock\": true}', p_item => %s,"
        " p_reason => 'x')",
        ["restocked", none],
    )
    asked = requests(disc, (ana, {}), (ana, {}), (bea, {}), (cat, {}), (dan, {}))
    assert said(shop.ask(BY_RESERVE.together, {"asked": asked})) == [
        "reserved", "RS302", "reserved", "reserved", "RS301",
    ]  # fmt: skip
    waits = {"if_unavailable": "queue"}
    shop.ask("select from apartado.join_queue(%s, %s)", [bea, none])
    asked = requests(none, (ana, waits), (ana, waits), (bea, waits), (cat, waits))
    found = shop.ask(BY_RESERVE.together, {"asked": asked})
    assert said(found) == ["queued", "RS999", "RS999", "queued"]
    assert {row["number"]: row["position"] for row in found if row["position"]} == {1: 2, 4: 3}


def test_who_asks_twice_sends_nobody_the_long_way(mutant: Shop) -> None:
    only_who_asked_twice_goes_the_long_way(mutant)


TWICE = {
    "for units": (r"where a\.time = 1", "", "_reserve_straight"),
    "for a place": (r"where a\.time = 1", "", "_queue_straight"),
    "from the line": (r"and line\.waits is not true", "", "_queue_straight"),
}


@pytest.mark.parametrize("name", TWICE)
def test_it_is_noticed_when_who_asks_twice_stops_the_others(mutant: Shop, name: str) -> None:
    mutant.mutate(*TWICE[name])
    breaks(lambda: only_who_asked_twice_goes_the_long_way(mutant))


OF_REFUSALS = {
    "all are told in English": ("v_asked.speaks", "'en'"),
    "who would be served waits for who is refused": (
        "exit when code is null", "continue when code is null",
    ),
    "what is due is not looked at": ("not apartado._is_settled[^;]*v_now\\)", "false"),
    "the hold is not looked at": (r"make_interval[^\n]*ttl\)\)", "null::interval"),
    "a known answer is a refusal": (r"and not \(r\.repeats", "and not (false"),
    "who is barred is told something else": (r"not t\.barred", "true"),
    "who would wait is told that nothing is free": (r"v_now, v_asked\.queues", "v_now, false"),
    "a length is not looked at": (r"and r\.ttl <= apartado\._longest_hold\(\)", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_REFUSALS)
def test_it_is_noticed_of_refusals_when(mutant: Shop, name: str) -> None:
    mutant.mutate(*OF_REFUSALS[name], "_refuse_straight")

    def both() -> None:
        refused_as_by_reserve(mutant, range(120))
        refused_as_by_reserve(mutant, range(120), scene_of_a_line)

    breaks(both)


OF_SEVERAL = {
    "who came later overtakes within a row": (
        r"where c\.units <= c\.available", "where c.quantity <= c.available",
    ),
    "who asks twice has both": (
        r"case when a\.repeats then a\.available \+ 1", "case when a.repeats then 1",
    ),
    "one row's units are counted against the other": (r"partition by a\.stock_id ", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_SEVERAL)
def test_it_is_noticed_of_several_rows_when(mutant: Shop, name: str) -> None:
    mutant.mutate(*OF_SEVERAL[name], "_reserve_straight")
    breaks(lambda: several_as_one_by_one(mutant, range(120)))


def test_it_is_noticed_when_a_turn_is_waited_for(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate("for no key update skip locked", "for no key update", "_take_turns_together")
    breaks(lambda: one_is_busy(mutant, mutant_stage, TURN))


def test_it_is_noticed_when_the_row_is_not_guarded(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"where c\.units <= c\.available", "where true", "_reserve_straight")
    breaks(lambda: beside(mutant, mutant_stage, "cancel", LEVELS[0], first=True))
