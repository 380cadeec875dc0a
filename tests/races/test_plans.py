"""A session keeps its plans: those that were made in an empty shop must do for a crowd."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from clusters import Database
from scenes import TOGETHER, Shop, requests, sign_in

CROWD = 400
WARM = 8  # calls: after five PostgreSQL keeps one plan for all values
READ = (
    "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_xact_user_tables"
    " where schemaname = 'apartado'"
)
CALLS = {
    "join_queue": "select * from apartado.join_queue(%s, %s)",
    "reserve": "select * from apartado.reserve(%s, %s, p_if_unavailable => 'queue')",
    "get_status": "select * from apartado.get_status(%s, %s)",
    "add_to_cart": "select * from apartado.add_to_cart(%s, %s)",
    "explain_reserve": "select * from apartado.explain_reserve(%s, %s)",
}


def rows_read(service: psycopg.Connection[Any], call: str, member: str, item: int) -> int:
    """How many rows one call went through."""
    return read_by(service, CALLS[call], [member, item])


def read_by(service: psycopg.Connection[Any], text: str, parameters: list[Any]) -> int:
    """How many rows one statement went through; what it did is undone again."""
    with service.transaction(force_rollback=True):
        (begin,) = service.execute(READ).fetchall()[0]
        service.execute(text.encode(), parameters)
        (end,) = service.execute(READ).fetchall()[0]
    return int(end - begin)


@pytest.mark.parametrize("call", CALLS)
def test_a_plan_of_an_empty_shop_does_not_read_the_crowd(database: Database, call: str) -> None:
    """Mutant: apartado_api without enable_seqscan = off."""
    shop = Shop(database)
    holder, guest = shop.members("holder", "guest")
    item = shop.item()
    shop.reserve(holder, item)
    shop.ask("vacuum analyze")
    with database.connect("apartado_api") as service:
        for _ in range(WARM):
            rows_read(service, call, guest, item)
        crowd = shop.members(*(f"crowd{n}" for n in range(CROWD)))
        shop.ask(
            "select count(*) from unnest(%s::text[]) m (alias)"
            " cross join lateral apartado.join_queue(m.alias, %s)",
            [crowd, item],
        )
        assert rows_read(service, call, guest, item) < CROWD / 2
    shop.close()


def test_who_waits_with_others_is_not_looked_for_among_all_who_hold(database: Database) -> None:
    """Mutant: in _queue_straight, who holds the item is left out with `not exists`."""
    shop = Shop(database)
    item, other = shop.item(0), shop.item(CROWD)
    guests = shop.members(*(f"guest{n}" for n in range(8)))
    sign_in(shop, guests)
    asked = [requests(item, *((alias, {"if_unavailable": "queue"}) for alias in guests))]
    shop.ask("vacuum analyze")
    with database.connect("apartado_api") as service:
        for _ in range(WARM):
            read_by(service, TOGETHER, asked)
        shop.ask(
            "select count(*) from unnest(%s::text[]) m (alias)"
            " cross join lateral apartado.reserve(m.alias, %s)",
            [shop.members(*(f"crowd{n}" for n in range(CROWD))), other],
        )
        assert read_by(service, TOGETHER, asked) < CROWD
    shop.close()


JOINED = "select * from apartado.join_queue_together(%s)"


def read_among_those_who_wait(database: Database, call: str = TOGETHER) -> int:
    """How many rows a call for four places reads, when a crowd waits for something else.

    The plan was made when nobody waited, for people who would not have.
    """
    shop = Shop(database)
    item, other = shop.item(0), shop.item(0)
    guests = shop.members(*(f"guest{n}" for n in range(4)))
    sign_in(shop, guests)
    asked = {
        mode: [requests(item, *((alias, {"if_unavailable": mode}) for alias in guests))]
        for mode in ("fail", "queue")
    }
    shop.ask("update apartado.policies set restock = true, queue_limit = %s", [2 * CROWD])
    shop.ask("vacuum analyze")
    with database.connect("apartado_api") as service:
        for _ in range(WARM):
            read_by(service, call, asked["fail"])
        shop.ask(
            "select count(*) from unnest(%s::text[]) m (alias)"
            " cross join lateral apartado.join_queue(m.alias, %s)",
            [shop.members(*(f"crowd{n}" for n in range(CROWD))), other],
        )
        read = read_by(service, call, asked["queue"])
    shop.close()
    return read


@pytest.mark.parametrize("call", [TOGETHER, JOINED], ids=["reserve", "join_queue"])
def test_a_place_is_not_looked_for_among_all_who_wait(database: Database, call: str) -> None:
    assert read_among_those_who_wait(database, call) < CROWD


def test_it_is_noticed_when_all_places_are_read(mutant: Shop) -> None:
    mutant.mutate(
        r"from unnest\(v_entries, v_members, v_tickets\) q \([^)]*\)",
        "from apartado._positions_together(v_entries) o"
        " join apartado.queue_entries q on q.queue_entry_id = o.queue_entry_id",
        "_queue_straight",
    )
    assert read_among_those_who_wait(mutant.database) >= CROWD


RELEASES = "select * from apartado.cancel_reservation(%s, %s)"
MANY = 4 * CROWD
"""So many stock rows that a look at all of them is cheaper than one for each."""


def read_after_a_sweep(database: Database) -> int:
    """How many rows a release reads in a session whose first work was a sweep of the shop."""
    shop = Shop(database)
    (guest,) = shop.members("guest")
    items = [{"sku": f"s{n}", "title": "Single", "quantity": 1, "price": 1} for n in range(MANY)]
    for page in range(0, MANY, CROWD):
        shop.ask("select from apartado.put_items(null, %s)", [Jsonb(items[page : page + CROWD])])
    crowd = shop.members(*(f"crowd{n}" for n in range(MANY)))
    shop.ask("update apartado.policies set hold = '1 millisecond'")
    shop.ask(
        "select count(*) from unnest(%s::text[]) with ordinality m (alias, n)"
        " cross join lateral apartado.reserve(m.alias, apartado.item_id('s' || m.n - 1))",
        [crowd],
    )
    shop.ask("update apartado.policies set hold = '1 hour'")
    held = shop.reserve(guest, shop.item())
    shop.ask("vacuum analyze")
    with database.connect("apartado_api") as service:
        swept = service.execute("select expired from apartado.expire_and_promote(100000)")
        assert swept.fetchall() == [(MANY,)]
        read = read_by(service, RELEASES, [guest, held])
    shop.close()
    return read


def test_who_swept_a_shop_does_not_read_it_for_one_unit(database: Database) -> None:
    """What a trigger is told of is planned by how much it was told of first: then all, now one."""
    assert read_after_a_sweep(database) < CROWD


def test_it_is_noticed_when_the_first_statement_makes_the_plan(mutant: Shop) -> None:
    mutant.mutate(r"SET enable_(hash|merge)join TO 'off'", "", "tg_reservations__record_update")
    assert read_after_a_sweep(mutant.database) >= CROWD


SALES = "select * from apartado.confirm_reservation(%s, %s)"


def read_of_a_long_queue(database: Database, call: str) -> int:
    """How many rows a command reads of a crowd that waits, with a plan of short queues.

    Of each item there are two, and one is left to whoever is next.
    """
    shop = Shop(database)
    few, crowd = (
        shop.members(*(f"{name}{n}" for n in range(number)))
        for name, number in (("few", WARM), ("crowd", CROWD))
    )
    holder, other = shop.members("holder", "other")
    shop.ask(
        "update apartado.policies set queue_limit = %(crowd)s, active_limit = %(crowd)s,"
        " restock = false", {"crowd": CROWD}
    )  # fmt: skip
    items = [shop.item(2) for _ in range(CROWD // 4)]
    held = [shop.reserve(holder, item) for item in items]
    for item in items:
        shop.reserve(other, item)
    line_up = (
        "select count(*) from unnest(%s::bigint[]) i cross join unnest(%s::text[]) m (alias)"
        " cross join lateral apartado.join_queue(m.alias, i)"
    )
    shop.ask(line_up, [items[:-1], few])
    shop.ask("vacuum analyze")
    with database.connect("apartado_api") as service:
        for reservation in held[:WARM]:
            service.execute(call.encode(), [holder, reservation])
        shop.ask(line_up, [items[-1:], crowd])
        read = read_by(service, call, [holder, held[-1]])
    shop.close()
    return read


@pytest.mark.parametrize("call", [RELEASES, SALES], ids=["cancel", "confirm"])
def test_a_long_queue_is_read_no_further_than_it_is_served(database: Database, call: str) -> None:
    assert read_of_a_long_queue(database, call) < CROWD / 2


def test_it_is_noticed_when_a_queue_is_sorted_for_one(mutant: Shop) -> None:
    mutant.mutate(r"SET enable_bitmapscan TO 'off'", "", "_next_in_line")
    assert read_of_a_long_queue(mutant.database, RELEASES) >= CROWD


def test_it_is_noticed_when_a_sale_asks_all_who_wait(mutant: Shop) -> None:
    mutant.mutate(
        r"and q.quantity > 1\s+and q.quantity >", "and q.quantity + 0 >", "_close_hopeless_entries"
    )
    assert read_of_a_long_queue(mutant.database, SALES) >= CROWD
