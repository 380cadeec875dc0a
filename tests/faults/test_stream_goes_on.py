"""Readers of the stream go on, without gap or duplicate, whatever of it is restarted or hangs."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

import clusters
from apartado import events, readers
from clusters import Database, Server
from services import Api, Service
from streams import EventStream

LISTENER = (
    "select a.pid from pg_stat_activity a where a.datname = current_database()"
    " and (a.query ilike '%tail_events%' or a.query ilike '%_number_events%'"
    "      or a.query ~* '^(un)?listen') and a.pid <> pg_backend_pid()"
)


@pytest.fixture
def alone(server: Server) -> Iterator[tuple[Server, Database]]:
    """A server of its own, because it is restarted."""
    own = Server(server.major, clusters.available()[server.major])
    try:
        yield own, own.clone()
    finally:
        own.stop()


class Readers:
    """An operator who sees every number, on several connections, and what each of them saw."""

    def __init__(self, service: Service, operator: Api, many: int = 3) -> None:
        self.service = service
        headers = {"Authorization": f"Bearer {operator.token}"}
        self.streams = [EventStream(service.port, "?after=0", **headers) for _ in range(many)]
        self.seen: list[list[int | None]] = [[] for _ in self.streams]

    def take(self, last: int) -> None:
        """Everything up to a position."""
        for stream, seen in zip(self.streams, self.seen, strict=True):
            for message in stream.events():
                seen.append(message.id)
                if message.id == last:
                    break

    def close(self) -> None:
        for stream in self.streams:
            stream.close()


def write(database: Database, item: int, many: int = 5) -> int:
    """Changes by a DBA, all of them numbered; gives the newest position."""
    with database.connect("dba") as connection:
        for _ in range(many):
            connection.execute("select from apartado.adjust_stock(null, %s, 1, 'more')", [item])
    with database.connect() as connection:
        connection.execute("select apartado._number_events(100000)")
        row = connection.execute("select pos from apartado.event_head()").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.one_postgresql
def test_the_database_is_restarted(alone: tuple[Server, Database]) -> None:
    server, database = alone
    with Service(database) as service:
        operator = service.operator()
        item = service.item(operator)
        readers = Readers(service, operator)
        for _ in range(2):
            readers.take(write(database, item))
            server.restart()
        last = write(database, item)
        readers.take(last)
        readers.close()
    assert readers.seen == [list(range(1, last + 1))] * 3


@pytest.mark.one_postgresql
def test_the_listener_hangs(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As behind a line that is dead without saying so: the backend is there and never answers."""
    monkeypatch.setattr(events, "ANSWER_SECONDS", 0.3)
    with Service(database) as service, database.connect() as connection:
        operator = service.operator()
        item = service.item(operator)
        readers = Readers(service, operator)
        readers.take(write(database, item))
        hung = [pid for (pid,) in connection.execute(LISTENER).fetchall()]
        assert len(hung) == 1
        os.kill(hung[0], signal.SIGSTOP)
        try:
            last = write(database, item)
            readers.take(last)
            assert set(hung) != {pid for (pid,) in connection.execute(LISTENER).fetchall()}
        finally:
            os.kill(hung[0], signal.SIGCONT)
        readers.close()
    assert readers.seen == [list(range(1, last + 1))] * 3


@pytest.mark.one_postgresql
def test_the_service_is_restarted(database: Database) -> None:
    """Readers come back with the last id that they saw, as browsers do."""
    with Service(database) as service:
        operator = service.operator()
        item = service.item(operator)
        readers = Readers(service, operator)
        readers.take(write(database, item))
    write(database, item)
    with Service(database) as again:
        for number, stream in enumerate(readers.streams):
            stream.close()
            readers.streams[number] = EventStream(
                again.port,
                "?after=0",
                Authorization=f"Bearer {operator.token}",
                Last_Event_ID=str(stream.cursor),
            )
        last = write(database, item)
        readers.take(last)
        readers.close()
    assert readers.seen == [list(range(1, last + 1))] * 3


def test_what_may_pass_until_it_listens_again_is_under_three_seconds() -> None:
    longest_pause = events.LONGEST_RECONNECT_SECONDS * 1.5
    assert longest_pause < 3
    assert events.ANSWER_SECONDS + events.LOOK_SECONDS * 1.5 < 3


@pytest.mark.one_postgresql
def test_the_ledger_has_no_cursor_for_a_while(database: Database) -> None:
    """As while its rows are restored, one table after the other."""
    with Service(database) as service, database.connect() as connection:
        operator = service.operator()
        item = service.item(operator)
        readers = Readers(service, operator, many=1)
        readers.take(write(database, item))
        connection.execute("create table public.cursor as table apartado.event_cursor")
        connection.execute("delete from apartado.event_cursor")
        connection.execute(f"select pg_terminate_backend(l.pid, 10000) from ({LISTENER}) as l")
        health = service.client()
        service.until(lambda: health.get("/health").json()["checks"]["listener"] == "away")
        connection.execute("insert into apartado.event_cursor table public.cursor")
        last = write(database, item)
        readers.take(last)
        assert readers.seen == [list(range(1, last + 1))]
        readers.close()


@pytest.mark.one_postgresql
def test_what_nobody_thought_of_does_not_end_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once, with where it happened. Mutant: Hub._run that survives psycopg.Error."""
    tries = 0

    async def nobody_thought_of(self: events.Hub, some: list[readers.Event]) -> None:
        nonlocal tries
        tries += 1
        raise KeyError("nobody thought of this")

    with Service(database) as service:
        operator = service.operator()
        item = service.item(operator)
        readers = Readers(service, operator, many=1)
        readers.take(write(database, item))
        with monkeypatch.context() as patch:
            patch.setattr(events.Hub, "_hand_out", nobody_thought_of)
            last = write(database, item)
            service.until(lambda: tries == 2)
        readers.take(last)
        assert readers.seen == [list(range(1, last + 1))]
        readers.close()
    said = [record for record in caplog.records if "nobody thought" in (record.exc_text or "")]
    assert len(said) == 1
