"""What the service does without being asked, and that one failing job takes no other down."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime

import pytest

from apartado import chores
from services import Service

pytestmark = pytest.mark.one_postgresql


def _runs(service: Service) -> dict[str, datetime]:
    with service.database.connect() as connection:
        rows = connection.execute(
            "select job, last_run_at from apartado.jobs where last_run_at > '-infinity'"
        ).fetchall()
    return dict(rows)


def _add_job(service: Service, job: str, command: str) -> None:
    with service.database.connect() as connection:
        connection.execute(
            "insert into apartado.jobs (job, command, every) values (%s, %s, '1 second')",
            [job, command],
        )


def test_due_jobs_are_run_by_the_service(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator)
    ana.call("reserve", item=item)
    service.database_clock("+ interval '8 days'")

    def is_swept() -> bool:
        with service.database.connect() as connection:
            row = connection.execute(
                "select status from apartado.reservations"
                " where reservation_id = (select max(reservation_id) from apartado.reservations)"
            ).fetchone()
        return row == ("expired",)

    service.until(is_swept)


def test_a_job_that_has_more_to_do_runs_again_at_once_and_holds_no_other_up(
    service: Service,
) -> None:
    """Mutants: each job once a second; one job after the other, each until it has caught up."""
    with service.database.connect() as connection:
        connection.execute(
            "insert into apartado.jobs (job, command, every) values"
            " ('a_heap', 'select not exists (select from apartado.jobs j where j.job = ''b_other''"
            " and j.last_run_at > ''-infinity'') as again', '1 hour'),"
            " ('b_other', 'select 1 as done', '1 hour')"
        )
    service.until(lambda: {"a_heap", "b_other"} <= set(_runs(service)))
    with service.database.connect() as connection:
        said = "select last_result from apartado.jobs where job = 'a_heap'"
        service.until(lambda: connection.execute(said).fetchone() == ('{"again": false}',))


def test_a_job_may_take_longer_than_somebody_would_wait(service: Service) -> None:
    """Mutant: a job is a call like others, with five seconds."""
    _add_job(service, "asks", "select current_setting('statement_timeout') as allowed")
    with service.database.connect() as connection:
        said = "select last_result from apartado.jobs where job = 'asks'"
        service.until(lambda: connection.execute(said).fetchone() == ('{"allowed": "1min"}',))


def test_a_job_that_fails_stops_no_other(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    _add_job(service, "a_bad_one", "select 1 / 0")
    _add_job(service, "b_good_one", "select 1 as done")
    service.until(lambda: "b_good_one" in _runs(service))
    first = _runs(service)["b_good_one"]
    service.until(lambda: _runs(service)["b_good_one"] > first)
    assert "a_bad_one" not in _runs(service)
    complaints = [line for line in caplog.messages if "a_bad_one" in line]
    assert len(complaints) == 1
    assert "22012" in complaints[0]


def test_the_texts_of_refusals_are_read_from_the_database(service: Service) -> None:
    service.until(lambda: service.parts.messages.loaded)
    with service.database.connect() as connection:
        row = connection.execute(
            "select message, hint from apartado.messages where code = 'RS205' and language = 'es'"
        ).fetchone()
    answer = service.client().get("/rpc/get_status?item=x", headers={"Accept-Language": "es"})
    found = answer.json()
    assert (found["title"], found["hint"]) == row


def test_two_services_on_one_database_disturb_nobody(service: Service) -> None:
    operator = service.operator()
    with Service(service.database) as other:
        item = other.item(other.client(operator.token))
        ana = service.member("ana")
        assert other.client(ana.token).call("reserve", item=item)["outcome"] == "reserved"
        service.until(lambda: service.parts.hub.pos == other.parts.hub.pos)
    assert operator.ask("check_consistency") == []


def test_a_look_that_fails_as_nobody_thought_stops_no_job(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Mutant: Chores.attempt that survives psycopg.Error and Unavailable."""

    async def look() -> None:
        raise KeyError("nobody thought of this")

    with monkeypatch.context() as patch:
        patch.setattr(service.parts.chores, "_look", look)
        service.until(lambda: service.parts.chores.failures.get(chores.LOOK, 0) > 1)
        _add_job(service, "a_good_one", "select 1 as done")
        service.until(lambda: "a_good_one" in _runs(service))
        assert not service.parts.chores.reaches_the_database
    service.until(lambda: service.parts.chores.reaches_the_database)
    said = [record for record in caplog.records if record.exc_info is not None]
    assert ["job readiness fails" in record.getMessage() for record in said] == [True]


def test_a_job_that_hangs_holds_no_look_up(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: a Chores._tick that looks before its jobs, and nobody besides."""
    looks = 0
    look = service.parts.chores._look

    async def counted() -> None:
        nonlocal looks
        looks += 1
        await look()

    hanging = threading.Event()

    async def hang(job: str) -> None:
        hanging.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(service.parts.chores, "_run_job", hang)
    service.until(hanging.is_set)
    monkeypatch.setattr(service.parts.chores, "_look", counted)
    service.until(lambda: looks > 1)


def test_a_loop_goes_on_after_what_nobody_thought_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once until a round went well."""
    monkeypatch.setattr(chores, "TICK_SECONDS", 0)

    async def run() -> None:
        rounds, done = iter("xx.x."), asyncio.Event()

        async def work() -> None:
            one = next(rounds, None)
            if one is None:
                done.set()
                await asyncio.Event().wait()
            elif one == "x":
                raise KeyError("nobody thought of this")

        loop = asyncio.create_task(chores._forever(work))
        await done.wait()
        loop.cancel()

    asyncio.run(asyncio.wait_for(run(), 30))
    assert [record.exc_info is not None for record in caplog.records] == [True, True]
