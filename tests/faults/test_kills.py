"""kill -9 of a backend and of the server, with full durability: what was acknowledged is there.

Only a ledger kept by the clients can see a loss: after one, every invariant stays green.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

import clusters
from apartado import database as db
from apartado.embedded import DATABASE, Cluster
from clusters import Database, Server
from scenes import ATTEMPTS, Shop

WRITERS, KILLS, EACH = 8, 2, 30
RESERVE = "select reservation_id from apartado.reserve(%s, %s, p_idempotency_key => %s)"


def kill(process: int) -> None:
    """kill -9, and wait until the operating system has carried it out."""
    handle = os.pidfd_open(process)
    try:
        os.kill(process, signal.SIGKILL)
        assert select.select([handle], [], [], 30)[0], "it is still there"
    finally:
        os.close(handle)


@pytest.fixture
def durable(server: Server) -> Iterator[Cluster]:
    """A migrated cluster of its own with the settings that the product itself uses."""
    place = clusters.directory()
    cluster = Cluster(place / "data", clusters.available()[server.major])
    try:
        cluster.start()
        db.migrate(cluster.url())
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(place)


def where(cluster: Cluster, server: Server) -> Database:
    """The product's own database in the cluster."""
    return Database(str(cluster.socket_directory), DATABASE, server.major)


class Writers:
    """Clients that keep a ledger of what they were told, and ask again with the same key."""

    def __init__(self, cluster: Cluster, place: Database, shop: Shop) -> None:
        self.cluster, self.place = cluster, place
        self.items = [shop.item(WRITERS * EACH) for _ in range(3)]
        self.members = shop.members(*[f"m{n}." for n in range(WRITERS * EACH)])
        self.ledger: dict[str, int] = {}
        self.moved = threading.Condition()
        self.up = threading.Event()
        self.up.set()

    def write(self, number: int) -> None:
        """Each request until it is answered; a lost connection leaves it open what happened."""
        connection: psycopg.Connection[tuple[int]] | None = None
        for alias in self.members[number::WRITERS]:
            item = self.items[len(alias) % len(self.items)]
            for _ in range(ATTEMPTS):
                try:
                    if connection is None or connection.closed:
                        connection = psycopg.connect(self.place.url("dba"), autocommit=True)
                    row = connection.execute(RESERVE, [alias, item, f"key of {alias}"]).fetchone()
                    break
                except psycopg.OperationalError:
                    assert self.up.wait(60)  # as long as there is nothing to connect to
            assert row is not None
            with self.moved:
                assert self.ledger.setdefault(alias, row[0]) == row[0]
                self.moved.notify_all()
        if connection is not None:
            connection.close()

    def acknowledged(self, at_least: int) -> None:
        """Wait until so many were told that they have it."""
        with self.moved:
            assert self.moved.wait_for(lambda: len(self.ledger) >= at_least, 60)


def test_after_kill_9_of_the_server_everything_acknowledged_is_there_once(
    durable: Cluster, server: Server
) -> None:
    place = where(durable, server)
    shop = Shop(place)
    shop.ask("create role dba login in role apartado_operator")
    writers = Writers(durable, place, shop)
    shop.close()
    with ThreadPoolExecutor(WRITERS) as crowd:
        running = [crowd.submit(writers.write, n) for n in range(WRITERS)]
        for number in range(1, KILLS + 1):
            writers.acknowledged(number * WRITERS * EACH // (KILLS + 2))
            writers.up.clear()
            kill(int((durable.pgdata / "postmaster.pid").read_text().split()[0]))
            durable.start()
            writers.up.set()
        for one in running:
            one.result()

    shop = Shop(place)
    found = {
        row["alias"]: row["reservation_id"]
        for row in shop.ask(
            "select m.alias, r.reservation_id from apartado.reservations r"
            " join apartado.members m on m.member_id = r.member_id where r.status = 'active'"
        )
    }
    assert len(writers.ledger) == WRITERS * EACH
    assert found == writers.ledger
    assert shop.one("select count(*) from apartado.reservations") == WRITERS * EACH
    shop.ask("select apartado._number_events(100000)")
    told = "select count(*) from apartado.events where kind = 'reservation.created'"
    assert shop.one(f"{told} and pos is not null") == WRITERS * EACH
    shop.check()
    shop.close()


def test_a_backend_killed_in_the_middle_leaves_nothing_half_done(
    durable: Cluster, server: Server
) -> None:
    place = where(durable, server)
    shop = Shop(place)
    ana, bea = shop.members("ana", "bea")
    item = shop.item(2)
    kept = shop.reserve(bea, item)
    with psycopg.connect(place.url()) as doomed:
        doomed.execute("select * from apartado.reserve(%s, %s)", [ana, item])
        doomed.execute("select * from apartado.cancel_reservation(%s, %s)", [bea, kept])
        kill(doomed.info.backend_pid)
        with pytest.raises(psycopg.OperationalError):
            doomed.execute("select 1")
    shop.close()  # the server ends all others, too: what the dead one left in memory is unknown

    shop = _again(place)
    state = shop.state(item)
    assert (state.available, state.holders) == (1, [bea])
    assert shop.status(kept) == "active"
    assert shop.reserve(ana, item) > kept
    shop.ask("select apartado._number_events(100000)")
    shop.check(item)
    shop.close()


def _again(place: Database) -> Shop:
    """As soon as the server has recovered; until then it says that it is at it."""
    give_up = time.monotonic() + 60
    while True:
        try:
            return Shop(place)
        except psycopg.OperationalError:
            assert time.monotonic() < give_up
            time.sleep(0.02)
