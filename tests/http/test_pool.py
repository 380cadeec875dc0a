"""Connections: waiting for one, losing one, and what may be tried again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

import clusters
from apartado import pool
from apartado.errors import Unavailable
from clusters import Database, Server
from prove.proxy import Link, Proxy
from services import HOST, Service, problem

pytestmark = pytest.mark.one_postgresql

BACKENDS = (
    "select a.pid from pg_stat_activity a where a.datname = current_database()"
    " and a.usename = 'apartado_api'"
)
KEY = {"Idempotency-Key": "again-17"}
NUMBER = b"K\0\0\0\x0c"
"""After it the server says which session this is."""
PLAIN = {"sslmode": "disable", "gssencmode": "disable"}

Source = asyncio.StreamReader


@contextmanager
def _held(database: Database, item: int) -> Iterator[psycopg.Connection[Any]]:
    """Somebody holds the stock row of an item; leaving commits."""
    with database.connect(autocommit=False) as connection:
        connection.execute("select from apartado.stock s where s.item_id = %s for update", [item])
        yield connection


def _backends(database: Database, which: str = "true") -> list[int]:
    """The service's."""
    with database.connect() as connection:
        rows = connection.execute(f"{BACKENDS} and {which}").fetchall()
    return [pid for (pid,) in rows]


def _waiting(database: Database) -> list[int]:
    """The service's backends that wait for a lock."""
    return _backends(database, "a.wait_event_type = 'Lock'")


def _unavailable(answer: httpx.Response) -> None:
    found = problem(answer)
    assert (found["status"], found["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) >= 1


def test_no_connection_to_be_had_is_503_and_health_still_answers(database: Database) -> None:
    with Service(database, pool_size=1) as service, ThreadPoolExecutor(2) as workers:
        operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
        item = service.item(operator)
        with _held(database, item):
            first = workers.submit(ana.post, "/rpc/reserve", json={"item": item})
            service.until(lambda: bool(_waiting(database)))
            second = workers.submit(bea.get, "/rpc/who_am_i")
            assert service.client().get("/health").json()["live"]
            _unavailable(first.result())  # 55P03, after the lock timeout of the role
            assert second.result().status_code in (200, 503)
        assert ana.call("reserve", item=item)["outcome"] == "reserved"


def test_who_waits_too_long_for_a_connection_is_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Service(database, pool_size=1) as service, ThreadPoolExecutor(2) as workers:
        operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
        item = service.item(operator)
        # from when there is a connection: to make the first takes longer on a busy machine
        monkeypatch.setattr("apartado.pool.WAIT_SECONDS", 0.1)
        with _held(database, item):
            first = workers.submit(ana.post, "/rpc/reserve", json={"item": item})
            service.until(lambda: bool(_waiting(database)))
            _unavailable(bea.get("/rpc/who_am_i"))
        first.result()


def test_jobs_run_and_health_is_well_while_requests_have_every_connection(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: the chores share the pool of the requests."""
    monkeypatch.setattr("apartado.pool.SILENCE_SECONDS", 600.0)
    patient = database.url("apartado_api", options="-c lock_timeout=600s -c statement_timeout=600s")
    with Service(database, patient, pool_size=1) as service, ThreadPoolExecutor(1) as workers:
        operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
        item, other = service.item(operator, quantity=1), service.item(operator, quantity=1)
        ana.call("reserve", item=other)
        bea.call("join_queue", item=other)
        with _held(database, item) as holder:
            first = workers.submit(ana.post, "/rpc/reserve", json={"item": item})
            service.until(lambda: bool(_waiting(database)))
            service.database_clock("+ interval '8 days'")

            def is_promoted() -> bool:
                found = holder.execute(
                    "select 1 from apartado.events where kind = 'queue.promoted'"
                )
                return found.rowcount == 1

            service.until(is_promoted)
            assert len(_waiting(database)) == 1
            assert service.client().get("/health").json()["ready"]
        assert first.result().status_code == 200


def test_who_reserves_does_not_stand_behind_those_who_look(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: queries take every connection."""
    monkeypatch.setattr("apartado.pool.SILENCE_SECONDS", 600.0)
    patient = database.url("apartado_api", options="-c lock_timeout=600s -c statement_timeout=600s")
    with Service(database, patient, pool_size=3) as service, ThreadPoolExecutor(3) as workers:
        operator, ana = service.operator(), service.member("ana")
        item = service.item(operator)
        others = [service.member(name) for name in ("bea", "cai", "dan")]
        with database.connect(autocommit=False) as holder:
            holder.execute("lock table apartado.pages in access exclusive mode")
            looking = [workers.submit(other.get, "/rpc/list_pages") for other in others]
            service.until(lambda: bool(_waiting(database)))
            assert ana.call("reserve", item=item)["outcome"] == "reserved"
            assert len(_waiting(database)) == 1
        assert {future.result().status_code for future in looking} <= {200, 503}


def test_nothing_is_begun_for_a_client_that_is_gone(database: Database) -> None:
    patient = database.url("apartado_api", options="-c lock_timeout=600s")
    with Service(database, patient, pool_size=1) as service, ThreadPoolExecutor(1) as workers:
        operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
        item, other = service.item(operator), service.item(operator)
        with _held(database, item):
            first = workers.submit(ana.post, "/rpc/reserve", json={"item": item})
            service.until(lambda: bool(_waiting(database)))
            with service.asked(bea, other):
                service.client().get("/health")
            service.client().get("/health")
        assert first.result().status_code == 200
        assert bea.ask("list_reservations") == []


def test_a_pool_of_dead_connections_is_no_5xx(service: Service) -> None:
    """After a restart all of them are dead; a command without a key is not repeated."""
    operator = service.operator()
    item = service.item(operator, quantity=100)
    with ThreadPoolExecutor(8) as workers:
        clients = [service.client(operator.token) for _ in range(8)]

        def adjust(number: int) -> int:
            fields = {"item": item, "delta": 1, "reason": "more"}
            return clients[number].post("/rpc/adjust_stock", json=fields).status_code

        assert set(workers.map(adjust, range(8))) == {200}
        with service.database.connect() as connection:
            ended = connection.execute(
                f"select pg_terminate_backend(b.pid, 10000) from ({BACKENDS}) as b"
            ).fetchall()
        assert len(ended) > 1
        assert set(workers.map(adjust, range(8))) == {200}
    assert operator.call("adjust_stock", item=item, delta=1, reason="more")["total"] == 117


def test_trap_57_a_command_is_repeated_after_a_lost_connection_only_under_its_key(
    service: Service,
) -> None:
    operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
    item = service.item(operator, quantity=2)

    def cut(client: httpx.Client, headers: dict[str, str]) -> httpx.Response:
        with ThreadPoolExecutor(1) as workers:
            with _held(service.database, item) as holder:
                answer = workers.submit(
                    client.post, "/rpc/reserve", json={"item": item}, headers=headers
                )
                service.until(lambda: bool(_waiting(service.database)))
                (pid,) = _waiting(service.database)
                holder.execute("select pg_terminate_backend(%s, 10000)", [pid])
            return answer.result()

    _unavailable(cut(ana, {}))
    assert ana.ask("list_reservations") == []
    again = cut(bea, KEY)
    assert again.status_code == 200
    assert len(bea.ask("list_reservations")) == 1


def test_nothing_is_tried_again_for_a_client_that_is_gone(service: Service) -> None:
    """It may have asked again meanwhile, and been refused.

    Mutant: Pool.run without has_waited after a pause.
    """
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator)
    with _held(service.database, item) as holder:
        with service.asked(ana, item, key="again-18"):
            service.until(lambda: bool(_waiting(service.database)))
        service.client().get("/health")  # by now the service knows that it is gone
        (pid,) = _waiting(service.database)
        holder.execute("select pg_terminate_backend(%s, 10000)", [pid])
    service.until(lambda: service.parts.pool.in_use == 0)
    assert ana.ask("list_reservations") == []


def test_what_was_lost_is_over_before_it_is_asked_for_again(database: Database) -> None:
    """It arrives when the second try has been refused, and could be done by now.

    Mutant: Pool.run without _end.
    """
    arrives = threading.Event()

    def reserve(line: Proxy) -> None:
        url = make_conninfo(
            database.url("apartado_api"), host=HOST, port=line.port, sslmode="disable"
        )
        with Service(database, url, pool_size=1) as service:
            operator, ana = service.operator(), service.member("ana")
            two = {"item": service.item(operator, quantity=1), "quantity": 2}
            assert ana.refused("reserve", **two)["code"] == "RS301"
            before = set(_backends(database))
            line.arm("late")
            answer = ana.post("/rpc/reserve", json=two, headers=KEY)
            assert (problem(answer)["code"], line.met["late"]) == ("RS301", 1)
            operator.call("adjust_stock", item=two["item"], delta=1, reason="one more")
            arrives.set()
            service.until(lambda: bool(before - set(_backends(database))))
            assert ana.ask("list_reservations") == []
            again = ana.post("/rpc/reserve", json=two, headers=KEY)
            assert again.json()["outcome"] == "reserved"

    async def lose() -> None:
        async with Proxy(Path(database.host)) as line:
            line.is_at = lambda piece: KEY["Idempotency-Key"].encode() in piece
            line.late = lambda: asyncio.to_thread(arrives.wait)
            try:
                await asyncio.to_thread(reserve, line)
            finally:
                arrives.set()

    asyncio.run(lose())


def _fails(service: Service, sqlstate: str, times: int) -> None:
    """Make leave_queue raise so many times. A sequence counts: it does not roll back."""
    with service.database.connect() as connection:
        connection.execute("create sequence public.tries")
        connection.execute("grant usage on sequence public.tries to public")
        connection.execute(
            "create or replace function apartado.leave_queue("
            " p_member text, p_item bigint, p_location text default null,"
            " p_idempotency_key text default null, out queue_entry_id bigint, out status text)"
            " language plpgsql volatile security definer set search_path = pg_catalog, pg_temp"
            " as $$ begin"
            f"  if nextval('public.tries') <= {times} then"
            f"    raise exception using errcode = '{sqlstate}', message = 'on purpose';"
            "  end if;"
            "  status := 'left';"
            " end $$"
        )


def _tries(service: Service) -> int:
    with service.database.connect() as connection:
        row = connection.execute("select last_value from public.tries").fetchone()
    assert row is not None
    found: int = row[0]
    return found


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_a_conflict_is_tried_again(service: Service, sqlstate: str) -> None:
    ana = service.member("ana")
    _fails(service, sqlstate, 4)
    assert ana.call("leave_queue", item=1)["status"] == "left"
    assert _tries(service) == 5


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_a_conflict_that_stays_is_503(
    service: Service, monkeypatch: pytest.MonkeyPatch, sqlstate: str
) -> None:
    ana = service.member("ana")
    monkeypatch.setattr("apartado.pool.WAIT_SECONDS", 0.1)
    _fails(service, sqlstate, 1_000_000)
    _unavailable(ana.post("/rpc/leave_queue", json={"item": 1}))
    assert _tries(service) > 1


@pytest.mark.parametrize("sqlstate", ["55P03", "57014", "53300", "25006", "08006"])
def test_what_is_busy_is_not_tried_again(service: Service, sqlstate: str) -> None:
    ana = service.member("ana")
    _fails(service, sqlstate, 1_000_000)
    _unavailable(ana.post("/rpc/leave_queue", json={"item": 1}))
    assert _tries(service) == 1


@pytest.mark.parametrize(("language", "words"), [("en", "in psql"), ("es", "en psql")])
@pytest.mark.parametrize(("sqlstate", "is_stopped"), [("57014", True), ("55P03", False)])
def test_what_was_stopped_says_where_there_is_time_for_it(
    service: Service, language: str, words: str, sqlstate: str, is_stopped: bool
) -> None:
    """A check of a large shop takes longer each time: to repeat it is no help."""
    ana = service.member("ana")
    _fails(service, sqlstate, 1_000_000)
    headers = {"Accept-Language": language}
    answer = ana.post("/rpc/leave_queue", headers=headers, json={"item": 1})
    assert (words in problem(answer)["hint"]) == is_stopped


def _tells(database: Database, names: list[str]) -> None:
    """Make a function that gives these columns, each with its own name in it."""
    with database.connect() as connection:
        connection.execute("drop function if exists public.told")
        connection.execute(
            f"create function public.told({', '.join(f'out {name} text' for name in names)})"
            f" language sql as $$ select {', '.join(map(repr, names))} $$".encode()
        )


def test_what_a_newer_version_gives_is_read_by_connections_of_before(database: Database) -> None:
    """They have prepared what gave other columns, or the same in another order.

    Mutants: Pool.run without FeatureNotSupported; without closing those that are idle.
    """

    async def ask() -> None:
        many = pool.Pool(database.url("apartado_api"), 20)

        def told() -> Coroutine[Any, Any, pool.Table]:
            return many.run("select * from public.told()", [], repeatable=False)

        for columns in ("a b", "a b c", "c b a"):
            names = columns.split()
            _tells(database, names)
            assert await told() == (names, [tuple(names)])
            for _ in range(3):
                found = await asyncio.gather(*(told() for _ in range(many.size)))
                assert found == [(names, [tuple(names)])] * many.size
        await many.close()

    asyncio.run(ask())


def test_a_server_keeps_no_statement_for_each_refusal(database: Database) -> None:
    """Nor for more than so many that differ, which an address can ask for without end."""

    async def ask() -> None:
        one = pool.Pool(database.url("apartado_api"), 1)

        async def kept() -> int:
            statement = "select count(*) from pg_catalog.pg_prepared_statements"
            ((count,),) = (await one.run(statement, [], repeatable=True)).rows
            return int(count)

        for _ in range(20):
            with pytest.raises(psycopg.Error, match="not known who you are"):
                await one.run("select * from apartado.sign_out($1)", ["x"], repeatable=False)
        assert await kept() <= 1
        for number in range(500):
            for _ in range(2):
                await one.run(f"select {number}", [], repeatable=True)
        assert await kept() <= 200
        await one.close()

    asyncio.run(ask())


def test_every_letter_arrives_whatever_other_programs_can_read(database: Database) -> None:
    """Mutant: connect without client_encoding."""
    with database.connect() as connection:
        connection.execute(f"alter database {database.name} set client_encoding = 'latin1'")
    with Service(database) as service:
        ana = service.member("ana")
        assert ana.call("change_profile", display_name="Łucja 東京")["display_name"] == "Łucja 東京"


class Renumbered(Proxy):
    """As a pooler does, it tells its clients other numbers of sessions than the server's."""

    async def _answers(self, link: Link, source: Source, target: asyncio.StreamWriter) -> None:
        greeting = await source.readuntil(NUMBER)
        target.write(greeting + bytes(4))
        await source.readexactly(4)
        await super()._answers(link, source, target)


def test_nothing_is_prepared_behind_a_pooler(database: Database) -> None:
    """There the next session is somebody else's: PgBouncer 1.18 by the transaction answered 26000
    and 42P05, or ran what another service had prepared under that name.

    Mutant: connect that does not look which session it has.
    """

    async def prepared(url: str) -> int:
        one = pool.Pool(url, 1)
        for _ in range(3):
            table = await one.run("select $1::text as said", ["x"], repeatable=True)
            assert table.rows == [("x",)]
        statement = "select count(*) from pg_catalog.pg_prepared_statements"
        ((count,),) = (await one.run(statement, [], repeatable=True)).rows
        await one.close()
        return int(count)

    async def ask() -> None:
        url = database.url("apartado_api")
        assert await prepared(url) == 1
        async with Renumbered(Path(database.host)) as pooler:
            assert await prepared(make_conninfo(url, host=HOST, port=pooler.port, **PLAIN)) == 0

    asyncio.run(ask())


def test_without_a_database_everything_answers_503_and_health_says_so(database: Database) -> None:
    nowhere = f"host={database.host}-gone dbname=none user=apartado_api connect_timeout=1"
    with Service(database, nowhere) as service:
        visitor = service.client()
        health = visitor.get("/health")
        assert health.status_code == 503
        assert health.json()["live"] is True
        assert health.json()["ready"] is False
        _unavailable(visitor.get("/rpc/list_statuses"))
        _unavailable(visitor.post("/rpc/sign_in", json={"alias": "ana"}))
        _unavailable(visitor.get("/events"))
        assert visitor.get("/").status_code == 200
        malformed = problem(visitor.get("/rpc/get_status?item=x"))
        assert (malformed["status"], malformed["code"]) == (422, "RS205")


def test_health_is_ready_where_everything_works(service: Service) -> None:
    health = service.client().get("/health")
    assert health.status_code == 200
    assert health.json()["ready"] is True
    assert health.json()["checks"]["database"] == "ok"


def test_who_had_to_wait_for_a_connection_does_not_wait_as_long_again_for_a_lock(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: Pool.run without its timeout_at. Here the role's own timeout would come too late."""
    monkeypatch.setattr("apartado.pool.SHORT_WAIT_SECONDS", -1)
    monkeypatch.setattr("apartado.pool.ANSWER_SECONDS", 0.3)
    patient = database.url("apartado_api", options="-c lock_timeout=600s")
    with Service(database, patient) as service:
        operator, ana = service.operator(), service.member("ana")
        item = service.item(operator)
        with _held(database, item):
            _unavailable(ana.post("/rpc/reserve", json={"item": item}))
            service.until(lambda: not _waiting(database))
        assert ana.call("reserve", item=item)["outcome"] == "reserved"


def test_the_waits_together_stay_under_two_seconds(service: Service) -> None:
    assert pool.WAIT_SECONDS <= pool.ANSWER_SECONDS < 2
    with service.database.connect("apartado_api") as connection:
        row = connection.execute("show lock_timeout").fetchone()
    assert row == ("1500ms",)


@pytest.fixture
def alone(server: Server) -> Iterator[Server]:
    """A server of its own of the same version, because it is stopped."""
    own = Server(server.major, clusters.available()[server.major])
    yield own
    own.stop()


def test_while_the_database_is_away_everything_is_503_and_afterwards_as_before(
    alone: Server,
) -> None:
    with Service(alone.clone()) as service:
        operator, visitor = service.operator(), service.client()
        item = service.item(operator)
        alone.cluster.stop()
        try:
            _unavailable(visitor.get("/rpc/get_status", params={"item": item}))
            _unavailable(
                operator.post(
                    "/rpc/adjust_stock", json={"item": item, "delta": 1, "reason": "more"}
                )
            )
            service.until(lambda: visitor.get("/health").status_code == 503)
            service.until(
                lambda: (
                    visitor.get("/health").json()["checks"]["database"] == "away"
                    and visitor.get("/health").json()["checks"]["listener"] == "away"
                )
            )
            assert visitor.get("/health").json()["live"] is True
        finally:
            alone.cluster.start()
        service.until(lambda: visitor.get("/health").json()["ready"])
        assert operator.call("adjust_stock", item=item, delta=1, reason="back")["total"] == 2


@contextmanager
def _nobody_more(database: Database) -> Iterator[None]:
    """Whoever has no connection gets none."""
    limit = f"alter database {database.name} connection limit "
    with database.connect() as connection:
        connection.execute(f"{limit} 0".encode())
        try:
            yield
        finally:
            connection.execute(f"{limit} -1".encode())


def test_that_no_connection_can_be_had_is_logged_once_with_the_reason(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def ask() -> None:
        one = pool.Pool(database.url("apartado_api"), 2)
        with _nobody_more(database):
            for _ in range(2):
                with pytest.raises(Unavailable):
                    await one.run("select 1", [], repeatable=True)
            assert one.has_none
        await one.try_again()
        assert not one.has_none
        await one.close()

    asyncio.run(ask())
    refused, again = caplog.messages
    assert "no connection" in refused
    assert "too many connections for database" in refused
    assert "again" in again


def test_health_is_not_ready_where_no_connection_can_be_had_for_requests(service: Service) -> None:
    """Nobody is sent there then, so the service itself sees when it is over."""
    visitor = service.client()
    service.until(lambda: visitor.get("/health").json()["ready"])
    with _nobody_more(service.database):
        _unavailable(visitor.get("/rpc/list_statuses"))
        health = visitor.get("/health")
        assert health.json()["checks"]["connections"] == "none to be had"
        assert (health.status_code, health.json()["ready"]) == (503, False)
    service.until(lambda: visitor.get("/health").json()["ready"])
    assert visitor.get("/health").json()["checks"]["connections"] == "0 of 8 in use"


def test_health_tells_each_thing_apart(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    visitor = service.client()

    def checks() -> dict[str, Any]:
        found: dict[str, Any] = visitor.get("/health").json()["checks"]
        return found

    all_is_well = {
        "database": "ok",
        "listener": "ok",
        "tables": "ok",
        "jobs": "ok",
        "connections": "0 of 8 in use",
        "streams": 0,
    }
    service.until(lambda: checks() == all_is_well)
    with service.database.connect() as connection:
        connection.execute("insert into apartado.migration_checksums values ('9999', '', now())")
        service.until(lambda: checks()["tables"] == "ahead")
        assert visitor.get("/health").status_code == 200
        connection.execute("delete from apartado.migration_checksums where id > '0002'")
        service.until(lambda: checks()["tables"] == "behind")
        assert visitor.get("/health").status_code == 503
        # and so does the log, once each
        service.until(lambda: "run apartado migrate" in caplog.text)
        assert ["newer" in line for line in caplog.messages if "version" in line] == [True, False]
        # held by somebody else for long: it never gets its turn
        connection.execute("select pg_advisory_lock(apartado._lock_key('job:number_events'))")
        connection.execute(
            "update apartado.jobs set wanted_since = '-infinity',"
            " last_run_at = last_run_at - interval '1 hour' where job = 'number_events'"
        )
        service.until(lambda: checks()["jobs"] == "1 late")
