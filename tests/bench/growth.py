"""How the cost of a look grows with what there is: `make bench ARGS=looks`.

The same calls with a thousandth, a tenth and all of a million rows, on one connection: items in the
catalogue, people in one queue, reservations behind a member. Told are milliseconds (the median of
the calls), the limit at the size that it is for, and how often the time doubled while the rows
became a thousand times as many: 10 doublings would be linear. And what a reservation takes on disk
with its events.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from apartado import database
from bench.bench import FILL, Place, milliseconds, put_items

SIZES = (1_000, 100_000, 1_000_000)
TEMPLATES = 1000
HELD = 50

STYLES = ("Techno", "House", "Jazz", "Ambient", "Dub", "Soul", "Punk", "Folk")
WORDS = ("blue", "night", "love", "train", "moon", "river", "fire", "gold", "dust", "rain")

# By hand, with the triggers off: to put a million items in one by one would take an hour. What the
# triggers derive of an item (its words) and a stock row (its rules) is copied from the templates.
COPY_ITEMS = """
set local session_replication_role = replica;
insert into apartado.items (sku, title, price, currency, condition, visible, for_sale, restock,
                            policy_id, year, country, styles, genres, created_at, changed_at,
                            search)
select i.sku || '-' || n, i.title, round((5 + random() * 95)::numeric, 2), i.currency, i.condition,
       true, true, i.restock, i.policy_id, 1950 + (random() * 75)::integer, i.country, i.styles,
       i.genres, i.created_at, i.changed_at, i.search
  from (select * from apartado.items where sku like 'record-%' order by item_id limit {number}) i
 cross join generate_series({begin}, {end} - 1) n;
insert into apartado.stock (item_id, location_id, total, available, open, price, currency, hold,
                            active_limit, queue_limit, restock)
select i.item_id, t.location_id, 1, 1, t.open, i.price, i.currency, t.hold, t.active_limit,
       t.queue_limit, t.restock
  from apartado.items i
 cross join (select * from apartado.stock order by stock_id limit 1) t
 where i.sku ~ '^record-.*-' and i.item_id > {newest};
insert into apartado.stock_tallies (stock_id)
select s.stock_id from apartado.stock s where s.item_id > {newest};
"""

FINDS = {
    "the newest": "",
    "words": "p_query => 'blue train'",
    "a style by price": "p_style => 'Techno', p_sort => 'price'",
    "prices, the dearest first": "p_price_from => 10, p_price_to => 11, p_sort => '-price'",
    "years and a country": "p_year_from => 1968, p_year_to => 1972, p_country => 'UK'",
    "what is available, by title": "p_status => 'available', p_sort => 'title'",
    "what others hold": "p_status => 'reserved_by_others'",
    "what is sold": "p_status => 'sold'",
}

NOBODY_WAITS = """
set local session_replication_role = replica;
delete from apartado.queue_entries;
delete from apartado.queue_blocks;
update apartado.stock set queue_length = 0, version = version + 1 where queue_length > 0;
update apartado.stock_tallies set queue_length = 0 where queue_length > 0;
"""


def prepare(connection: psycopg.Connection[Any], members: int) -> list[int]:
    """Members, and a thousand records that the others are copies of."""
    connection.execute(
        "insert into apartado.members (alias, secret_hash, created_at)"
        " select 'm' || n, sha256('x'), now() from generate_series(1, %s) n",
        [members],
    )
    connection.execute("update apartado.policies set queue_limit = 10000000, active_limit = 1000")
    made = put_items(connection, "record", TEMPLATES, 1)
    connection.execute(
        "select count(*) from apartado.put_items(null, ("
        "  select jsonb_agg(jsonb_build_object('sku', i.sku, 'title',"
        "           (%(words)s::text[])[1 + i.item_id %% 10] || ' '"
        "             || (%(words)s::text[])[1 + i.item_id / 7 %% 10] || ' ' || i.item_id,"
        "           'styles', jsonb_build_array((%(styles)s::text[])[1 + i.item_id %% 8]),"
        "           'country', (array['UK', 'US', 'DE', 'FR'])[1 + i.item_id %% 4]))"
        "    from apartado.items i))",
        {"words": list(WORDS), "styles": list(STYLES)},
    )
    return [*range(made, made + TEMPLATES)]


def grow(connection: psycopg.Connection[Any], begin: int, end: int) -> None:
    """From so many thousand items to so many."""
    if end > begin:
        (newest,) = connection.execute("select max(item_id) from apartado.items").fetchall()[0]
        text = COPY_ITEMS.format(number=TEMPLATES, begin=begin, end=end, newest=newest)
        with connection.transaction():
            connection.execute(text.encode())
    connection.execute("vacuum analyze")


@dataclass(frozen=True)
class Watch:
    """One connection, and how many calls a figure is the median of."""

    connection: psycopg.Connection[Any]
    calls: int

    def typical(self, text: str, parameters: Sequence[Any] = ()) -> float:
        """Milliseconds of a call, after one that warms up."""
        every = range(self.calls + 1)
        taken = [milliseconds(self.connection, text, parameters)[0] for _ in every]
        return statistics.median(taken[1:])


def looks(watch: Watch, items: list[int]) -> dict[str, float]:
    """What a look takes with the items that there are."""
    found = {
        "get_status": watch.typical("select * from apartado.get_status(null, %s)", items[:1]),
        "list_statuses of 1,000": watch.typical(
            "select * from apartado.list_statuses(null, %s)", [items]
        ),
        f"list_statuses of {HELD} that a member holds": watch.typical(
            "select * from apartado.list_statuses('m1', %s)", [items[:HELD]]
        ),
    }
    for name, arguments in FINDS.items():
        text = f"select * from apartado.find_items(null{arguments and ', '}{arguments})"
        found[f"find_items: {name}"] = watch.typical(text)
    return found


LIMITS = {
    "list_statuses of 1,000": 10.0,
    f"list_statuses of {HELD} that a member holds": 2.0,
    "get_queue_position of the last": 2.0,
    **{f"find_items: {name}": 20.0 for name in FINDS},
}


def queues(watch: Watch, item: int, waiting: int) -> dict[str, float]:
    """What a look at one queue takes in which so many wait."""
    connection = watch.connection
    with connection.transaction():
        connection.execute(NOBODY_WAITS.encode())
        connection.execute(FILL.format(item=item, number=waiting).encode())
    connection.execute("vacuum analyze apartado.queue_entries, apartado.queue_blocks")
    last = f"m{waiting}"
    return {
        f"{name} of the last": watch.typical(f"select * from apartado.{name}(%s, %s)", [last, item])
        for name in ("get_queue_position", "get_status")
    }


def measure(watch: Watch, sizes: Sequence[int]) -> dict[str, list[float]]:
    """Milliseconds of each look at each size; `select 1` is the last."""
    connection = watch.connection
    found: dict[str, list[float]] = {}
    items = prepare(connection, max(sizes))
    for item in items[:HELD]:
        connection.execute("select * from apartado.reserve('m1', %s)", [item])
    wanted = put_items(connection, "wanted", 1, 0)
    now = 1
    for size in sizes:
        grow(connection, now, size // TEMPLATES)
        now = max(now, size // TEMPLATES)
        for name, one in looks(watch, items).items():
            found.setdefault(name, []).append(one)
    for size in sizes:
        for name, one in queues(watch, wanted, size).items():
            found.setdefault(name, []).append(one)
    found["select 1"] = [watch.typical("select 1")] * len(sizes)
    return found


def doublings(found: dict[str, list[float]], name: str) -> float:
    """How often the time doubled from the least to the most rows."""
    nothing = found["select 1"][0]
    return math.log2(max(found[name][-1], nothing) / max(found[name][0], nothing))


def growth(found: dict[str, list[float]], sizes: Sequence[int]) -> Iterator[list[str]]:
    """A line for each look."""
    yield [
        "one look, ms, with so many rows",
        *(f"{size:,}" for size in sizes),
        "limit",
        "doublings",
    ]
    for name, taken in found.items():
        limit = f"{LIMITS[name]:.0f}" if name in LIMITS else ""
        yield [name, *(f"{each:.2f}" for each in taken), limit, f"{doublings(found, name):.1f}"]


ON_DISK = """
select c.relname, pg_table_size(c.oid), pg_indexes_size(c.oid)
  from pg_class c
 where c.relnamespace = 'apartado'::regnamespace and c.relname in ('reservations', 'events')
 order by c.relname desc
"""


def weigh(connection: psycopg.Connection[Any], reservations: int) -> dict[str, list[float]]:
    """Bytes of a reservation and of an event, rows and indexes: so many made as reserve does."""
    items = put_items(connection, "weighed", 1, reservations)
    with connection.transaction():
        connection.execute(
            "with made as ("
            "  insert into apartado.reservations"
            "    (stock_id, member_id, quantity, price, currency, reserved_at, expires_at)"
            "  select s.stock_id, m.member_id, 1, s.price, s.currency, apartado.clock(),"
            "         apartado.clock() + s.hold"
            "    from apartado.stock s cross join"
            "         (select member_id from apartado.members order by member_id limit %s) m"
            "   where s.item_id = %s returning stock_id)"
            " update apartado.stock s set available = available - n.units,"
            "        reserved = reserved + n.units, version = version + 1"
            "   from (select stock_id, count(*)::integer as units from made group by 1) n"
            "  where s.stock_id = n.stock_id",
            [reservations, items],
        )
    while connection.execute("select apartado._number_events(100000)").fetchall() != [(0,)]:
        pass
    for name in ("reservations", "events"):
        connection.execute(f"vacuum full apartado.{name}")
    found = {}
    for name, rows, indexes in connection.execute(ON_DISK).fetchall():
        (count,) = connection.execute(f"select count(*) from apartado.{name}").fetchall()[0]
        found[name] = [rows / count, indexes / count]
    return found


@contextmanager
def watched(place: Place, calls: int) -> Iterator[Watch]:
    """A database of its own."""
    with place.connect("postgres") as connection:
        connection.execute("create database growth")
    database.migrate(place.cluster.url(dbname="growth"))
    with place.connect("growth") as connection:
        yield Watch(connection, calls)
