"""Requests that come in one call are answered as if they had come one after the other."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg

from scenes import Shop, requests, sign_in
from sessions import Row

Scene = tuple[list[int], str]
"""Items, and what is asked for at once."""


@dataclass(frozen=True)
class Ways:
    """Asking for several at once and for each of them, and what must have come of it."""

    together: str
    alone: str
    outcomes: frozenset[str]


EACH = """
select r.* from unnest(apartado._read_requests(%(asked)s, apartado.clock(), '{default}')) q
 cross join lateral apartado.{function}(q) r
"""
BY_RESERVE = Ways(
    "select * from apartado.reserve_together(%(asked)s)",
    EACH.format(default="fail", function="_reserve_or_refuse"),
    frozenset({"reserved", "queued", "RS202", "RS203", "RS205", "RS3 or RS5", "RS601"}),
)
BY_JOIN_QUEUE = Ways(
    "select * from apartado.join_queue_together(%(asked)s)",
    EACH.format(default="queue", function="_join_or_refuse"),
    frozenset({"RS202", "RS203", "RS204", "RS3 or RS5", "RS601"}),
)
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
        found.append(
            [row[name] for name in COMPARED if name in row and not (again and name in OF_A_MOMENT)]
        )
    return found


def scene(shop: Shop, chance: random.Random, rows: int = 1) -> Scene:
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


def a_line(shop: Shop, chance: random.Random) -> tuple[int, list[str]]:
    """An item that most have to wait for, and people of different classes."""
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
            " apartado.clock() + interval '1 hour', p_lottery => %s)",
            [item, chance.random() < 0.5],
        )
    if chance.random() < 0.2:
        shop.ask("update apartado.members set barred_at = now() where alias = %s", [aliases[0]])
    return item, aliases


def scene_of_a_line(shop: Shop, chance: random.Random) -> Scene:
    """Some who ask for an item at once, or else for a place in its line."""
    item, aliases = a_line(shop, chance)
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


def scene_of_joining(shop: Shop, chance: random.Random) -> Scene:
    """Some who ask for a place in one line at once."""
    item, aliases = a_line(shop, chance)
    asked: list[tuple[str | None, dict[str, Any]]] = []
    for _ in range(chance.randrange(3, 10)):
        fields: dict[str, Any] = {}
        if chance.random() < 0.2:
            fields["quantity"] = chance.choice([0, 1, 2, 3, None])
        if chance.random() < 0.15:
            fields["max_position"] = chance.choice([0, 1, 3, 100])
        if chance.random() < 0.15:
            fields["needed_until"] = chance.choice(["2000-01-01", "2100-01-01", "infinity"])
        if chance.random() < 0.3:
            fields["idempotency_key"] = chance.choice(["k", "k", ""])
        asked.append((chance.choice([*aliases, *aliases, "nobody"]), fields))
    if chance.random() < 0.5:  # who clicks twice, or thinks again
        alias, fields = asked[0]
        asked.append((alias, fields | chance.choice([{}, {"quantity": 2}])))
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
    shop: Shop, seeds: range, make: Callable[[Shop, random.Random], Scene] = scene
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
        rows = shop.ask(BY_RESERVE.together, {"asked": asked})
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
    shop: Shop,
    seeds: range,
    make: Callable[[Shop, random.Random], Scene] = scene,
    ways: Ways = BY_RESERVE,
) -> None:
    """Each scene twice: one call for all, and one for each."""
    outcomes: set[str] = set()
    for seed in seeds:
        items, asked = make(shop, random.Random(seed))
        freeze(shop)
        *found, _ = answers(shop, ways.together, items, asked)
        *alone, _ = answers(shop, ways.alone, items, asked)
        assert found == alone, (seed, asked)
        outcomes |= {*(row[0] for row in found[0] if row), *(row[0] for row in found[1])}
    assert outcomes >= ways.outcomes


def several_as_one_by_one(shop: Shop, seeds: range) -> None:
    """Who is served in a call for several rows is served as if those alone had come.

    Whoever came before them for the same row and was left out would have been refused anyway, or
    knows the answer.
    """
    served, left_out = 0, 0
    for seed in seeds:
        items, asked = scene(shop, random.Random(seed), rows=2)
        freeze(shop)
        *found, numbers = answers(shop, BY_RESERVE.together, items, asked)
        wanted = json.loads(asked)
        if len({request["item"] for request in wanted}) == 1:
            continue
        chosen = [wanted[number - 1] for number in numbers]
        *alone, _ = answers(shop, BY_RESERVE.alone, items, json.dumps(chosen))
        assert found == alone, (seed, asked)
        assert all(outcome == "reserved" for outcome, *_ in found[0])
        (outcomes, *_) = answers(shop, BY_RESERVE.alone, items, asked)
        for number, (request, outcome) in enumerate(zip(wanted, outcomes, strict=True), 1):
            passed = any(
                later > number and wanted[later - 1]["item"] == request["item"] for later in numbers
            )
            if number not in numbers and passed and "idempotency_key" not in request:
                assert outcome[0] is None, (seed, number, asked)
        served += len(numbers)
        left_out += len(wanted) - len(numbers)
    assert min(served, left_out) > len(seeds) / 2
