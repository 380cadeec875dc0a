"""A listener that hears nothing, because something before the database forgets LISTEN."""

from __future__ import annotations

import itertools
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from psycopg.conninfo import make_conninfo

from apartado import events
from clusters import Database
from services import HOST, PATIENCE, Service
from streams import EventStream

pytestmark = pytest.mark.one_postgresql

LISTEN, FORGOTTEN = b"listen apartado", b"unlisten *     "


class Pooler:
    """What LISTEN comes to behind a pooler in transaction mode: it is answered, and forgotten."""

    def __init__(self, database: Database) -> None:
        self._target = f"{database.host}/.s.PGSQL.5432"
        self._door = socket.create_server((HOST, 0))
        self.forgets = True
        self.forgotten = 0
        self.passes = threading.Event()
        """Until it is set, nothing that the listener asks is passed on."""
        self.passes.set()
        self.url = make_conninfo(
            "",
            host=HOST,
            port=self._door.getsockname()[1],
            dbname=database.name,
            user="apartado_api",
        )
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):  # the test is over
            while True:
                near, _ = self._door.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._target)
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        listens = False
        with suppress(OSError), sink:
            while data := source.recv(65_536):
                listens = listens or LISTEN in data
                if self.forgets and LISTEN in data:
                    self.forgotten += 1
                    data = data.replace(LISTEN, FORGOTTEN)
                if listens:
                    self.passes.wait()
                sink.sendall(data)

    def close(self) -> None:
        self._door.close()


@pytest.fixture
def pooler(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[Pooler]:
    caplog.set_level(logging.WARNING, "apartado")
    monkeypatch.setattr("apartado.events.IDLE_LOOK_SECONDS", 0.05)
    monkeypatch.setattr("apartado.hearing.HEARD_SECONDS", 0.3)
    monkeypatch.setattr("apartado.hearing.RING_SECONDS", 0.3)
    # A machine that stalls for seconds is another matter: it is not hung up on here.
    monkeypatch.setattr("apartado.events.ANSWER_SECONDS", PATIENCE)
    pooler = Pooler(database)
    yield pooler
    pooler.close()


def _listener(service: Service) -> str:
    found: str = service.client().get("/health").json()["checks"]["listener"]
    return found


def test_trap_61_a_listener_behind_a_pooler_is_noticed_and_misses_nothing(
    database: Database, pooler: Pooler, caplog: pytest.LogCaptureFixture
) -> None:
    """Mutant: Hub.heard set by every look, and not by a ring alone."""
    with Service(database, pooler.url) as service:
        service.until(lambda: _listener(service) == "deaf")
        assert pooler.forgotten == 1
        assert "APARTADO_LISTEN_URL" in caplog.text
        assert service.client().get("/health").status_code == 200
        operator = service.operator()
        item = service.item(operator)
        with EventStream(service.port, f"?item={item}&after=0") as reader:
            operator.call("adjust_stock", item=item, delta=1, reason="more")
            assert "stock.changed" in (event.kind for event in reader.events())


def test_who_is_deaf_stays_so_in_a_crowd(
    database: Database, pooler: Pooler, caplog: pytest.LogCaptureFixture
) -> None:
    """Mutant: who stops listening on purpose counts as one who heard."""
    with Service(database, pooler.url) as service:
        service.until(lambda: _listener(service) == "deaf")
        until = time.monotonic() + 2  # several rings
        while time.monotonic() < until:
            _tell_a_crowd(service)
            assert _listener(service) == "deaf"
        assert "hears again" not in caplog.text


def test_a_listener_that_hears_is_not_called_deaf(
    database: Database, pooler: Pooler, caplog: pytest.LogCaptureFixture
) -> None:
    pooler.forgets = False
    with Service(database, pooler.url) as service:
        service.until(service.parts.hub.heard.is_set)
        assert _listener(service) == "ok"
        assert caplog.text == ""


def test_a_listener_that_waits_for_the_database_is_not_called_deaf(
    database: Database, pooler: Pooler, caplog: pytest.LogCaptureFixture
) -> None:
    """Mutant: what is not heard in time counts as not heard."""
    pooler.forgets = False
    with Service(database, pooler.url) as service:
        service.until(service.parts.hub.heard.is_set)
        pooler.passes.clear()
        time.sleep(1.5)  # several rings
        assert _listener(service) != "deaf"
        pooler.passes.set()
        service.parts.hub.heard.clear()
        service.until(service.parts.hub.heard.is_set)
        service.until(lambda: _listener(service) == "ok")
        assert caplog.text == ""


def _tell_a_crowd(service: Service) -> None:
    with service.database.connect("dba") as connection:
        rows = connection.execute(
            "select count(*) from apartado.put_items(null, (select jsonb_agg(jsonb_build_object("
            "'sku', gen_random_uuid(), 'title', 'One of a crowd', 'quantity', 1))"
            " from generate_series(1, 50) n))"
        )
        assert rows.fetchall() == [(50,)]


@pytest.fixture
def wakes_only_when_rung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apartado.events.IDLE_LOOK_SECONDS", 2 * PATIENCE)
    monkeypatch.setattr("apartado.events.LOOK_SECONDS", 2 * PATIENCE)


@pytest.mark.usefixtures("wakes_only_when_rung")
def test_nobody_listens_in_a_crowd_and_who_comes_to_read_is_told_at_once(
    database: Database,
) -> None:
    """Mutants: who comes is not looked for in a crowd; the hub does not listen again."""
    with Service(database) as service:
        hub = service.parts.hub
        item = service.item(service.operator())
        member = service.member("cai")
        service.until(lambda: hub.listens)
        _tell_a_crowd(service)
        service.until(lambda: not hub.listens)
        made = member.call("reserve", item=item)
        assert not hub.listens
        with EventStream(service.port, f"?item={item}&after=0") as reader:
            told = (event.kind for event in reader.events())
            assert "reservation.created" in told
            service.until(lambda: hub.listens)
            member.call("cancel_reservation", reservation=made["reservation_id"])
            assert "reservation.cancelled" in told


def test_who_does_not_listen_in_a_crowd_is_not_called_deaf(
    database: Database,
    pooler: Pooler,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Mutant: Hearing rings whether or not anybody listens."""
    monkeypatch.setattr("apartado.events.CROWD", 0)
    with Service(database, pooler.url) as service:
        service.until(lambda: service.parts.hub.pos is not None and not service.parts.hub.listens)
        time.sleep(1.5)  # several rings
        assert _listener(service) == "ok"
        assert caplog.text == ""


def test_the_first_who_reads_is_told_though_nobody_rings(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: while nobody reads one ring is waited for, and nothing else."""
    monkeypatch.setattr("apartado.events.IDLE_LOOK_SECONDS", 2 * PATIENCE)
    with Service(database) as service, database.connect("dba", autocommit=False) as writer:
        item = service.item(service.operator())
        member = service.member("cai")
        service.until(lambda: service.parts.hub.listens)
        # what is open and not yet committed has the bell, and nobody else rings
        writer.execute(
            'select from apartado.put_items(null, \'[{"sku": "held", "title": "Held"}]\')'
        )
        with EventStream(service.port, f"?item={item}") as reader:
            service.until(lambda: bool(service.parts.hub.readers))
            member.call("reserve", item=item)
            assert "reservation.created" in (event.kind for event in reader.events())


def test_a_long_backlog_is_told_while_it_is_numbered(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: all is numbered before any of it is read."""
    monkeypatch.setattr("apartado.events.NUMBER_AT_ONCE", 5)
    heads: list[int] = []
    read = events.Hub._read

    async def noting(hub: events.Hub, connection: Any) -> None:
        await read(hub, connection)
        heads.append(hub.pos or 0)

    monkeypatch.setattr(events.Hub, "_read", noting)
    with Service(database) as service, database.connect() as connection:
        # the job would number all of it at once
        connection.execute("update apartado.jobs set every = '1 day', last_run_at = now()")
        service.until(lambda: service.parts.hub.listens)
        heads.clear()
        _tell_a_crowd(service)
        service.until(lambda: bool(heads) and heads[-1] - heads[0] >= 45)
        steps = {after - before for before, after in itertools.pairwise(heads)}
        assert max(steps) <= 5
