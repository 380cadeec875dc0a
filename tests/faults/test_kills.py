"""kill -9 of a backend in the middle of a transaction; under load it is a proof (tests/prove)."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

import psycopg
import pytest

import clusters
from apartado import database as db
from apartado.embedded import DATABASE, Cluster
from clusters import Database, Server
from prove.cluster import kill
from scenes import Shop


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
