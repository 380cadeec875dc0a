"""`apartado doctor` beside a shop that is open: it looks, and is in nobody's way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from apartado.doctor import Finding, examine
from apartado.settings import Settings
from services import Service

pytestmark = pytest.mark.one_postgresql


def test_webhooks_that_nobody_may_send_are_said(service: Service) -> None:
    url = service.database.url()
    may_send = Settings(
        database_url=url, webhook_hosts=("shop.example",), webhook_secrets=(b"k" * 32,)
    )

    def found(settings: Settings) -> tuple[bool, str]:
        (one,) = [one for one in examine(settings) if one.subject == "webhooks"]
        return one.healthy, one.text

    assert found(Settings(database_url=url)) == (True, "none")
    operator = service.operator()
    made = operator.call("create_webhook", url="https://shop.example/x")
    healthy, text = found(Settings(database_url=url))
    assert not healthy
    assert text.startswith("1, and nothing may be sent")
    assert "APARTADO_WEBHOOK_HOSTS and APARTADO_WEBHOOK_SECRETS" in text
    assert found(may_send) == (True, "1, to be sent to shop.example")
    service.database_clock("+ interval '6 minutes'")
    healthy, text = found(may_send)
    assert (healthy, "list_webhooks" in text) == (False, True)
    operator.call("change_webhook", webhook=made["webhook_id"], paused=True)
    assert found(Settings(database_url=url)) == (True, "none, but 1 that is paused")


def test_jobs_that_no_service_ran_in_time_are_said(service: Service) -> None:
    def found() -> tuple[bool, str]:
        settings = Settings(database_url=service.database.url())
        (one,) = [one for one in examine(settings) if one.subject == "jobs"]
        return one.healthy, one.text

    here = "the service runs them (pg_cron is not in this database)"
    assert found() == (True, here)
    with service.database.connect() as connection:
        connection.execute("select pg_advisory_lock(apartado._lock_key('job:number_events'))")
        connection.execute(
            "update apartado.jobs set wanted_since = '-infinity',"
            " last_run_at = last_run_at - interval '1 hour' where job = 'number_events'"
        )
        assert found() == (True, f"{here}; 1 were not run in time, as while none is running")


def test_a_database_of_a_newer_version_is_said(service: Service) -> None:
    with service.database.connect() as connection:
        connection.execute(
            "insert into apartado.migration_checksums values ('9999.later', 'x', now())"
        )
    found = {one.subject: one for one in examine(Settings(database_url=service.database.url()))}
    assert not found["tables"].healthy
    assert "9999.later" in found["tables"].text


def test_what_is_missing_hides_nothing_of_what_was_found(service: Service) -> None:
    """As a migration leaves it that was killed between the tables and the code."""
    with service.database.connect() as connection:
        connection.execute("drop function apartado._failing_webhooks()")
    examined = examine(Settings(database_url=service.database.url()))
    found = {one.subject: one.text for one in examined if not one.healthy}
    assert "_failing_webhooks" in found["code"]
    assert "run apartado migrate" in found["code"]
    assert "could not look at the rest" in found["doctor"]


def test_secrets_in_the_log_are_said(service: Service) -> None:
    """Mutant: whether statements are logged is not looked at."""
    settings = Settings(database_url=service.database.url())

    def found() -> tuple[bool, str]:
        (one,) = [one for one in examine(settings) if one.subject == "log"]
        return one.healthy, one.text

    assert found() == (True, "the secrets that the service sends are not logged")
    with service.database.connect() as connection:
        keep = "log_parameter_max_length"
        connection.execute(f"alter role apartado_api reset {keep}".encode())
        try:
            healthy, text = found()
            assert healthy
            assert text.startswith("no statements are logged")
            log = f"alter database {service.database.name} set log_min_duration_statement = 250"
            connection.execute(log.encode())
            healthy, text = found()
            assert not healthy
            assert text.endswith(f"alter role apartado_api set {keep} = 0")
        finally:
            connection.execute(f"alter role apartado_api set {keep} = 0".encode())
    assert found()[0]


def test_what_would_end_the_service_at_once_is_said(service: Service) -> None:
    url = service.database.url()
    wrong = Settings(
        database_url=url, jwt_key="/nowhere/key.pem", listen_url="postgresql://127.0.0.1:1/shop"
    )
    found = {one.subject: one.text for one in examine(wrong) if not one.healthy}
    assert set(found) == {"other login", "listener"}
    assert "APARTADO_JWT_KEY" in found["other login"]


def test_nobody_waits_for_what_the_doctor_waits_for(service: Service) -> None:
    """Somebody left a transaction open; before whoever comes after the doctor it would stand.

    Mutant: compare_code with the patience of a migration.
    """
    operator = service.operator()
    service.item(operator)
    settings = Settings(database_url=service.database.url())

    def look() -> dict[str, Finding]:
        return {finding.subject: finding for finding in examine(settings)}

    with ThreadPoolExecutor(1) as workers:
        with service.database.connect(autocommit=False) as left_open:
            left_open.execute("select from apartado.stock limit 1")
            looking = workers.submit(look)
            answers = set()
            while not looking.done():
                answers.add(operator.get("/rpc/list_statuses").status_code)
        found = looking.result()
    assert answers == {200}
    assert [subject for subject, finding in found.items() if not finding.healthy] == ["code"]
    assert "could not be compared now" in found["code"].text
    assert "consistency" in found
    assert all(finding.healthy for finding in look().values())


def test_where_nothing_may_be_written_the_rest_is_looked_at(service: Service) -> None:
    """A standby, or a server that ran out of room and lets nobody write."""
    url = service.database.url(options="-c default_transaction_read_only=on")
    found = {one.subject: one for one in examine(Settings(database_url=url))}
    assert [subject for subject, one in found.items() if not one.healthy] == ["code"]
    assert "nothing can be written here" in found["code"].text
    assert found["consistency"].healthy


def test_a_service_that_may_not_connect_is_told_the_grant(service: Service) -> None:
    """A password alone, which was all the advice, would not let it in."""
    where = service.database
    with where.connect() as connection:
        connection.execute(f"revoke connect on database {where.name} from public")
    (found,) = (one for one in examine(Settings(database_url=where.url())) if not one.healthy)
    assert found.subject == "service login"
    assert "grant connect on it to apartado_api" in found.text
