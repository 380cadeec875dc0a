"""Requests about one item that wait for each other share a call, and nobody notices."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from apartado import gathering, pool
from clusters import Database
from prove.proxy import Proxy
from services import HOST, Api, Service, problem

pytestmark = pytest.mark.one_postgresql

Sent = tuple[Api, dict[str, Any], dict[str, str]]


@dataclass
class Watch:
    """What comes to the gatherers, and how many are served in one call."""

    arrived: int = 0
    parts: list[int] = field(default_factory=list)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Lines wait for the first call, however long it takes, and are watched."""
    seen = Watch()
    answer, serve = gathering.Gatherer.answer, gathering.Gatherer._serve

    async def arriving(self: Any, about: Any, asked: Any) -> Any:
        seen.arrived += 1
        return await answer(self, about, asked)

    async def serving(self: Any, about: Any, part: Any) -> None:
        seen.parts.append(len(part))
        await serve(self, about, part)

    monkeypatch.setattr(gathering.Gatherer, "answer", arriving)
    monkeypatch.setattr(gathering.Gatherer, "_serve", serving)
    monkeypatch.setattr(gathering, "PATIENCE_SECONDS", 60.0)
    return seen


@pytest.fixture
def service(database: Database) -> Iterator[Service]:
    """Its locks are waited for as long as a slow machine needs to line everybody up."""
    patient = database.url("apartado_api", options="-c lock_timeout=30s -c statement_timeout=30s")
    with Service(database, patient) as running:
        yield running


BLOCKED = (
    "select a.pid from pg_stat_activity a where a.datname = current_database()"
    " and a.usename = 'apartado_api' and a.wait_event_type = 'Lock' order by a.query_start"
)


def blocked(database: Database) -> list[int]:
    """The service's backends that wait for a lock, the first first."""
    with database.connect() as connection:
        return [pid for (pid,) in connection.execute(BLOCKED).fetchall()]


@contextmanager
def held(database: Database, text: str, *values: Any) -> Iterator[psycopg.Connection[Any]]:
    """Somebody holds what the statement locks; leaving commits."""
    with database.connect(autocommit=False) as connection:
        connection.execute(text, values)
        yield connection


ROW = "select from apartado.stock s where s.item_id = %s for update"


@contextmanager
def in_line(
    service: Service,
    watch: Watch,
    item: int,
    first: Api,
    sent: list[Sent],
    *,
    command: str = "reserve",
) -> Iterator[Callable[[], list[httpx.Response]]]:
    """The first waits for the item's row, the others stand behind it, in their order.

    Gives what lets them go on, and their answers.
    """
    with ExitStack() as stack:
        row = stack.enter_context(ExitStack())
        workers = stack.enter_context(ThreadPoolExecutor(len(sent) + 1))
        row.enter_context(held(service.database, ROW, item))

        def post(client: Api, fields: dict[str, Any], headers: dict[str, str]) -> httpx.Response:
            return client.post(f"/rpc/{command}", json={"item": item, **fields}, headers=headers)

        watch.arrived = 0
        answers: list[Future[httpx.Response]] = [workers.submit(post, first, {}, {})]
        service.until(lambda: bool(blocked(service.database)))
        for number, (client, fields, headers) in enumerate(sent, 2):
            answers.append(workers.submit(post, client, fields, headers))
            service.until(lambda wanted=number: watch.arrived == wanted)  # type: ignore[misc]

        def release() -> list[httpx.Response]:
            row.close()
            return [answer.result() for answer in answers]

        yield release


def outcome(answer: httpx.Response) -> str:
    found = answer.json()
    return str(found.get("outcome") or found["code"])


def test_each_keeps_the_own_answer(service: Service, watch: Watch) -> None:
    operator = service.operator()
    zoe, ana, bea, cat, dan, eva = map(service.member, ("zoe", "ana", "bea", "cat", "dan", "eva"))
    eva.post("/rpc/change_profile", json={"language": "es"})
    item = service.item(operator, quantity=6)
    nobody, visitor = service.client("not-a-token"), service.client()
    key = {"Idempotency-Key": "k"}
    sent: list[Sent] = [
        (ana, {}, {}),
        (bea, {"quantity": 2, "ttl": 90}, key),
        (nobody, {}, {}),
        (visitor, {}, {"Accept-Language": "es"}),
        (cat, {"quantity": 0}, {}),
        (bea, {"quantity": 2, "ttl": 90}, key),
        (ana, {}, {}),
        (eva, {"quantity": 40}, {}),
        (dan, {"quantity": 9, "if_unavailable": "queue"}, {}),
        (cat, {}, {}),
    ]
    with in_line(service, watch, item, zoe, sent) as release:
        answers = release()
    assert watch.parts == [10]
    assert list(map(outcome, answers)) == [
        "reserved", "reserved", "reserved", "RS601", "RS601", "RS202", "reserved", "RS302",
        "RS301", "queued", "RS306",
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [
        200, 200, 200, 401, 401, 422, 200, 409, 409, 200, 409,
    ]  # fmt: skip
    assert answers[6].json() == answers[2].json()
    assert answers[2].json()["quantity"] == 2
    versions = [answer.json()["version"] for answer in answers[:3]]
    assert versions == sorted(set(versions))
    assert set(answers[9].json()) == set(answers[0].json())
    assert problem(answers[8])["title"] == "No hay suficientes unidades disponibles."
    assert problem(answers[4])["title"] == "No se sabe quién eres."
    assert problem(answers[5])["field"] == "quantity"
    assert answers[3].headers["www-authenticate"] == "Bearer"
    assert operator.ask("check_consistency") == []


def test_who_lines_up_shares_a_call_too(service: Service, watch: Watch) -> None:
    operator = service.operator()
    zoe, ana, bea, cat = map(service.member, ("zoe", "ana", "bea", "cat"))
    item = service.item(operator)
    operator.call("mark_sold", item=item, buyer="zoe", reason="sold")
    operator.call("set_policy", policy="more", values={"restock": True}, item=item)
    key = {"Idempotency-Key": "k"}
    sent: list[Sent] = [
        (ana, {}, {}),
        (bea, {"quantity": 2}, key),
        (service.client(), {}, {"Accept-Language": "es"}),
        (cat, {"quantity": 0}, {}),
        (bea, {"quantity": 2}, key),
        (ana, {}, {}),
        (cat, {"max_position": 3}, {}),
        (cat, {"max_position": 4}, {}),
    ]
    with in_line(service, watch, item, zoe, sent, command="join_queue") as release:
        answers = release()
    assert watch.parts == [8]
    assert [answer.json().get("position") or outcome(answer) for answer in answers] == [
        1, 2, 3, "RS601", "RS202", 3, 2, "RS503", 4,
    ]  # fmt: skip
    assert answers[6].json() | {"queue_length": 3} == answers[1].json() | {"queue_length": 3}
    assert answers[5].json() == answers[2].json()
    assert set(answers[1].json()) == set(answers[0].json())
    assert problem(answers[3])["title"] == "No se sabe quién eres."
    assert operator.ask("check_consistency") == []


def test_they_go_in_the_order_in_which_they_came(service: Service, watch: Watch) -> None:
    operator, zoe = service.operator(), service.member("zoe")
    item = service.item(operator, quantity=3)
    people = [service.member(f"p{number}") for number in range(6)]
    with in_line(service, watch, item, zoe, [(one, {}, {}) for one in people]) as release:
        answers = release()
    assert list(map(outcome, answers)) == ["reserved"] * 3 + ["RS301"] * 4


def test_who_finds_nobody_goes_straight_through(service: Service, watch: Watch) -> None:
    operator, ana = service.operator(), service.member("ana")
    assert ana.call("reserve", item=service.item(operator))["outcome"] == "reserved"
    assert ana.call("reserve", item=service.item(operator))["outcome"] == "reserved"
    assert (watch.arrived, watch.parts) == (2, [])


def test_the_first_about_different_items_share_a_call(service: Service, watch: Watch) -> None:
    """Mutant: who is the first about an item goes straight through, however many others do."""
    operator = service.operator()
    zoe, ana, bea, cat = map(service.member, ("zoe", "ana", "bea", "cat"))
    held_item, sold_out, *items = (service.item(operator) for _ in range(4))
    zoe.call("reserve", item=sold_out)
    sent: list[Sent] = [
        (ana, {"item": items[0]}, {}),
        (bea, {"item": items[1], "quantity": 2}, {}),
        (cat, {"item": sold_out, "if_unavailable": "queue"}, {}),
    ]
    with in_line(service, watch, held_item, zoe, sent) as release:
        answers = release()
    assert watch.parts == [3]
    assert list(map(outcome, answers)) == ["reserved", "reserved", "RS301", "queued"]
    assert [answer.json().get("item_id") for answer in answers[:2]] == [held_item, items[0]]


def test_an_item_that_is_held_holds_no_other_item_up(
    service: Service, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: the call about several items waits for the row that somebody holds."""
    monkeypatch.setattr(gathering, "PATIENCE_SECONDS", 0.01)
    operator = service.operator()
    zoe, ana, bea, cat = map(service.member, ("zoe", "ana", "bea", "cat"))
    first, second, *items = (service.item(operator) for _ in range(4))
    with held(service.database, ROW, second), ThreadPoolExecutor(2) as workers:
        stuck = workers.submit(zoe.call, "reserve", item=second)
        service.until(lambda: len(blocked(service.database)) == 1)
        for client, item in ((ana, items[0]), (bea, items[1]), (cat, first)):
            assert client.call("reserve", item=item)["outcome"] == "reserved"
        assert not stuck.done()


def test_the_next_call_is_on_its_way_before_the_answers_are_read(
    service: Service, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: Gatherer._serve that waits for _give."""
    steps: list[str] = []
    ask, read = pool.Pool.ask, pool.read

    async def asking(self: Any, *given: Any, **named: Any) -> Any:
        if "reserve_together" in given[0]:  # and no job that is due meanwhile
            steps.append("ask")
        return await ask(self, *given, **named)

    async def reading(cursor: Any) -> Any:
        steps.append("read")
        return await read(cursor)

    operator = service.operator()
    item = service.item(operator, quantity=5)
    zoe, *others = map(service.member, ("zoe", "ana", "bea", "cat", "dan"))
    monkeypatch.setattr(gathering.Gatherer, "most", 2)
    with in_line(service, watch, item, zoe, [(one, {}, {}) for one in others]) as release:
        monkeypatch.setattr(pool.Pool, "ask", asking)
        monkeypatch.setattr(gathering, "read", reading)
        assert {outcome(answer) for answer in release()} == {"reserved"}
    assert watch.parts == [2, 2]
    assert [step for step in steps if step != "ask"] == ["read", "read"]
    assert steps[:3] == ["ask", "ask", "read"]


def test_an_answer_that_cannot_be_read_keeps_nobody_waiting(
    service: Service, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: Gatherer._give without its except."""

    async def failing(cursor: Any) -> Any:
        raise ValueError(cursor)

    operator, zoe, ana, bea = service.operator(), *map(service.member, ("zoe", "ana", "bea"))
    item = service.item(operator, quantity=3)
    monkeypatch.setattr(gathering, "read", failing)
    with in_line(service, watch, item, zoe, [(ana, {}, {}), (bea, {}, {})]) as release:
        assert [answer.status_code for answer in release()] == [200, 500, 500]


def test_one_who_waits_alone_is_sent_alone(service: Service, watch: Watch) -> None:
    operator, zoe, ana = service.operator(), service.member("zoe"), service.member("ana")
    item = service.item(operator, quantity=2)
    with service.database.connect() as connection:
        connection.execute("drop function apartado.reserve_together")
    with in_line(service, watch, item, zoe, [(ana, {}, {})]) as release:
        assert list(map(outcome, release())) == ["reserved", "reserved"]
    assert watch.parts == [1]


def test_a_call_that_fails_for_one_of_them_is_made_for_each(service: Service, watch: Watch) -> None:
    """Here it fails for all: the function is broken."""
    operator, zoe, ana, bea = service.operator(), *map(service.member, ("zoe", "ana", "bea"))
    item = service.item(operator, quantity=2)
    with service.database.connect() as connection:
        connection.execute(
            "create or replace function apartado._read_requests(p_requests jsonb,"
            " p_now timestamptz, p_if_unavailable text default 'fail')"
            " returns apartado.reserve_request[]"
            " language plpgsql as $$ begin return 'many'; end $$"
        )
    sent: list[Sent] = [(ana, {}, {}), (bea, {}, {})]
    with in_line(service, watch, item, zoe, sent) as release:
        assert list(map(outcome, release())) == ["reserved", "reserved", "RS301"]
    assert watch.parts == [2]


def test_trap_57_only_who_has_a_key_is_asked_for_again_after_a_lost_connection(
    service: Service, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: everybody is sent alone then; ana would hold one that she was told nothing of."""
    operator, zoe, ana, bea = service.operator(), *map(service.member, ("zoe", "ana", "bea"))
    item = service.item(operator, quantity=9)
    sent: list[Sent] = [(ana, {}, {}), (bea, {}, {"Idempotency-Key": "k"})]
    monkeypatch.setattr(gathering, "PATIENCE_SECONDS", 0.5)
    with in_line(service, watch, item, zoe, sent) as release:
        service.until(lambda: len(blocked(service.database)) == 2)
        with service.database.connect() as connection:
            pid = blocked(service.database)[1]
            connection.execute("select pg_terminate_backend(%s, 10000)", [pid])
        answers = release()
    assert [answer.status_code for answer in answers] == [200, 503, 200]
    assert ana.ask("list_reservations") == []
    assert len(bea.ask("list_reservations")) == 1


def test_a_lost_call_is_not_made_again_while_its_session_may_go_on(
    database: Database, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It arrives when it could not be ended any more: whoever was refused meanwhile would hold one.

    Mutant: Pool.run that raises the error of the lost connection there.
    """
    monkeypatch.setattr(pool, "END_SECONDS", 0)
    arrives = threading.Event()

    def reserve(line: Proxy) -> None:
        url = make_conninfo(
            database.url("apartado_api", options="-c lock_timeout=30s"),
            host=HOST, port=line.port, sslmode="disable",
        )  # fmt: skip
        with Service(database, url) as service:
            operator = service.operator()
            zoe, ana, bea = map(service.member, ("zoe", "ana", "bea"))
            item = service.item(operator, quantity=2)
            two = {"quantity": 2}
            keys = [{"Idempotency-Key": f"late-{number}"} for number in range(2)]
            sent: list[Sent] = [(ana, two, keys[0]), (bea, two, keys[1])]
            with in_line(service, watch, item, zoe, sent) as release:
                line.arm("late")
                assert list(map(outcome, release())) == ["reserved", "unavailable", "unavailable"]
            assert (watch.parts, line.met["late"]) == ([2], 1)
            operator.call("adjust_stock", item=item, delta=1, reason="one more")
            arrives.set()
            service.until(lambda: ana.ask("list_reservations") != [])
            again = ana.post("/rpc/reserve", json={"item": item, **two}, headers=keys[0])
            assert outcome(again) == "reserved"
            assert len(ana.ask("list_reservations")) == 1

    async def lose() -> None:
        async with Proxy(Path(database.host)) as line:
            line.is_at = lambda piece: b"late-" in piece
            line.late = lambda: asyncio.to_thread(arrives.wait)
            try:
                await asyncio.to_thread(reserve, line)
            finally:
                arrives.set()

    asyncio.run(lose())


TURN = (
    "select from apartado.member_turns t where t.member_id ="
    " (select m.member_id from apartado.members m where m.alias = %s) for update"
)
KEY = "select pg_advisory_xact_lock(apartado._key_lock(%s, 'k'))"


@pytest.mark.parametrize("busy", [TURN, KEY], ids=["turn", "key"])
def test_who_waits_for_something_of_their_own_holds_nobody_up(
    service: Service, watch: Watch, busy: str
) -> None:
    operator, zoe, ana, bea = service.operator(), *map(service.member, ("zoe", "ana", "bea"))
    item = service.item(operator, quantity=9)
    sent: list[Sent] = [(ana, {}, {"Idempotency-Key": "k"}), (bea, {}, {})]
    with in_line(service, watch, item, zoe, sent) as release, ThreadPoolExecutor(1) as workers:
        with held(service.database, busy, "ana"):
            answers = workers.submit(release)
            service.until(lambda: len(bea.ask("list_reservations")) == 1)
            assert ana.ask("list_reservations") == []
        assert list(map(outcome, answers.result())) == ["reserved"] * 3


def test_a_first_call_that_takes_long_holds_nobody_up(
    service: Service, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for zoe's own turn; the line goes on without it."""
    monkeypatch.setattr(gathering, "PATIENCE_SECONDS", 0.01)
    operator, zoe, ana, bea = service.operator(), *map(service.member, ("zoe", "ana", "bea"))
    item = service.item(operator, quantity=9)
    with ThreadPoolExecutor(1) as workers, held(service.database, TURN, "zoe"):
        first = workers.submit(zoe.call, "reserve", item=item)
        service.until(lambda: bool(blocked(service.database)))
        for client in (ana, bea):
            assert client.call("reserve", item=item)["outcome"] == "reserved"
        assert not first.done()
    assert first.result()["outcome"] == "reserved"


def test_a_call_is_not_made_again_for_a_client_that_is_gone(service: Service, watch: Watch) -> None:
    """It waits, comes to nothing by a conflict, and is made again for the others.

    Mutant: Gatherer._serve without is_gone.
    """
    operator, zoe = service.operator(), service.member("zoe")
    ana, bea, cai = map(service.member, ("ana", "bea", "cai"))
    item = service.item(operator, quantity=9)
    with service.database.connect() as connection:
        (text,) = connection.execute(
            "select pg_get_functiondef('apartado.reserve_together'::regproc)"
        ).fetchone() or ("",)
        connection.execute("create sequence public.tries")
        connection.execute("grant usage on sequence public.tries to public")
        connection.execute(
            text.replace(
                "v_requests := apartado._read_requests",
                "if nextval('public.tries') = 1 then"
                "  perform pg_advisory_xact_lock(4711);"
                "  raise exception using errcode = '40P01', message = 'on purpose';"
                " end if;"
                " v_requests := apartado._read_requests",
            ).encode()
        )
    with ExitStack() as stack:
        call = stack.enter_context(held(service.database, "select pg_advisory_xact_lock(%s)", 4711))
        others: list[Sent] = [(bea, {}, {}), (cai, {}, {})]
        with (
            ThreadPoolExecutor(1) as workers,
            in_line(service, watch, item, zoe, others) as release,
        ):
            with service.asked(ana, item):
                service.until(lambda: watch.arrived == 4)
                answers = workers.submit(release)
                service.until(lambda: watch.parts == [3] and bool(blocked(service.database)))
            service.client().get("/health")
            call.commit()
            assert list(map(outcome, answers.result())) == ["reserved"] * 3
    assert watch.parts == [3, 2]
    assert ana.ask("list_reservations") == []


def test_nothing_is_done_in_a_line_for_a_client_that_is_gone(
    service: Service, watch: Watch
) -> None:
    operator, zoe, ana, bea = service.operator(), *map(service.member, ("zoe", "ana", "bea"))
    item = service.item(operator, quantity=9)
    with in_line(service, watch, item, zoe, [(bea, {}, {})]) as release:
        with service.asked(ana, item):
            service.until(lambda: watch.arrived == 3)
        service.client().get("/health")
        answers = release()
    assert list(map(outcome, answers)) == ["reserved", "reserved"]
    assert ana.ask("list_reservations") == []


def test_trap_58_however_many_want_one_item_two_connections_serve_them(
    service: Service, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More make a hot row slower, and leave none for the others. Mutant: no line is kept."""
    monkeypatch.setattr(gathering, "PATIENCE_SECONDS", 0.01)
    operator, ana = service.operator(), service.member("ana")
    item, other = service.item(operator, quantity=100), service.item(operator)

    people = [service.member(f"p{number}") for number in range(20)]

    def ask(client: Api) -> int:
        return client.post("/rpc/reserve", json={"item": item}).status_code

    with ThreadPoolExecutor(20) as workers, held(service.database, ROW, item):
        statuses = [workers.submit(ask, client) for client in people]
        service.until(lambda: watch.arrived == 20)
        service.until(lambda: len(blocked(service.database)) == 2)
        assert ana.call("reserve", item=other)["outcome"] == "reserved"
        assert len(blocked(service.database)) == 2
    assert {status.result() for status in statuses} <= {200, 503}
