"""The ledger's order, its numbering and its bell, step by step and under load."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from clusters import Database
from scenes import LEVELS, Shop, breaks
from sessions import Stage

RESERVE = "select * from apartado.reserve(%s, %s)"
NUMBER = "select apartado._number_events() as numbered"


class Reader:
    """An operator who reads the ledger from a cursor, page by page."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        (self.alias,) = shop.members("operator")
        shop.ask("select * from apartado.grant_operator(null, %s)", [self.alias])
        shop.ask("select apartado._number_events(100000)")
        self.after = int(shop.one("select pos from apartado.event_head()"))

    def read(self) -> list[int]:
        """The items of the events that came since, in their order."""
        rows = self.shop.ask(
            "select pos, item_id from apartado.list_events(%s, %s)", [self.alias, self.after]
        )
        if rows:
            assert [row["pos"] for row in rows] == [self.after + n + 1 for n in range(len(rows))]
            self.after = rows[-1]["pos"]
        return [row["item_id"] for row in rows]


def ids_become_visible_out_of_order(shop: Shop, stage: Stage) -> None:
    """The older id is committed after a reader has seen the newer one."""
    ana, bea = shop.members("ana", "bea")
    items = shop.item(), shop.item()
    reader = Reader(shop)
    slow, quick = stage.sessions("slow", "quick")
    slow.step("begin")
    slow.step(RESERVE, [ana, items[0]])
    quick.step(RESERVE, [bea, items[1]])
    shop.ask(NUMBER)
    assert reader.read() == [items[1]]
    slow.step("commit")
    shop.ask(NUMBER)
    assert reader.read() == [items[0]]
    shop.check()


def test_trap_38_a_reader_misses_no_event_that_became_visible_late(
    shop: Shop, stage: Stage
) -> None:
    ids_become_visible_out_of_order(shop, stage)


def a_long_transaction_elsewhere(shop: Shop, stage: Stage) -> None:
    """Somebody writes for hours in a table of their own."""
    (ana,) = shop.members("ana")
    item = shop.item()
    shop.ask("create table if not exists public.elsewhere (n int)")
    reader = Reader(shop)
    elsewhere, member = stage.sessions("elsewhere", "member")
    elsewhere.step("begin")
    elsewhere.step("insert into public.elsewhere values (1)")
    member.step(RESERVE, [ana, item])
    shop.ask(NUMBER)
    assert reader.read() == [item]
    elsewhere.step("commit")


def test_trap_39_a_long_transaction_elsewhere_stops_no_event(shop: Shop, stage: Stage) -> None:
    a_long_transaction_elsewhere(shop, stage)


def a_stalled_writer(shop: Shop, stage: Stage) -> None:
    """The low-water id never passes an event that is still to be committed."""
    ana, *others = shop.members("ana", *[f"other{n}." for n in range(12)])
    items = shop.item(), shop.item(20)
    reader = Reader(shop)
    stalled = stage.session("stalled")
    stalled.step("begin")
    stalled.step(RESERVE, [ana, items[0]])
    for alias in others:
        shop.reserve(alias, items[1])
        shop.ask(NUMBER)
    stalled.step("commit")
    shop.ask(NUMBER)
    assert reader.read() == [items[1]] * len(others) + [items[0]]
    shop.check()


def test_the_search_for_events_never_begins_above_a_stalled_one(shop: Shop, stage: Stage) -> None:
    a_stalled_writer(shop, stage)


MUTANTS: dict[str, tuple[str, str, Callable[[Shop, Stage], None]]] = {
    "the id is the position": (
        r"v_cursor\.last_pos \+ row_number\(\) over \(order by f\.event_id\)", "f.event_id",
        ids_become_visible_out_of_order,
    ),
    "a watermark of transaction ids": (
        r"and e\.pos is null",
        "and e.pos is null and e.xmin::text::bigint"
        " < pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
        a_long_transaction_elsewhere,
    ),
    "the low-water id moves at once": (
        r"v_numbered < p_limit and v_oldest >= v_cursor\.mark_xid", "true", a_stalled_writer,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_is_caught_when(mutant: Shop, mutant_stage: Stage, name: str) -> None:
    pattern, replacement, race = MUTANTS[name]
    mutant.mutate(pattern, replacement, "_number_events")
    breaks(lambda: race(mutant, mutant_stage))


@pytest.mark.parametrize("level", LEVELS[1:])
def test_trap_66_numbering_is_refused_outside_read_committed(
    shop: Shop, stage: Stage, level: str
) -> None:
    session = stage.session("session", isolation=level)
    assert session.step(NUMBER).error.sqlstate == "RS312"


def test_trap_66_a_readers_open_transaction_stops_nobody(shop: Shop, stage: Stage) -> None:
    ana, bea = shop.members("ana", "bea")
    items = shop.item(), shop.item()
    reader = Reader(shop)
    slow_reader = stage.session("slow_reader", isolation=LEVELS[1])
    slow_reader.step("begin read only")
    text = "select item_id from apartado.list_events(%s, %s)"
    assert slow_reader.step(text, [reader.alias, reader.after]).rows == []
    for alias, item in zip((ana, bea), items, strict=True):
        assert not stage.session(alias).step(RESERVE, [alias, item]).blocked
        assert not stage.session("numberer").step(NUMBER).blocked
        assert reader.read() == [item]
    assert slow_reader.step(text, [reader.alias, reader.after - 2]).rows == []  # its own moment
    slow_reader.step("commit")


def test_trap_66_two_numberers_come_one_after_the_other(shop: Shop, stage: Stage) -> None:
    (ana,) = shop.members("ana")
    item = shop.item()
    reader = Reader(shop)
    shop.reserve(ana, item)
    one, other = stage.sessions("one", "other")
    one.step("begin")
    assert one.step(NUMBER).row["numbered"] == 1
    late = other.step(NUMBER)
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert late.row["numbered"] == 0
    assert reader.read() == [item]


# -- the bell -----------------------------------------------------------------------------------


class Listener:
    """Hears what was rung before a moment, without waiting for anything that may not come."""

    def __init__(self, database: Database) -> None:
        self.connection = database.connect()
        self.connection.execute("listen apartado; listen this_moment")

    def rings(self, shop: Shop) -> list[str]:
        """Payloads of all rings up to now: notifications are delivered in the order of commits."""
        shop.ask("notify this_moment")
        heard: list[str] = []
        for notification in self.connection.notifies(timeout=60):
            if notification.channel == "this_moment":
                return heard
            heard.append(notification.payload)
        raise AssertionError("not even the moment itself was heard")

    def close(self) -> None:
        self.connection.close()


def many_beside_one(shop: Shop, stage: Stage) -> None:
    """While one transaction that will ring is open, the others share its ring."""
    ana, *others = shop.members("ana", *[f"other{n}." for n in range(20)])
    items = shop.item(), shop.item(20)
    listener = Listener(shop.database)
    try:
        shop.reserve(others[0], items[1])
        assert listener.rings(shop) == [""]  # alone, each rings
        busy = stage.session("busy")
        busy.step("begin")
        busy.step(RESERVE, [ana, items[0]])
        for alias in others[1:]:
            shop.reserve(alias, items[1])
        assert listener.rings(shop) == []
        busy.step("commit")
        assert listener.rings(shop) == [""]
    finally:
        listener.close()


def test_traps_40_and_41_one_ring_for_many_with_an_empty_payload(shop: Shop, stage: Stage) -> None:
    many_beside_one(shop, stage)


BELLS = {
    "trap 40: every transaction rings": (r"and pg_try_advisory_xact_lock\([^)]*\)\)", ""),
    "trap 41: the payload says what": (r"pg_notify\('apartado', ''\)",
                                       "pg_notify('apartado', tg_table_name)"),
}  # fmt: skip


@pytest.mark.parametrize("name", BELLS)
def test_is_caught_when_of_the_bell(mutant: Shop, mutant_stage: Stage, name: str) -> None:
    mutant.mutate(*BELLS[name], "tg_events__ring")
    breaks(lambda: many_beside_one(mutant, mutant_stage))


def test_a_transaction_that_is_to_be_prepared_rings_no_bell(shop: Shop) -> None:
    (ana,) = shop.members("ana")
    item = shop.item()
    listener = Listener(shop.database)
    try:
        with shop.connection.transaction():
            shop.ask("set local apartado.bell = 'off'")
            shop.reserve(ana, item)
        assert listener.rings(shop) == []
    finally:
        listener.close()


# -- all at once --------------------------------------------------------------------------------

WRITERS, NUMBERERS, READERS, ROUNDS = 5, 2, 20, 40


class Load:
    """5 writers that abort and stall, 2 numberers, 20 readers that come and go."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.members = shop.members(*[f"writer{n}." for n in range(WRITERS)])
        policy = shop.policy(active_limit=1000)
        self.items = [shop.item(2, policy=policy) for _ in range(4)]
        self.reader = Reader(shop)
        self.begin = self.reader.after
        self.written = threading.Event()
        self.last: int | None = None
        self.moved = threading.Condition()

    def write(self, number: int) -> int:
        """Reserve or wait, cancel, leave; some of it is taken back, some is held open a while."""
        chance = random.Random(number)
        alias, done = self.members[number], 0
        with self.shop.database.connect(autocommit=False) as connection:
            for _ in range(ROUNDS):
                item = chance.choice(self.items)
                try:
                    self._one(connection, alias, item)
                    if chance.random() < 0.2:  # a stall: until somebody else has moved
                        with self.moved:
                            self.moved.wait(0.02)
                    if chance.random() < 0.2:
                        connection.rollback()
                        continue
                    connection.commit()
                    done += 1
                except psycopg.Error as error:
                    connection.rollback()
                    if not (error.sqlstate or "").startswith("RS"):
                        raise
                with self.moved:
                    self.moved.notify_all()
        return done

    def _one(self, connection: psycopg.Connection[Any], alias: str, item: int) -> None:
        held = connection.execute(
            "select reservation_id from apartado.list_reservations(%s)"
            " where item_id = %s and status = 'active'", [alias, item],
        ).fetchone()  # fmt: skip
        if held:
            cancel = "select * from apartado.cancel_reservation(%s, %s)"
            connection.execute(cancel, [alias, held[0]])
        else:
            connection.execute(
                "select * from apartado.reserve(%s, %s, p_if_unavailable => 'queue')",
                [alias, item],
            )

    def number(self) -> int:
        """As the service's loop: again and again, until all is written and nothing is left."""
        numbered = 0
        with self.shop.database.connect("apartado_api") as connection:
            while True:
                over = self.written.is_set()
                row = connection.execute("select apartado._number_events(7)").fetchone()
                assert row is not None
                numbered += int(row[0])
                if over and row[0] == 0:
                    return numbered

    def read(self, seed: int) -> list[tuple[int, int, int]]:
        """Positions, items and versions, in pages of any size over connections that break off."""
        chance = random.Random(seed)
        seen: list[tuple[int, int, int]] = []
        cursor = self.begin
        while self.last is None or cursor < self.last:
            with self.shop.database.connect("apartado_api") as connection:
                for _ in range(chance.randrange(1, 8)):
                    page = connection.execute(
                        "select pos, item_id, (data ->> 'version')::bigint"
                        " from apartado.list_events(%s, %s, %s)",
                        [self.reader.alias, cursor, chance.randrange(1, 60)],
                    ).fetchall()
                    seen.extend(page)
                    cursor = seen[-1][0] if seen else cursor
        return seen

    def run(self) -> list[list[tuple[int, int, int]]]:
        """What each reader saw."""
        with ThreadPoolExecutor(WRITERS + NUMBERERS + READERS) as crowd:
            writers = [crowd.submit(self.write, n) for n in range(WRITERS)]
            numberers = [crowd.submit(self.number) for _ in range(NUMBERERS)]
            readers = [crowd.submit(self.read, seed) for seed in range(READERS)]
            try:
                assert sum(writer.result() for writer in writers) > ROUNDS
            finally:
                self.written.set()
                numbered = sum(numberer.result() for numberer in numberers)
                self.last = self.begin + numbered
            return [reader.result() for reader in readers]


def test_20_readers_that_come_and_go_each_see_everything_once_and_in_order(shop: Shop) -> None:
    load = Load(shop)
    seen = load.run()
    assert load.last is not None
    assert load.last > load.begin + ROUNDS
    everything = list(range(load.begin + 1, load.last + 1))
    for one in seen:
        assert [pos for pos, _, _ in one] == everything
    for item in load.items:
        versions = [version for _, its, version in seen[0] if its == item]
        assert versions
        assert versions == sorted(versions)
    assert shop.one("select count(*) from apartado.events where pos is null") == 0
    shop.check()


COUNTERS = ("available", "reserved", "sold", "queue_length")


def snapshots_beside_writers(shop: Shop) -> None:
    """Each snapshot, with what follows its position, is in the end what all the others are."""
    load = Load(shop)
    taken: list[tuple[int, dict[int, dict[str, int]]]] = []

    def take() -> dict[int, dict[str, int]]:
        ask = "select pos, statuses from apartado.get_snapshot(null, %s)"
        (row,) = shop.ask(ask, [load.items])
        state = {status["item_id"]: status for status in row["statuses"]}
        taken.append((row["pos"], state))
        return state

    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(load.run)
        while not running.done():
            take()
            with load.moved:
                load.moved.wait(0.05)
        running.result()
    end = take()
    assert len({pos for pos, _ in taken}) > 3, "no writer came between two snapshots"
    for pos, state in taken:
        events = shop.ask(
            "select item_id, data from apartado.list_events(%s, %s, 1000)", [load.reader.alias, pos]
        )
        for row in events:
            if row["data"]["version"] > state[row["item_id"]]["version"]:
                state[row["item_id"]] = row["data"]
        for item in load.items:
            assert [state[item][name] for name in COUNTERS] == [
                end[item][name] for name in COUNTERS
            ]


def test_a_snapshot_and_its_tail_lose_nothing_while_writers_write(shop: Shop) -> None:
    snapshots_beside_writers(shop)


def test_is_caught_when_of_the_snapshot(mutant: Shop) -> None:
    """The position of a snapshot is read after its statuses: as of what is to come."""
    mutant.mutate(r"select c\.last_pos,", "select c.last_pos + 5,", "get_snapshot")
    breaks(lambda: snapshots_beside_writers(mutant))
