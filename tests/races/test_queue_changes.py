"""What is done to a queue while somebody else is at the same place in it, at all three levels.

Ana holds the only unit, bea and cat wait in this order; or bea has an offer, and cat waits.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage

CANCEL = "select * from apartado.cancel_reservation('{ana}', {held})"
RESERVE = "select * from apartado.reserve('{dee}', {item})"
JOIN = "select * from apartado.join_queue('{dee}', {item})"
LEAVE = "select * from apartado.leave_queue('{bea}', {item})"
SUSPEND = "select * from apartado.suspend_entry('{bea}', {item})"
RESUME = "select * from apartado.resume_entry('{bea}', {item})"
ACCEPT = "select * from apartado.accept_offer('{bea}', {entry})"
DECLINE = "select * from apartado.decline_offer('{bea}', {entry})"
OTHER_FIRST = "select * from apartado.move_entry(null, {other}, 1, 'why')"
REMOVE = "select * from apartado.remove_entry(null, {entry}, 'why')"
PAUSE = "select * from apartado.pause_queue(null, {item}, true, 'why')"
GO_ON = "select * from apartado.pause_queue(null, {item}, false, 'why')"
BAR = "select * from apartado.bar_member(null, '{bea}', 'why')"
SWEEP = "select * from apartado.expire_and_promote()"
ADJUST = "select * from apartado.adjust_stock(null, {item}, 1, 'why')"


@dataclass
class Pair:
    """What the first and the second do, what the second is told, and what comes of it."""

    first: str
    second: str
    told: str
    holders: str = ""
    entries: str = ""
    free: int = 0
    setup: str = ""


PAIRS = {
    "suspend, promote": Pair(SUSPEND, CANCEL, "done", "cat", "suspended promoted"),
    "promote, suspend": Pair(CANCEL, SUSPEND, "RS107", "bea", "promoted waiting"),
    "suspend, suspend": Pair(SUSPEND, SUSPEND, "done", "ana", "suspended waiting"),
    "resume, promote": Pair(RESUME, CANCEL, "done", "bea", "promoted waiting", setup="suspended"),
    "promote, resume": Pair(CANCEL, RESUME, "done", "cat", "waiting promoted", setup="suspended"),
    "move, promote": Pair(OTHER_FIRST, CANCEL, "done", "cat", "waiting promoted"),
    "promote, move": Pair(CANCEL, OTHER_FIRST, "done", "bea", "promoted waiting"),
    "promote two, move": Pair(
        ADJUST, OTHER_FIRST, "RS204", "ana bea", "promoted waiting", setup="moved too far"
    ),
    "move, move": Pair(OTHER_FIRST, OTHER_FIRST, "done", "ana", "waiting waiting"),
    "move, leave": Pair(OTHER_FIRST, LEAVE, "done", "ana", "left waiting"),
    "move, join": Pair(OTHER_FIRST, JOIN, "done", "ana", "waiting waiting waiting"),
    "remove, promote": Pair(REMOVE, CANCEL, "done", "cat", "removed promoted"),
    "promote, remove": Pair(CANCEL, REMOVE, "RS312", "bea", "promoted waiting"),
    "remove, leave": Pair(REMOVE, LEAVE, "done", "ana", "removed waiting"),
    "leave, remove": Pair(LEAVE, REMOVE, "RS312", "ana", "left waiting"),
    "pause, cancel": Pair(PAUSE, CANCEL, "done", "", "waiting waiting", 1),
    "cancel, pause": Pair(CANCEL, PAUSE, "done", "bea", "promoted waiting"),
    "pause, reserve": Pair(PAUSE, RESERVE, "RS301", "ana", "waiting waiting"),
    "go on, reserve": Pair(GO_ON, RESERVE, "RS301", "bea", "promoted waiting", setup="paused"),
    "reserve, go on": Pair(JOIN, GO_ON, "done", "bea", "promoted waiting waiting", setup="paused"),
    "accept, decline": Pair(ACCEPT, DECLINE, "RS312", "bea", "promoted waiting", setup="offer"),
    "decline, accept": Pair(DECLINE, ACCEPT, "RS312", "", "left offered", setup="offer"),
    "accept, accept": Pair(ACCEPT, ACCEPT, "RS312", "bea", "promoted waiting", setup="offer"),
    "accept, sweep": Pair(ACCEPT, SWEEP, "skipped", "bea", "promoted waiting", setup="offer"),
    "accept, remove": Pair(ACCEPT, REMOVE, "RS312", "bea", "promoted waiting", setup="offer"),
    "remove, accept": Pair(REMOVE, ACCEPT, "RS312", "", "removed offered", setup="offer"),
    "leave, accept": Pair(LEAVE, ACCEPT, "RS312", "", "left offered", setup="offer"),
    "accept, leave": Pair(ACCEPT, LEAVE, "done", "bea", "promoted waiting", setup="offer"),
    "accept, suspend": Pair(ACCEPT, SUSPEND, "RS107", "bea", "promoted waiting", setup="offer"),
    "bar, accept": Pair(BAR, ACCEPT, "RS604", "", "offered waiting", setup="offer"),
    "miss, accept": Pair(SWEEP, ACCEPT, "RS401", "", "missed offered", setup="missed offer"),
    "miss, decline": Pair(SWEEP, DECLINE, "RS401", "", "missed offered", setup="missed offer"),
    "miss, leave": Pair(SWEEP, LEAVE, "done", "", "missed offered", setup="missed offer"),
}

MISS = """
  set local session_replication_role = replica;
  update apartado.queue_entries set offered_until = clock_timestamp()
   where queue_entry_id = {entry};
  update apartado.stock set next_due_at = clock_timestamp() where item_id = {item};
"""


def play(shop: Shop, stage: Stage, pair: Pair, level: str) -> None:
    """The first has done it and not committed; the second comes, waits, and is told."""
    ana, bea, cat, dee = shop.members("ana", "bea", "cat", "dee")
    policy = shop.policy()
    item = shop.item(policy=policy)
    held = shop.reserve(ana, item)
    facts = {"ana": ana, "bea": bea, "cat": cat, "dee": dee, "item": item, "held": held}
    facts["entry"], facts["other"] = shop.wait(bea, item), shop.wait(cat, item)
    if "offer" in pair.setup:
        shop.ask(
            "update apartado.policies set promotion = 'offer', offer_window = '1 hour'"
            " where name = %s",
            [policy],
        )
        shop.ask(CANCEL.format_map(facts))
    if pair.setup == "missed offer":
        with shop.connection.transaction():
            shop.ask(MISS.format_map(facts))
    if pair.setup == "suspended":
        shop.ask(SUSPEND.format_map(facts))
    if pair.setup == "paused":
        shop.ask(PAUSE.format_map(facts))
        shop.ask(CANCEL.format_map(facts))
    second = pair.second.format_map(facts)
    if pair.setup == "moved too far":
        second = second.replace(", 1, ", ", 2, ")

    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert not one.step(pair.first.format_map(facts)).refused
    late = other.step(second)
    assert late.blocked_by == (frozenset() if pair.told == "skipped" else {"one"})
    one.step("commit")
    assert outcome(finish(late)) == pair.told.replace("skipped", "done")

    state = shop.state(item)
    names = {alias: name for name, alias in facts.items() if isinstance(alias, str)}
    assert " ".join(names[alias] for alias in state.holders) == pair.holders
    assert state.available == pair.free
    rows = shop.ask(
        "select q.status from apartado.queue_entries q join apartado.stock s using (stock_id)"
        " where s.item_id = %s order by q.ticket",
        [item],
    )
    assert " ".join(row["status"] for row in rows) == pair.entries
    positions = shop.ask(
        'select "position" from apartado.list_queue(null, %s) where status <> %s'
        ' order by "position"',
        [item, "offered"],
    )
    assert [row["position"] for row in positions] == list(range(1, len(positions) + 1))
    shop.check(None if "offered" in pair.entries else item)  # offered units count as reserved


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_one_after_the_other(shop: Shop, stage: Stage, pair: Pair, level: str) -> None:
    play(shop, stage, pair, level)


def unlock(shop: Shop) -> None:
    """The stock row of an entry is read, but not locked."""
    shop.unlock("_lock_stock_of_entry")


def test_it_is_caught_when_the_stock_row_of_an_entry_is_not_locked(
    mutant: Shop, mutant_stage: Stage
) -> None:
    """Of the other pairs the guard of closed entries stops the late one, too."""
    unlock(mutant)
    breaks(lambda: play(mutant, mutant_stage, PAIRS["miss, accept"], LEVELS[0]))


@pytest.mark.parametrize("level", LEVELS)
def test_trap_27_nobody_is_told_sold_out_or_skipped_because_a_row_was_busy(
    shop: Shop, stage: Stage, level: str
) -> None:
    """While one looks at the row, another who wants what is free waits for the row, and has it."""
    ana, bea, cat = shop.members("ana", "bea", "cat")
    item = shop.item(2)
    one, other, third = stage.sessions("one", "other", "third", isolation=level)
    one.step("begin")
    assert outcome(one.step("select * from apartado.reserve(%s, %s)", [ana, item])) == "reserved"
    late = other.step("select * from apartado.reserve(%s, %s)", [bea, item])
    assert late.blocked_by == {"one"}
    assert not third.step(SWEEP).blocked  # a sweeper may skip: it decides nothing
    one.step("commit")
    assert outcome(finish(late, [bea, item])) == "reserved"
    assert outcome(third.step("select * from apartado.reserve(%s, %s)", [cat, item])) == "RS301"
    shop.check(item)
