"""What the service does without being asked, and that one failing job takes no other down."""

from __future__ import annotations

from datetime import datetime

import pytest

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
