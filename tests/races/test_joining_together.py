"""Several requests to join queues in one call: beside other commands, and as good as one by one."""

from __future__ import annotations

from typing import Any

import pytest

from one_by_one import BY_JOIN_QUEUE, as_one_by_one, scene_of_joining
from scenes import LEVELS, Shop, breaks, finish, requests, sign_in
from sessions import Row, Stage

TOGETHER = "select * from apartado.join_queue_together(%s)"


def said(rows: list[Row]) -> dict[int, Any]:
    """Code or position of each who was answered, by number."""
    return {row["number"]: row["code"] or row["position"] for row in rows}


# what the other does; what bea and cat are told when they come second, and first
BESIDE = {
    "cancel_reservation('{ana}', {held})": ({1: "RS304", 2: "RS304"}, {1: 1, 2: 2}),
    "mark_sold(null, {item}, p_buyer => '{ana}')": ({1: "RS305", 2: "RS305"}, {1: 1, 2: 2}),
    "join_queue('{eva}', {item})": ({1: 2, 2: 3}, {1: 1, 2: 2}),
    "reserve('{eva}', {item}, p_if_unavailable => 'queue')": ({1: 2, 2: 3}, {1: 1, 2: 2}),
}


def beside(shop: Shop, stage: Stage, other: str, level: str, *, first: bool) -> None:
    """A call of two and another command, whoever comes first; neither sees half of the other."""
    come_second, come_first = BESIDE[other]
    ana, bea, cat, eva = shop.members("ana", "bea", "cat", "eva")
    sign_in(shop, [bea, cat])
    item = shop.item()
    command = other.format(ana=ana, eva=eva, item=item, held=shop.reserve(ana, item))
    call = (TOGETHER, [requests(item, (bea, {}), (cat, {}))])
    one, two = stage.sessions("one", "two", isolation=level)
    one.step("begin")
    if first:
        assert said(one.step(*call).rows) == come_first
        late = two.step(f"select * from apartado.{command}")
    else:
        assert not one.step(f"select * from apartado.{command}").refused
        late = two.step(*call)
    assert late.blocked_by == {"one"}
    assert not one.step("commit").refused
    step = finish(late, [] if first else call[1])
    assert not step.refused
    if not first:
        assert said(step.rows) == come_second
    shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("first", [True, False], ids=["first", "second"])
@pytest.mark.parametrize("other", BESIDE, ids=lambda other: other.partition("(")[0])
def test_a_call_of_two_beside(
    shop: Shop, stage: Stage, other: str, level: str, first: bool
) -> None:
    beside(shop, stage, other, level, first=first)


def a_held_row_is_passed_by(shop: Shop, stage: Stage, level: str) -> None:
    """Somebody joins one of two lines: who asks for the other has a place, the rest not yet."""
    ana, bea, cat, eva = shop.members("ana", "bea", "cat", "eva")
    sign_in(shop, [ana, bea, cat])
    disc, tape = shop.item(0), shop.item(0)
    for item in (disc, tape):
        shop.ask(
            "select from apartado.set_policy(null, %s, '{\"restock\": true}', p_item => %s,"
            " p_reason => 'x')",
            [f"more-{item}", item],
        )
    other, call = stage.sessions("other", "call", isolation=level)
    other.step("begin")
    assert not other.step(f"select * from apartado.join_queue('{eva}', {disc})").refused
    asked = requests(disc, (ana, {}), (bea, {"item": str(tape)}), (cat, {}))
    step = call.step(TOGETHER, [asked])
    assert not step.blocked
    assert said(step.rows) == {2: 1}
    other.step("commit")
    for item in (disc, tape):
        shop.check(item)


@pytest.mark.parametrize("level", LEVELS)
def test_a_row_that_somebody_holds_is_passed_by(shop: Shop, stage: Stage, level: str) -> None:
    a_held_row_is_passed_by(shop, stage, level)


def test_it_is_noticed_when_a_row_is_waited_for(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate("for no key update skip locked", "for no key update", "_lock_together")
    breaks(lambda: a_held_row_is_passed_by(mutant, mutant_stage, LEVELS[0]))


def test_requests_in_one_call_are_answered_as_one_by_one(mutant: Shop) -> None:
    as_one_by_one(mutant, range(150), scene_of_joining, BY_JOIN_QUEUE)


MUTANTS = {
    "terms are forgotten": (r" and not a\.has_terms", "", "_queue_straight"),
    "a need has no end": (r"or r\.needed_until is not null", "", "_queue_straight"),
    "any place will do": (r"r\.max_position is not null or", "", "_queue_straight"),
    "who comes later goes first": (
        r"bool_and\((x\.may[^\n]*)\) over \(order by x\.number\)", r"(\1)", "_queue_straight",
    ),
    "a key is not remembered": (
        r"v_request\.idempotency_key is not null", "false", "join_queue_together",
    ),
    "whoever could not go straight is left out": (
        r"if not v_turns\.is_one_row or", "if true or", "join_queue_together",
    ),
    "who is answered is asked for again": (
        r"<> all \(v_answered \|\|", "<> all ('{}'::integer[] ||", "join_queue_together",
    ),
    "the terms of a place are not handed on": (
        r"p_request\.needed_until", "null", "_join_or_refuse",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_it_is_noticed_when(mutant: Shop, name: str) -> None:
    mutant.mutate(*MUTANTS[name])
    breaks(lambda: as_one_by_one(mutant, range(150), scene_of_joining, BY_JOIN_QUEUE))
