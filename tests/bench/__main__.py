"""`make bench`: what is measured, each line beside its limit and the run's own `select 1`.

make bench ARGS="--list"
make bench ARGS="looks sweep"
make bench ARGS=--write-readme
make bench ARGS="--tables parts --rounds 5"

The limits are for a machine with two cores that does nothing else. `--tables` prints tables of
bench.py instead, with its options. Without a name everything is measured, and then the tables that
have no limits are printed, too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pages
from apartado import embedded
from bench import bench, growth, opening, streams
from bench.bench import Options, Place, cluster, milliseconds, table
from prove.clocks import SHIFTED

HEAD = "| what | figure | limit | `select 1` | pass | again |\n|---|---|---|---|---|---|"
CONNECTIONS = (1, 8, 32)
RATIO = 0.6
BOUND = {("one hot item", 1), ("one hot item", 8), ("one hot item", 32), ("1,000 items", 32)}
SWEEP = 1000.0
WATCHED = 30  # calls of which a figure is the median
LONG_LINE = "get_queue_position of the last"
READERS, RATE, SECONDS = 1000, 10, 20
PEOPLE, UNITS = 2000, 300


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    group: str
    what: str
    figure: str
    limit: str = ""
    kept: bool | None = None
    nothing: float | None = None

    @property
    def mark(self) -> str:
        """Whether the limit is kept; a dash where there is none."""
        return {True: "yes", False: "NO", None: "-"}[self.kept]

    def __str__(self) -> str:
        beside = "" if self.nothing is None else f"{self.nothing:.3f} ms"
        again = f'`make bench ARGS="{self.group}"`'
        return f"| {self.what} | {self.figure} | {self.limit} | {beside} | {self.mark} | {again} |"


@dataclass(frozen=True)
class Run:
    """One run: its cluster, and its size; 1 is the whole, and limits are for the whole."""

    place: Place
    size: float

    def of(self, whole: int, least: int = 1) -> int:
        """A number of the whole, made smaller with the rest."""
        return max(least, round(whole * self.size))

    def below(self, line: Line, found: float, limit: float, unit: str = "") -> Line:
        """The line with its limit: what was found must be less."""
        kept = found < limit if self.size == 1 else None
        return replace(line, limit=f"{limit:,.0f}{unit}", kept=kept)

    def nothing(self) -> float:
        """Milliseconds of the least that there is."""
        with self.place.connect() as connection:
            taken = sorted(milliseconds(connection, "select 1")[0] for _ in range(51))
        return taken[25]


def reserve(run: Run) -> Iterator[Line]:
    """Reserving in SQL, beside the minimal function of the same run"""
    nothing = run.nothing()
    first = bench.prepare(run.place, embedded.DATABASE, run.place.options.members)
    for pair in bench.pairs(run.place, first):
        bound = (pair.shape, pair.connections) in BOUND and run.size == 1
        yield Line(
            "reserve",
            f"reserve in SQL, {pair.shape}, {pair.connections} at once",
            f"{pair.ours:,.0f}/s of {pair.minimal:,.0f}/s: {pair.ratio:.2f}",
            f"{RATIO}" if (pair.shape, pair.connections) in BOUND else "",
            pair.ratio >= RATIO if bound else None,
            nothing,
        )


def sweep(run: Run) -> Iterator[Line]:
    """expire_and_promote of 10,000 reservations with 20,000 people waiting"""
    bench.prepare_sweeps(run.place)
    number = run.place.number(bench.SWEPT_ITEMS)
    found = sorted(
        bench.sweep(run.place, number, waiting=True) for _ in range(run.place.options.rounds)
    )
    took, nothing = found[len(found) // 2]
    what = (
        f"expire_and_promote, {number * bench.SWEPT_EACH:,} due over {number:,} items,"
        f" {number * bench.SWEPT_WAITING:,} waiting"
    )
    yield run.below(Line("sweep", what, f"{took:,.0f} ms", nothing=nothing), took, SWEEP, " ms")


def looks(run: Run) -> Iterator[Line]:
    """statuses, find_items and places in a queue, from a thousand rows to a million"""
    sizes = [run.of(size, 1000) for size in growth.SIZES]
    with growth.watched(run.place, WATCHED if run.size == 1 else 2) as watch:
        found = growth.measure(watch, sizes)
        table(growth.growth(found, sizes))
        nothing = found["select 1"][0]
        for name, limit in growth.LIMITS.items():
            at = 1 if name == LONG_LINE else 2
            what = f"{name}, {sizes[at]:,} rows"
            taken = found[name][at]
            figure = f"{taken:.2f} ms, {growth.doublings(found, name):.1f} doublings"
            yield run.below(Line("looks", what, figure, nothing=nothing), taken, limit, " ms")
        yield from _on_disk(run, watch)


def _on_disk(run: Run, watch: growth.Watch) -> Iterator[Line]:
    """What so many reservations weigh, and that their events can be forgotten."""
    number = run.of(1_000_000, 1000)
    weight = growth.weigh(watch.connection, number)
    for name, parts in weight.items():
        yield Line("looks", f"bytes of each of {number:,} {name}", f"{sum(parts):,.0f}")
    watch.connection.execute(SHIFTED.format("10 years").encode())
    count = "select count(*) from apartado.events"
    ((before,),) = watch.connection.execute(count).fetchall()
    begin = time.perf_counter()
    while watch.connection.execute(
        "select events from apartado.forget_old_history()"
    ).fetchall() != [(0,)]:
        pass
    took = time.perf_counter() - begin
    ((left,),) = watch.connection.execute(count + " where pos is not null").fetchall()
    watch.connection.execute("vacuum apartado.events")
    ((size,),) = watch.connection.execute("select pg_table_size('apartado.events')").fetchall()
    yield Line(
        "looks", f"retention: {before:,} events that are too old are forgotten",
        f"{left} left after {took:.1f} s, {size / 2**20:.0f} MiB of table", "0 left", left == 0,
    )  # fmt: skip


def crowd(run: Run) -> Iterator[Line]:
    """the service with 1,000 streams"""
    readers = run.of(READERS, 5)
    found = streams.measure(readers, RATE, max(1, run.of(SECONDS)))
    whole = found["readers that got every event in order"]
    told = f"{readers:,} streams, {RATE} events a second"
    yield Line(
        "crowd", f"{told}: readers that got each in order", f"{whole:,.0f}", f"{readers:,}",
        whole == readers,
    )  # fmt: skip
    for name, limit in streams.WANTED.items():
        line = Line("crowd", f"{told}: {name}", f"{found[name]:,.0f}")
        yield run.below(line, found[name], limit)


def drop(run: Run) -> Iterator[Line]:
    """the opening of a drop: 2,000 people, 300 units, 1,000 streams"""
    people, units = run.of(PEOPLE, 20), run.of(UNITS, 3)
    found = opening.measure(people, units, run.size)
    told = f"a drop opens: {people:,} people, {units:,} units"
    exact = {
        "units sold": units, "who waits": people - units, "broken rules": 0, "streams cut": 0,
        "503 of reserve": 0, "503 of join_queue": 0, "503 of confirm_reservation": 0,
    }  # fmt: skip
    for name, figure in found.items():
        line = Line("drop", f"{told}: {name}", f"{figure:,.0f}")
        if name in exact:
            yield replace(line, limit=f"{exact[name]:,}", kept=figure == exact[name])
        elif name in opening.LIMITS:
            yield run.below(line, figure, opening.LIMITS[name])
        else:
            yield line


GROUPS: dict[str, Callable[[Run], Iterator[Line]]] = {
    "reserve": reserve, "sweep": sweep, "looks": looks, "crowd": crowd, "drop": drop,
}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if "--tables" in given:
        bench.main(given)
        return 0
    chosen = pages.arguments("bench", __doc__, "groups of lines")
    chosen.add_argument("--seconds", type=int, default=3, help="of each measurement (3)")
    chosen.add_argument("--rounds", type=int, default=3, help="of everything (3)")
    asked = chosen.parse_args(given)
    if asked.list:
        for name, group in GROUPS.items():
            print(f"{name:10} {group.__doc__}")
        return 0
    if unknown := [name for name in asked.names if name not in GROUPS]:
        chosen.error(f"there is no {', '.join(unknown)}")
    calls = None if asked.size == 1 else 5
    options = Options(asked.seconds, asked.rounds, CONNECTIONS, calls, None)
    lines: list[Line] = []
    for name, group in GROUPS.items():
        if not asked.names or name in asked.names:
            with cluster(options) as place, place.connect("postgres") as connection:
                connection.execute("create database sweep")
                print(f"\n{HEAD}")
                for line in group(Run(place, asked.size)):
                    lines.append(line)
                    print(line, flush=True)
    bound = [line for line in lines if line.kept is not None]
    missed = [line.what for line in bound if not line.kept]
    kept = f"{len(bound) - len(missed)} of {len(bound)} limits were kept"
    kept += f"; not: {' · '.join(missed)}" if missed else ""
    print(f"\n{kept}")
    if asked.write_readme and not asked.names and asked.size == 1:
        pages.put(pages.PROOF, "bench", "\n".join([HEAD, *map(str, lines), "", f"{kept}."]))
        pages.put(pages.README, "bench", f"In the last run of `make bench` {kept}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
