"""Several requests to reserve in one call: beside other commands, and as good as one by one."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
import pytest

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
    mutant.mutate("for no key update skip locked", "for no key update", "_reserve_straight")
    breaks(lambda: a_held_row_is_passed_by(mutant, mutant_stage, LEVELS[0]))


# -- as good as one by one ------------------------------------------------------------------------

TOGETHER_NAMED = "select * from apartado.reserve_together(%(asked)s)"
ALONE = """
select r.* from unnest(apartado._read_requests(%(asked)s, apartado.clock())) q
 cross join lateral apartado._reserve_or_refuse(q) r
"""
EVENTS = """
select e.kind, e.stock_id, m.alias, e.actor, e.session_id, e.available, e.reserved, e.sold,
       e.queue_length, e.data ->> 'position' as position
  from apartado.events e
  left join apartado.members m on m.member_id = e.member_id
 where e.stock_id = any (select s.stock_id from apartado.stock s where s.item_id = any (%s))
 order by e.event_id
"""
LINES = """
select s.next_ticket, m.alias, q.quantity, q.ticket, q.rank, q.priority, q.status, q.joined_at,
       q.waiting_since
  from apartado.queue_entries q
  join apartado.members m on m.member_id = q.member_id
  join apartado.stock s on s.stock_id = q.stock_id
 where s.item_id = any (%s)
 order by s.stock_id, q.ticket
"""
WAITING = "select q.queue_entry_id from apartado.queue_entries q where q.status = 'waiting'"
COMPARED = (
    "outcome", "position", "quantity", "price", "expires_at", "available", "reserved", "sold",
    "queue_length", "server_time",
)  # fmt: skip
OF_A_MOMENT = {"position", "available", "reserved", "sold", "queue_length"}
REFUSAL = ("code", "title", "detail", "hint", "field")


def refusal(row: Row) -> list[Any]:
    """Its words, or only that it is one where another may be as true after the others were served.

    Who is over a limit for three units when two are left is told the one or the other.
    """
    if row["code"] is not None and row["code"][2] in "35":
        return ["RS3 or RS5"]
    return [row[name] for name in REFUSAL]


def answered(rows: list[Row], waiting: set[int]) -> list[list[Any]]:
    """What is compared: all but how things stood for who waited already, and asks again.

    That changes nothing, and may be answered when the others were.
    """
    found = []
    for row in rows:
        again = row["queue_entry_id"] in waiting
        waiting |= {row["queue_entry_id"]} - {None}
        found.append([row[name] for name in COMPARED if not (again and name in OF_A_MOMENT)])
    return found


def scene(shop: Shop, chance: random.Random, rows: int = 1) -> tuple[list[int], str]:
    """Items with some past, and some who ask for one of them at once."""
    aliases = shop.members(*[f"p{number}-" for number in range(8)])
    sign_in(shop, aliases)
    items = [shop.item(chance.randrange(0, 7)) for _ in range(rows)]
    policy = {
        "active_limit": chance.choice([1, 5, 5]),
        "item_limit": chance.choice([None, None, 2]),
        "low_stock": chance.choice([None, 2]),
        "fit": chance.choice(["strict", "partial", "fit"]),
    }
    shop.ask(
        "update apartado.policies set active_limit = %(active_limit)s, item_limit = %(item_limit)s,"
        " low_stock = %(low_stock)s, fit = %(fit)s where name = 'default'",
        policy,
    )
    for alias in chance.sample(aliases, 2):
        if chance.random() < 0.5:
            wants = [
                alias,
                items[0],
                chance.randrange(1, 4),
                chance.choice(["fail", "queue", "queue"]),
            ]
            with suppress(psycopg.Error):
                shop.ask(
                    "select * from apartado.reserve(%s, %s, %s, p_if_unavailable => %s)", wants
                )
    for alias in chance.sample(aliases, 2):
        with suppress(psycopg.Error):  # an answer is known, and nothing held
            held = shop.reserve(alias, items[0], idempotency_key="k")
            shop.ask("select * from apartado.cancel_reservation(%s, %s)", [alias, held])
    if chance.random() < 0.2:
        shop.ask("update apartado.members set barred_at = now() where alias = %s", [aliases[0]])
    if chance.random() < 0.2:
        let_one_pass(shop)
    asked: list[tuple[str | None, dict[str, Any]]] = []
    for _ in range(chance.randrange(2, 9)):
        fields: dict[str, Any] = {} if chance.random() < 0.5 else {"idempotency_key": "k"}
        if chance.random() < 0.4:
            fields["quantity"] = chance.choice([0, 1, 2, 3, 100])
        if chance.random() < 0.3:
            fields["ttl"] = chance.choice(["60 seconds", "0 seconds", "9000 hours", "200 hours"])
        if chance.random() < 0.3:
            fields["if_unavailable"] = chance.choice(["queue", "queue", "fail", "perhaps", None])
        if chance.random() < 0.3:
            fields["idempotency_key"] = chance.choice(["k", "l", ""])
        if rows > 1:
            fields["item"] = str(chance.choice(items))
        asked.append((chance.choice([*aliases, "nobody", None]), fields))
    if chance.random() < 0.2:
        asked.append(asked[0])  # who clicks twice
    return items, requests(items[0], *asked)


def let_one_pass(shop: Shop) -> None:
    """The deadline of what was set aside last, if it is active."""
    held = (
        "select r.reservation_id from apartado.reservations r where r.status = 'active'"
        " order by r.reservation_id"
    )
    for row in shop.ask(held)[-1:]:
        shop.let_pass(row["reservation_id"])


def scene_of_a_line(shop: Shop, chance: random.Random) -> tuple[list[int], str]:
    """An item that most have to wait for, and some who ask to, of different classes."""
    aliases = shop.members(*[f"p{number}-" for number in range(10)])
    sign_in(shop, aliases)
    item = shop.item(chance.choice([0, 1, 1, 2]))
    policy = {
        "active_limit": chance.choice([1, 5, 5]),
        "item_limit": chance.choice([None, None, None, 2]),
        "queue_limit": chance.choice([3, 5, 1000, 1000]),
        "fit": chance.choice(["strict", "partial", "fit"]),
        "restock": chance.random() < 0.8,
    }
    shop.ask(
        "update apartado.policies set active_limit = %(active_limit)s, item_limit = %(item_limit)s,"
        " queue_limit = %(queue_limit)s, fit = %(fit)s, restock = %(restock)s"
        " where name = 'default'",
        policy,
    )
    first = {"priority": 10, "hold": 3600, "queue_limit": chance.choice([2, 1000])}
    shop.ask(
        "select from apartado.set_policy(null, 'first', %s, p_class => 'first', p_reason => 'x')",
        [json.dumps(first)],
    )
    for alias in chance.sample(aliases, chance.choice([0, 0, 3])):
        shop.ask("select from apartado.set_member_class(null, %s, 'first', 'x')", [alias])
    past = [
        "select from apartado.reserve(%(who)s, %(item)s, p_if_unavailable => 'queue')",
        "select from apartado.join_queue(%(who)s, %(item)s)",
        "select from apartado.join_queue(%(who)s, %(item)s, 2,"
        " p_needed_until => apartado.clock() + interval '1 hour')",
        "select apartado.release_if_wanted(%(who)s, r.reservation_id)"
        " from apartado.reserve(%(who)s, %(item)s) r",
        "select from apartado.join_any(%(who)s, array[%(item)s, %(other)s])",
    ]
    other = shop.item(0)
    weights = [5, 3, 2, 4, 1]
    for alias in chance.sample(aliases, chance.randrange(5)):
        with suppress(psycopg.Error):
            (text,) = chance.choices(past, weights)
            shop.ask(text, {"who": alias, "item": item, "other": other})
    if chance.random() < 0.2:
        let_one_pass(shop)
    if chance.random() < 0.2:
        shop.ask(
            "select from apartado.create_drop(null, 'later', array[%s]::bigint[],"
            " apartado.clock() + interval '1 hour')",
            [item],
        )
    if chance.random() < 0.2:
        shop.ask("update apartado.members set barred_at = now() where alias = %s", [aliases[0]])
    asked: list[tuple[str | None, dict[str, Any]]] = []
    for _ in range(chance.randrange(3, 10)):
        fields: dict[str, Any] = {"if_unavailable": chance.choice(["queue"] * 7 + ["fail"])}
        if chance.random() < 0.2:
            fields["quantity"] = chance.choice([0, 1, 2, 3, None])
        if chance.random() < 0.2:
            fields["ttl"] = chance.choice(["60 seconds", "0 seconds", "2 hours", "200 hours"])
        if chance.random() < 0.2:
            fields["idempotency_key"] = chance.choice(["k", "l", ""])
        asked.append((chance.choice([*aliases, *aliases, "nobody"]), fields))
    if chance.random() < 0.2:
        asked[0][1]["quantity"] = 3  # who wants more than is free, before those who do not
    return [item], requests(item, *asked)


def answers(shop: Shop, text: str, items: list[int], asked: str) -> list[Any]:
    """What is answered, how the items then stand and what was told; undone again."""
    with shop.connection.transaction(force_rollback=True):
        waiting = {row["queue_entry_id"] for row in shop.ask(WAITING)}
        rows = shop.ask(text, {"asked": asked})
        rows.sort(key=lambda row: row.get("number", 0))
        states, events = [shop.state(item) for item in items], shop.ask(EVENTS, [items])
        shop.ask("set constraints all immediate")
        low = shop.ask(EVENTS, [items])[len(events) :]
        low.sort(key=lambda row: row["stock_id"])
        return [
            answered(rows, waiting), [refusal(row) for row in rows],
            states, events, low, shop.ask(LINES, [items]), [row.get("number") for row in rows],
        ]  # fmt: skip


def refused_as_by_reserve(
    shop: Shop, seeds: range, make: Callable[[Shop, random.Random], tuple[list[int], str]] = scene
) -> None:
    """Each scene twice: refused at once, and each by reserve, to the letter."""
    codes: set[str] = set()
    for seed in seeds:
        _, asked = make(shop, random.Random(seed))
        shop.ask("update apartado.sessions set language = 'es' where session_id % 2 = 0")
        freeze(shop)
        found = words(shop, asked)
        with shop.connection.transaction(force_rollback=True):
            shop.mutate("return next;", "", "_refuse_straight")
            assert found == words(shop, asked), (seed, asked)
        codes |= {row[0] for row in found}
    assert codes >= {"RS202", "RS203", "RS301", "RS302", "RS305", "RS601"}
    assert codes & {"RS501", "RS503"}


def words(shop: Shop, asked: str) -> list[list[Any]]:
    """What each is told, but for ids, of which none comes twice; undone again."""
    with shop.connection.transaction(force_rollback=True):
        rows = shop.ask(TOGETHER_NAMED, {"asked": asked})
        rows.sort(key=lambda row: row["number"])
        for row in rows:
            row["detail"] = re.sub(r"_id: \d+", "_id", row["detail"] or "")
        return [[row[name] for name in (*REFUSAL, "number", "outcome", "quantity")] for row in rows]


def freeze(shop: Shop) -> None:
    """The clock stands still, so that two ways of asking have the same times."""
    shop.ask(
        "create or replace function apartado.clock() returns timestamptz language sql volatile"
        " set search_path = pg_catalog, pg_temp"
        f" as $$ select '{shop.one('select clock_timestamp()')}'::timestamptz $$"
    )


def as_one_by_one(
    shop: Shop, seeds: range, make: Callable[[Shop, random.Random], tuple[list[int], str]] = scene
) -> None:
    """Each scene twice: one call for all, and one for each."""
    outcomes: set[str] = set()
    for seed in seeds:
        items, asked = make(shop, random.Random(seed))
        freeze(shop)
        *found, _ = answers(shop, TOGETHER_NAMED, items, asked)
        *alone, _ = answers(shop, ALONE, items, asked)
        assert found == alone, (seed, asked)
        outcomes |= {*(row[0] for row in found[0]), *(row[0] for row in found[1])}
    assert outcomes >= {"reserved", "queued", "RS202", "RS203", "RS205", "RS3 or RS5", "RS601"}


def several_as_one_by_one(shop: Shop, seeds: range) -> None:
    """Who is served in a call for several rows is served as if those alone had come.

    Whoever came before them for the same row and was left out would have been refused anyway, or
    knows the answer.
    """
    served, left_out = 0, 0
    for seed in seeds:
        items, asked = scene(shop, random.Random(seed), rows=2)
        freeze(shop)
        *found, numbers = answers(shop, TOGETHER_NAMED, items, asked)
        wanted = json.loads(asked)
        if len({request["item"] for request in wanted}) == 1:
            continue
        chosen = [wanted[number - 1] for number in numbers]
        *alone, _ = answers(shop, ALONE, items, json.dumps(chosen))
        assert found == alone, (seed, asked)
        assert all(outcome == "reserved" for outcome, *_ in found[0])
        (outcomes, *_) = answers(shop, ALONE, items, asked)
        for number, (request, outcome) in enumerate(zip(wanted, outcomes, strict=True), 1):
            passed = any(
                later > number and wanted[later - 1]["item"] == request["item"] for later in numbers
            )
            if number not in numbers and passed and "idempotency_key" not in request:
                assert outcome[0] is None, (seed, number, asked)
        served += len(numbers)
        left_out += len(wanted) - len(numbers)
    assert min(served, left_out) > len(seeds) / 2


def test_requests_in_one_call_are_answered_as_one_by_one(mutant: Shop) -> None:
    as_one_by_one(mutant, range(120))


def test_requests_for_several_rows_are_answered_as_one_by_one(mutant: Shop) -> None:
    several_as_one_by_one(mutant, range(120))


def test_requests_to_wait_in_one_call_are_answered_as_one_by_one(mutant: Shop) -> None:
    as_one_by_one(mutant, range(150), scene_of_a_line)


@pytest.mark.parametrize("make", [scene, scene_of_a_line])
def test_who_is_refused_in_one_call_is_told_what_reserve_says(
    mutant: Shop, make: Callable[[Shop, random.Random], tuple[list[int], str]]
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
    assert said(shop.ask(TOGETHER_NAMED, {"asked": asked})) == [
        "reserved", "RS302", "reserved", "reserved", "RS301",
    ]  # fmt: skip
    waits = {"if_unavailable": "queue"}
    shop.ask("select from apartado.join_queue(%s, %s)", [bea, none])
    asked = requests(none, (ana, waits), (ana, waits), (bea, waits), (cat, waits))
    found = shop.ask(TOGETHER_NAMED, {"asked": asked})
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
    "a length is not looked at": (r"and r\.ttl <= interval '8784 hours'", ""),
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
