"""What happens to an item while its line is put in, shown or changed is told, once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scenes import LEVELS, Shop, breaks, finish
from sessions import Row, Stage

ADD = "select * from apartado.add_to_cart(%s, %s)"
CHANGE = "select * from apartado.change_cart_line(%s, %s, 2)"
CLEAR = "select * from apartado.clear_cart(%s)"
VALIDATE = "select * from apartado.validate_cart(%s)"
LOOK = "select * from apartado.validate_carts(100000)"
NUMBER = "select apartado._number_events(10000)"
PRICE = "update apartado.items set price = %s where item_id = %s"


def look(shop: Shop) -> Row:
    """A run of the job, after everything is numbered."""
    while shop.one(NUMBER):
        pass
    (row,) = shop.ask(LOOK)
    return row


def news(shop: Shop, alias: str) -> list[Any]:
    """The prices that a member was told, in order."""
    rows = shop.ask(
        "select l.value ->> 'price' as price from apartado.events e"
        "  join apartado.members m on m.member_id = e.member_id and m.alias = %s"
        " cross join jsonb_array_elements(e.data -> 'lines') l"
        " where e.kind = 'cart.changed' and l.value ->> 'change' = 'news' order by e.event_id",
        [alias],
    )
    return [row["price"] for row in rows]


# -- what is not yet to be seen -------------------------------------------------------------------


def change_beside_an_addition(shop: Shop, stage: Stage, level: str) -> None:
    """The job passes the change while the line is not committed."""
    (ana,) = shop.members("ana")
    item = shop.item()
    one = stage.session("one", isolation=level)
    one.step("begin")
    assert one.step(ADD, [ana, item]).row["lines"][0]["price"] == "10.00"
    shop.ask(PRICE, [11, item])
    look(shop)
    assert news(shop, ana) == []
    one.step("commit")
    look(shop)
    assert news(shop, ana) == ["11.00"]
    look(shop)
    assert news(shop, ana) == ["11.00"]


@pytest.mark.parametrize("level", LEVELS)
def test_a_change_beside_an_addition_is_told(shop: Shop, stage: Stage, level: str) -> None:
    change_beside_an_addition(shop, stage, level)


def test_it_is_missed_when_a_new_line_is_not_looked_at(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"insert into apartado\.cart_looks[^;]*;", "", "tg_cart_lines__record_insert")
    breaks(lambda: change_beside_an_addition(mutant, mutant_stage, LEVELS[0]))


def change_beside_a_note(shop: Shop, stage: Stage, level: str, price: int) -> None:
    """The owner is shown one price and takes note, while it becomes another."""
    (ana,) = shop.members("ana")
    item = shop.item()
    shop.ask(ADD, [ana, item])
    look(shop)
    shop.ask(PRICE, [11, item])
    one = stage.session("one", isolation=level)
    one.step("begin")
    assert one.step(VALIDATE, [ana]).row["lines"][0]["price"] == "11.00"
    shop.ask(PRICE, [price, item])
    look(shop)
    assert news(shop, ana) == []
    one.step("commit")
    look(shop)
    assert news(shop, ana) == [f"{price}.00"]
    look(shop)
    assert news(shop, ana) == [f"{price}.00"]


# another price, and back to what the job takes for known, because the note is not committed
@pytest.mark.parametrize("price", [12, 10])
@pytest.mark.parametrize("level", LEVELS)
def test_a_change_beside_the_owners_note_is_told(
    shop: Shop, stage: Stage, level: str, price: int
) -> None:
    change_beside_a_note(shop, stage, level, price)


def test_it_is_missed_when_a_noted_line_is_not_looked_at(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"insert into apartado\.cart_looks[^;]*;", "", "tg_cart_lines__record_update")
    breaks(lambda: change_beside_a_note(mutant, mutant_stage, LEVELS[0], 10))


# -- what is busy ---------------------------------------------------------------------------------


def change_beside_what_is_taken_back(shop: Shop, stage: Stage) -> None:
    """Somebody holds the line when it is looked at, and leaves it as it was."""
    (ana,) = shop.members("ana")
    item = shop.item(3)
    shop.ask(ADD, [ana, item])
    look(shop)
    one = stage.session("one")
    one.step("begin")
    one.step(CHANGE, [ana, item])
    shop.ask(PRICE, [11, item])
    busy = look(shop)
    assert (busy["told"], busy["remaining"]) == (0, 1)
    one.step("rollback")
    look(shop)
    assert news(shop, ana) == ["11.00"]


def test_what_was_busy_is_told_by_the_next_run(shop: Shop, stage: Stage) -> None:
    change_beside_what_is_taken_back(shop, stage)


def test_it_is_missed_when_what_is_busy_is_dropped(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(
        r"where not exists \(select from free",
        "where false and exists (select from free",
        "validate_carts",
    )
    breaks(lambda: change_beside_what_is_taken_back(mutant, mutant_stage))


@pytest.mark.parametrize("level", LEVELS)
def test_the_owner_waits_for_a_run_and_goes_on(shop: Shop, stage: Stage, level: str) -> None:
    (ana,) = shop.members("ana")
    items = [shop.item(), shop.item()]
    for item in items:
        shop.ask(ADD, [ana, item])
    look(shop)
    for item in items:
        shop.ask(PRICE, [11, item])
    shop.one(NUMBER)
    job, owner = stage.sessions("job", "owner", isolation=level)
    job.step("begin")
    assert job.step(LOOK).row["told"] == 2
    late = owner.step(CLEAR, [ana])
    assert late.blocked_by == {"job"}
    job.step("commit")
    assert finish(late, [ana]).row["lines"] == []
    assert news(shop, ana) == ["11.00", "11.00"]
    shop.check()


def test_a_run_waits_for_no_cart(shop: Shop, stage: Stage) -> None:
    """Nor does it touch what is another's to change."""
    (ana,) = shop.members("ana")
    item = shop.item()
    shop.ask(ADD, [ana, item])
    look(shop)
    shop.ask(PRICE, [11, item])
    shop.one(NUMBER)
    owner, job = stage.sessions("owner", "job")
    owner.step("begin")
    owner.step(CLEAR, [ana])
    run = job.step(LOOK)
    assert not run.blocked
    assert run.row["told"] == 0
    owner.step("commit")
    assert look(shop)["told"] == 0
    assert news(shop, ana) == []


# -- two runs at once -----------------------------------------------------------------------------


def two_run_it(shop: Shop, stage: Stage) -> None:
    (ana,) = shop.members("ana")
    item = shop.item()
    shop.ask(ADD, [ana, item])
    look(shop)
    shop.ask(PRICE, [11, item])
    shop.one(NUMBER)
    one, other = stage.sessions("one", "other")
    one.step("begin")
    assert one.step(LOOK).row["told"] == 1
    late = other.step(LOOK)
    assert not late.blocked
    assert late.row["looked"] == 0
    one.step("commit")
    look(shop)
    assert news(shop, ana) == ["11.00"]


def test_two_runs_at_once_tell_once(shop: Shop, stage: Stage) -> None:
    two_run_it(shop, stage)


def test_they_are_caught_when_nobody_locks_it(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(
        re.escape("for no key update skip locked;\n  if not found"),
        ";\n  if not found",
        "validate_carts",
    )
    breaks(lambda: two_run_it(mutant, mutant_stage))
