"""Benchmarks, as ratios within one run: `make bench`, or `make bench ARGS='--seconds 5'`.

A cluster of its own with full durability, the newest PostgreSQL on this machine, pgbench from the
same directory with prepared statements. Each call reserves for another member. Ours and the minimal
function (minimal.sql: one guarded UPDATE, two INSERTs) take turns, with a checkpoint before each;
what is printed is the median of the rounds, and of their ratios. The first second of each is left
out: a new connection plans each statement some times before it keeps the plan, and 32 of them at
once did little else in it. `--tables reserve` prints the first table alone.

What many cycles on one item leave behind is printed beside what a full vacuum leaves of it, with
PostgreSQL's own autovacuum; this takes the longest.

The last table takes the parts of a reservation away one after the other, in clones, on one
connection: what a part costs is the difference to the line before. There the best of the rounds is
printed; on a busy machine give it more of them.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from apartado import binaries, database, embedded

HERE = Path(__file__).parent
MANY = 1000
SWEPT_ITEMS, SWEPT_EACH, SWEPT_WAITING = 1000, 10, 20  # items, and people at each of them
CYCLES, CYCLERS = 100_000, 8
LONG_LINE, LINE, RESTOCK = 100_000, 10_000, 1000
FASTEST = 5000  # reservations a second for which there are members enough
WARMING = 1  # seconds at the beginning that are not counted
TABLES = ("reserve", "sweeps", "queues", "sizes", "parts")

OURS = "select * from apartado.reserve('m' || nextval('bench.ours'), {item});"
MINIMAL = "select * from minimal.reserve('m' || nextval('bench.minimal'), {item});"


@dataclass(frozen=True)
class Options:
    """What one run is asked for."""

    seconds: int
    rounds: int
    connections: tuple[int, ...]
    calls: int | None
    bindir: Path | None
    tables: tuple[str, ...] = TABLES

    @property
    def members(self) -> int:
        """So many different people reserve in the longest part."""
        each = len(self.connections) * 2 * self.rounds
        if self.calls is not None:
            return each * self.calls * max(self.connections) + 1000
        return each * (self.seconds + WARMING) * FASTEST


class Place:
    """The cluster of this run, and how to get at its databases."""

    def __init__(self, cluster: embedded.Cluster, bindir: Path, options: Options) -> None:
        self.cluster, self.bindir, self.options = cluster, bindir, options

    def number(self, of: int) -> int:
        """So many, or a hundredth where only so many calls are asked for."""
        return of if self.options.calls is None else of // 100

    def connect(self, name: str = embedded.DATABASE) -> psycopg.Connection[Any]:
        """As the administrator."""
        return psycopg.connect(self.cluster.url(dbname=name), autocommit=True)

    def pgbench(
        self,
        name: str,
        script: str,
        connections: int,
        seconds: int | None = None,
        calls: int | None = None,
    ) -> float:
        """Transactions a second; a call that fails ends the benchmark."""
        with self.connect(name) as connection:
            connection.execute("checkpoint")
        options = self.options
        calls = calls or options.calls
        length: list[str | int] = ["-t", calls] if calls else [
            "-T", (seconds or options.seconds) + WARMING, "-P", WARMING
        ]  # fmt: skip
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            command = [
                self.bindir / "pgbench", "-n", "-M", "prepared", "-f", file.name,
                "-c", connections, "-j", min(connections, 2), *length,
                "-h", self.cluster.socket_directory, "-U", embedded.SUPERUSER, name,
            ]  # fmt: skip
            done = subprocess.run(
                [str(word) for word in command], capture_output=True, text=True, check=False
            )
        if done.returncode != 0 or "aborted" in done.stderr:
            raise SystemExit(f"pgbench failed:\n{script}\n{done.stderr}")
        found = re.search(r"actually processed: (\d+).*^tps = ([\d.]+)", done.stdout, re.M | re.S)
        assert found, done.stdout
        number, rate = int(found[1]), float(found[2])
        warming = re.search(r"^progress: ([\d.]+) s, ([\d.]+) tps", done.stderr, re.M)
        if warming is None:
            return rate
        begun, slow = float(warming[1]), float(warming[2])
        return (number - begun * slow) / (number / rate - begun)


# -- data -----------------------------------------------------------------------------------------


def prepare(place: Place, name: str, members: int) -> int:
    """A migrated database with members, a hot item and 1,000 others; gives the hot item's id."""
    database.migrate(place.cluster.url(dbname=name))
    with place.connect(name) as connection:
        connection.execute((HERE / "minimal.sql").read_text(encoding="utf-8").encode())
        connection.execute("create schema bench")
        connection.execute("create sequence bench.ours; create sequence bench.minimal")
        connection.execute(
            "insert into apartado.members (alias, secret_hash, created_at)"
            " select 'm' || n, sha256('x'), now() from generate_series(1, %s) n",
            [members],
        )
        first = put_items(connection, "sold", MANY + 1, 1_000_000)
        connection.execute(
            "insert into minimal.stock (item_id, available)"
            " select item_id, total from apartado.stock"
        )
        connection.execute("vacuum analyze")
    return first


def put_items(connection: psycopg.Connection[Any], name: str, number: int, units: int) -> int:
    """So many items; their ids follow each other, and the first is given."""
    items = [
        {"sku": f"{name}-{n}", "title": f"{name} {n}", "price": "20.00", "quantity": units}
        for n in range(number)
    ]
    made: list[int] = []
    for start in range(0, number, MANY):
        rows = connection.execute(
            "select item_id from apartado.put_items(null, %s)", [Jsonb(items[start : start + MANY])]
        )
        made += [item_id for (item_id,) in rows]
    first = min(made)
    assert sorted(made) == [*range(first, first + number)]
    return first


def script(text: str, first: int, *, hot: bool) -> str:
    """A pgbench script for one item, or for one of a thousand."""
    if hot:
        return text.format(item=first)
    return f"\\set item random({first + 1}, {first + MANY})\n" + text.format(item=":item")


# -- the tables -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """Reservations a second of ours and of the minimal function, and the median of the ratios."""

    shape: str
    connections: int
    ours: float
    minimal: float
    ratio: float


def pairs(place: Place, first: int) -> Iterator[Pair]:
    """Ours beside the minimal function, hot and spread, in turns."""
    for hot in (True, False):
        for connections in place.options.connections:
            ours: list[float] = []
            minimal: list[float] = []
            for turn in range(place.options.rounds):
                both = [(OURS, ours), (MINIMAL, minimal)]
                for text, results in both if turn % 2 == 0 else reversed(both):
                    results.append(
                        place.pgbench(embedded.DATABASE, script(text, first, hot=hot), connections)
                    )
            ratios = [a / b for a, b in zip(ours, minimal, strict=True)]
            yield Pair(
                "one hot item" if hot else f"{MANY:,} items", connections,
                *map(statistics.median, (ours, minimal, ratios)),
            )  # fmt: skip


def throughput(place: Place, first: int) -> Iterator[list[str]]:
    """Reservations a second, hot and spread, beside the minimal function."""
    yield ["reserve", "connections", "reserves/s", "minimal/s", "ratio"]
    for pair in pairs(place, first):
        yield [
            pair.shape, str(pair.connections), f"{pair.ours:,.0f}", f"{pair.minimal:,.0f}",
            f"{pair.ratio:.2f}",
        ]  # fmt: skip


def milliseconds(
    connection: psycopg.Connection[Any], text: str, parameters: Sequence[Any] = ()
) -> tuple[float, list[Any]]:
    """How long one statement takes, and what it answers."""
    begin = time.perf_counter()
    rows = connection.execute(text, parameters).fetchall()
    return (time.perf_counter() - begin) * 1000, rows


SET_ASIDE = """
select count(*) from generate_series(0, %(items)s - 1) i, generate_series(1, %(each)s) n
 cross join lateral apartado.reserve('m' || (i * %(each)s + n), %(first)s + i)
"""
LINE_UP = """
select count(*) from generate_series(0, %(items)s - 1) i, generate_series(1, %(waiting)s) n
 cross join lateral apartado.join_queue('m' || (%(after)s + i * %(waiting)s + n), %(first)s + i)
"""
ALL_ARE_LATE = """
set local session_replication_role = replica;
update apartado.reservations set reserved_at = reserved_at - interval '1 year',
       expires_at = reserved_at - interval '1 hour'
 where stock_id in (select stock_id from apartado.stock where item_id >= {first});
update apartado.stock set next_due_at = '2000-01-01' where item_id >= {first};
"""


def sweep(place: Place, number: int, *, waiting: bool) -> tuple[float, float]:
    """Milliseconds in which the due reservations of so many items expire, and of `select 1`."""
    with place.connect("sweep") as connection:
        # one more for a call that warms up
        first = put_items(connection, uuid.uuid4().hex, number + 1, SWEPT_EACH)
        numbers = {"items": number + 1, "each": SWEPT_EACH, "waiting": SWEPT_WAITING,
                   "first": first, "after": (number + 1) * SWEPT_EACH}  # fmt: skip
        connection.execute(SET_ASIDE, numbers)
        if waiting:
            connection.execute(LINE_UP, numbers)
        with connection.transaction():
            connection.execute(ALL_ARE_LATE.format(first=first).encode())
        connection.execute("vacuum analyze")
        connection.execute("checkpoint")
        connection.execute("select * from apartado.expire_and_promote(1)")
        nothing = statistics.median(milliseconds(connection, "select 1")[0] for _ in range(50))
        due = number * SWEPT_EACH
        took, (row,) = milliseconds(
            connection, "select * from apartado.expire_and_promote(%s)", [due]
        )
        assert row == (due, due if waiting else 0, 0), row
    return took, nothing


def prepare_sweeps(place: Place) -> None:
    """A database for them, in which the same people are promoted again and again."""
    number = place.number(SWEPT_ITEMS) + 1
    prepare(place, "sweep", number * (SWEPT_EACH + SWEPT_WAITING))
    with place.connect("sweep") as connection:
        connection.execute("update apartado.policies set active_limit = 1000")


def sweeps(place: Place) -> Iterator[list[str]]:
    """Milliseconds of the sweep and of the list, each beside `select 1`."""
    yield ["one call", "ms", "select 1, ms", "times"]
    number = place.number(SWEPT_ITEMS)
    for waiting in (False, True):
        found = [sweep(place, number, waiting=waiting) for _ in range(place.options.rounds)]
        yield row_of(
            f"expire_and_promote: {number * SWEPT_EACH:,} due over {number:,} items, "
            + (f"{number * SWEPT_WAITING:,} wait" if waiting else "nobody waits"),
            *zip(*found, strict=True),
        )  # fmt: skip
    with place.connect() as connection:
        items = [
            row[0]
            for row in connection.execute(
                "select item_id from apartado.items order by item_id limit %s", [MANY]
            )
        ]
        for who, text in ((None, "anonymous"), ("m1", "for a member")):
            taken, nothing = [], []
            for _ in range(20):
                nothing.append(milliseconds(connection, "select 1")[0])
                statuses = "select * from apartado.list_statuses(%s, %s)"
                taken.append(milliseconds(connection, statuses, [who, items])[0])
            yield row_of(f"list_statuses of 1,000 items, {text}", taken, nothing)


def row_of(name: str, taken: Sequence[float], nothing: Sequence[float]) -> list[str]:
    """A line of medians."""
    a, b = statistics.median(taken), statistics.median(nothing)
    return [name, f"{a:,.1f}", f"{b:.3f}", f"{a / b:,.0f}"]


# -- long queues ----------------------------------------------------------------------------------

# by hand: joining one after the other would take longer than everything else here
FILL = """
set local session_replication_role = replica;
insert into apartado.queue_entries
       (stock_id, member_id, quantity, ticket, priority, rank, joined_at, waiting_since)
select s.stock_id, m.member_id, 1, m.n, 0, m.n, clock_timestamp(), clock_timestamp()
  from (select x.member_id, row_number() over (order by x.member_id) as n
          from apartado.members x order by x.member_id limit {number}) m, apartado.stock s
 where s.item_id = {item};
insert into apartado.queue_blocks (stock_id, priority, block, entries)
select q.stock_id, q.priority, apartado._block(q.rank), count(*)
  from apartado.queue_entries q join apartado.stock s on s.stock_id = q.stock_id
 where s.item_id = {item} group by 1, 2, 3;
update apartado.stock
   set queue_length = {number}, next_ticket = {number} + 1, version = version + 1
 where item_id = {item};
update apartado.stock_tallies t set queue_length = s.queue_length, version = s.version
  from apartado.stock s where s.stock_id = t.stock_id and s.item_id = {item};
"""


def fill(connection: psycopg.Connection[Any], name: str, number: int) -> int:
    """An item of which nothing is left and for which so many wait: m1, m2 and so on."""
    item = put_items(connection, name, 1, 0)
    with connection.transaction():
        connection.execute(FILL.format(item=item, number=number).encode())
    connection.execute("vacuum analyze")
    connection.execute("checkpoint")
    return item


def queues(place: Place) -> Iterator[list[str]]:
    """Milliseconds of a look at a long queue, and of a restock into one, each beside `select 1`."""
    yield ["one call", "ms", "select 1, ms", "times"]
    waiting = place.number(LONG_LINE)
    with place.connect("queues") as connection:
        item = fill(connection, "long", waiting)
        for name in ("get_queue_position", "explain_position"):
            text = f"select * from apartado.{name}(%s, %s)"
            for where, place_in_line in (("in the middle", waiting // 2), ("at the end", waiting)):
                taken, nothing = [], []
                for _ in range(20):
                    nothing.append(milliseconds(connection, "select 1")[0])
                    taken.append(milliseconds(connection, text, [f"m{place_in_line}", item])[0])
                yield row_of(f"{name}: {waiting:,} wait, {where}", taken, nothing)

        line, units = place.number(LINE), place.number(RESTOCK)
        taken, nothing = [], []
        for turn in range(place.options.rounds):
            item = fill(connection, f"line{turn}", line)
            nothing.append(milliseconds(connection, "select 1")[0])
            took, (row,) = milliseconds(
                connection,
                "select promoted, queue_length from apartado.adjust_stock(null, %s, %s, 'bench')",
                [item, units],
            )
            taken.append(took)
            assert row == (units, line - units), row
        yield row_of(f"adjust_stock: {units:,} units, {line:,} wait", taken, nothing)


# -- what is left behind --------------------------------------------------------------------------

RESERVE_AND_CANCEL = """
\\set who :client_id * 1000 + random(1, 1000)
select reservation_id as held from apartado.reserve('m' || :who, {item}) \\gset
select * from apartado.cancel_reservation('m' || :who, :held);
"""
JOIN_AND_LEAVE = """
\\set who :client_id * 1000 + random(1, 1000)
select * from apartado.join_queue('m' || :who, {item});
select * from apartado.leave_queue('m' || :who, {item});
"""
SIZES = """
select c.relname, pg_total_relation_size(c.oid)
  from pg_class c
 where c.relnamespace = 'apartado'::regnamespace
   and c.relname = any (%s)
"""
KEPT = (
    *("stock", "stock_tallies", "member_turns", "queue_blocks"),
    *("reservations", "queue_entries", "events"),
)


def sizes(place: Place) -> Iterator[list[str]]:
    """Kilobytes of tables with their indexes after many cycles on one item, and of what lives."""
    number = place.number(CYCLES)
    yield [f"after up to {number:,} cycles on one item, kB", "as it is", "what lives", "times"]
    with place.connect("sizes") as connection:
        item = put_items(connection, "cycled", 1, 1000)
        wanted = put_items(connection, "wanted", 1, 0)
        connection.execute("vacuum analyze")
        # those who wait for a row pin its page, and a page that is pinned is not pruned: then the
        # row moves, and what it leaves is room again only after the next autovacuum
        for name, text, of, connections, cycles in (
            ("reserve and cancel, 1 at once", RESERVE_AND_CANCEL, item, 1, number // 5),
            (f"reserve and cancel, {CYCLERS} at once", RESERVE_AND_CANCEL, item, CYCLERS, number),
            (f"join and leave, {CYCLERS} at once", JOIN_AND_LEAVE, wanted, CYCLERS, number // 5),
        ):
            each = cycles // connections
            begin = time.perf_counter()
            place.pgbench("sizes", text.format(item=of), connections, calls=each)
            seconds = time.perf_counter() - begin
            before: dict[str, int] = dict(connection.execute(SIZES, [list(KEPT)]).fetchall())
            for kept in KEPT:
                connection.execute(f"vacuum full apartado.{kept}")
            after: dict[str, int] = dict(connection.execute(SIZES, [list(KEPT)]).fetchall())
            for kept in KEPT:
                yield [
                    f"{name}: {kept}", f"{before[kept] // 1024:,}", f"{after[kept] // 1024:,}",
                    f"{before[kept] / after[kept]:.2f}",
                ]  # fmt: skip
            yield [f"{name}: {each * connections / seconds:,.0f} cycles a second", "", "", ""]


# -- what costs the rest --------------------------------------------------------------------------

DISABLE = """
do $do$
declare v record;
begin
  for v in select t.tgrelid::regclass as place, t.tgname as name from pg_trigger t
             join pg_proc p on p.oid = t.tgfoid
            where not t.tgisinternal and concat(p.proname, ' ', t.tgrelid::regclass) ~ '{pattern}'
  loop
    execute format('alter table %s disable trigger %I', v.place, v.name);
  end loop;
end $do$;
"""
DROP_KEYS = """
do $do$
declare v record;
begin
  for v in select c.conrelid::regclass as place, c.conname as name from pg_constraint c
            where c.contype = 'f' and c.conrelid = 'apartado.reservations'::regclass
  loop
    execute format('alter table %s drop constraint %I', v.place, v.name);
  end loop;
end $do$;
"""
NO_LIMIT = """
create or replace function apartado._take_turn(
  p_member text, out member_id bigint, out class_id bigint) language plpgsql as $$
begin
  select m.member_id, m.class_id into member_id, class_id
    from apartado.members m where m.alias = p_member;
end $$;
create or replace function apartado._active_count(p_member_id bigint, p_now timestamptz)
  returns integer language plpgsql as $$
begin return 0; end $$;
"""
DROP_INDEXES = """
drop index apartado.reservations_due, apartado.reservations_due_of_a_stock,
  apartado.reservations_of_a_member;
"""

PARTS: list[tuple[str, str]] = [
    ("the bell (NOTIFY, gated)", DISABLE.format(pattern="^tg_events__ring ")),
    ("the check at the commit", DISABLE.format(pattern="__(refuse_disagreement|record_level) ")),
    (
        "the event, and the second count",
        DISABLE.format(pattern="^tg_reservations__record_(one|insert) "),
    ),
    ("the guards of state and version", DISABLE.format(pattern="refuse_change apartado.stock")),
    ("the turn and the limit of the member", NO_LIMIT),
    ("the foreign keys", DROP_KEYS),
    ("the indexes for deadlines and members", DROP_INDEXES),
]


def breakdown(place: Place, first: int) -> Iterator[list[str]]:
    """Microseconds of a call on one connection, with one part less on each line."""
    yield ["what costs the rest", "µs a call", "the part, µs", "of the whole"]
    names = ["parts"]
    for number, (_, change) in enumerate(PARTS):
        clone = f"parts_{number}"
        with place.connect("postgres") as connection:
            connection.execute(f"create database {clone} template {names[-1]}".encode())
        with place.connect(clone) as connection:
            connection.execute(change.encode())
        names.append(clone)

    spread = script(OURS, first, hot=False)
    taken: dict[str, list[float]] = {name: [] for name in [*names, "minimal"]}
    minimal = script(MINIMAL, first, hot=False)
    seconds = max(1, place.options.seconds // 2)
    for turn in range(2 * place.options.rounds - 1):
        for name in names if turn % 2 == 0 else reversed(names):
            taken[name].append(1e6 / place.pgbench(name, spread, 1, seconds))
        taken["minimal"].append(1e6 / place.pgbench("parts", minimal, 1, seconds))
    # the best of the rounds: whatever else the machine does can only add to it
    best = [min(taken[name]) for name in names]
    for (part, _), with_it, without in zip(PARTS, best, best[1:], strict=False):
        yield [
            f"- {part}", f"{without:,.0f}", f"{with_it - without:,.0f}",
            f"{(with_it - without) / best[0]:.0%}",
        ]  # fmt: skip
    least = min(taken["minimal"])
    yield [
        "- who, which rules, what is due, the answer; one statement", f"{least:,.0f}",
        f"{best[-1] - least:,.0f}", f"{(best[-1] - least) / best[0]:.0%}",
    ]  # fmt: skip
    yield ["= the minimal function", f"{least:,.0f}", f"{least:,.0f}", f"{least / best[0]:.0%}"]
    yield ["the whole", f"{best[0]:,.0f}", "", "100%"]


# -- the run --------------------------------------------------------------------------------------


def table(rows: Iterator[list[str]]) -> None:
    """Print rows as they come, the first one as their heads."""
    for number, row in enumerate(rows):
        name, *rest = row
        print(f"{name:<58}" + "".join(f"{cell:>13}" for cell in rest), flush=True)
        if number == 0:
            print("-" * (58 + 13 * len(rest)))
    print(flush=True)


@contextmanager
def cluster(options: Options) -> Iterator[Place]:
    """A cluster of its own, with the durability of the product, gone afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="apartado-bench-"))
    directory.chmod(0o755)  # the server may run as another user
    found = binaries.find_binaries(options.bindir)
    made = embedded.Cluster(directory / "data", found.directory)
    try:
        with made.started():
            yield Place(made, found.directory, options)
    finally:
        shutil.rmtree(directory)


def read_options(arguments: Sequence[str] | None) -> Options:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure, as ratios to a minimal function.")
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement (3)")
    parser.add_argument("--rounds", type=int, default=3, help="of everything (3)")
    parser.add_argument("--connections", default="1,8,32", help="comma-separated (1,8,32)")
    parser.add_argument("--calls", type=int, help="so many for each connection, instead of a time")
    parser.add_argument("--bindir", type=Path, help="of the PostgreSQL to measure (the newest)")
    parser.add_argument("--tables", nargs="+", choices=TABLES, default=TABLES, help="which (all)")
    given = parser.parse_args(arguments)
    connections = tuple(int(number) for number in given.connections.split(","))
    return Options(
        given.seconds, given.rounds, connections, given.calls, given.bindir, tuple(given.tables)
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Everything, printed as it is found."""
    options = read_options(arguments)
    with cluster(options) as place:
        with place.connect("postgres") as connection:
            row = connection.execute("select current_setting('server_version')").fetchone()
            assert row is not None
            print(f"PostgreSQL {row[0]}, full durability, {options.rounds} rounds\n")
            connection.execute("create database parts")
            connection.execute("create database sweep")
            connection.execute("create database queues")
            connection.execute("create database sizes")
        first = prepare(place, embedded.DATABASE, options.members)
        if "reserve" in options.tables:
            table(throughput(place, first))
        if "sweeps" in options.tables:
            prepare_sweeps(place)
            table(sweeps(place))
        if "queues" in options.tables:
            prepare(place, "queues", LONG_LINE)
            with place.connect("queues") as connection:
                connection.execute(
                    "update apartado.policies set queue_limit = 1000000, active_limit = 1000"
                )
            table(queues(place))
        if "sizes" in options.tables:
            prepare(place, "sizes", 1000 * (CYCLERS + 1))
            table(sizes(place))
        if "parts" in options.tables:
            first = prepare(place, "parts", options.members // len(options.connections))
            table(breakdown(place, first))


if __name__ == "__main__":
    main()
