"""SQLSTATE becomes HTTP in one place, exactly as the contract has it."""

from __future__ import annotations

import pytest
from psycopg import errors as pg

from apartado.errors import (
    CODES,
    Messages,
    NotServed,
    Refusal,
    Unavailable,
    answer_to,
    status_of,
)
from clusters import Database
from services import Service, problem

STATUS = {
    404: ["RS101", "RS102", "RS103", "RS104", "RS105", "RS106", "RS107", "RS108", "RS109"],
    422: ["RS201", "RS202", "RS203", "RS204", "RS205"],
    409: [
        *(f"RS3{number:02}" for number in range(1, 13)),
        *("RS501", "RS502", "RS503", "RS504"),
    ],
    410: ["RS401", "RS402", "RS403", "RS404"],
    429: ["RS505"],
    401: ["RS601"],
    403: ["RS602", "RS603", "RS604"],
}


@pytest.mark.parametrize(
    ("code", "status"), [(code, status) for status, codes in STATUS.items() for code in codes]
)
def test_each_code_has_its_status(code: str, status: int) -> None:
    assert status_of(code) == status


@pytest.mark.one_postgresql
def test_each_code_has_its_text_in_both_languages(service: Service) -> None:
    with service.database.connect() as connection:
        rows = connection.execute(
            "select code, array_agg(language order by language) from apartado.list_messages()"
            " group by code"
        ).fetchall()
    codes = {code for codes in STATUS.values() for code in codes}
    assert {code for code, _ in rows if "/" not in code} == codes
    assert {code[:5] for code, _ in rows} == codes
    assert all(languages == ["en", "es"] for _, languages in rows)


@pytest.mark.parametrize(
    "error",
    [
        pg.LockNotAvailable(),
        pg.QueryCanceled(),
        pg.AdminShutdown(),
        pg.CrashShutdown(),
        pg.CannotConnectNow(),
        pg.TooManyConnections(),
        pg.ConnectionFailure(),
        pg.ConnectionDoesNotExist(),
        pg.ReadOnlySqlTransaction(),
        pg.SerializationFailure(),
        pg.DeadlockDetected(),
        pg.OperationalError("the connection is lost"),
        Unavailable(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_not_now_is_503_with_retry_after(error: Exception) -> None:
    answer = answer_to(error, Messages(), "en")
    assert answer.problem.status == 503
    assert dict(answer.headers)[b"retry-after"].isdigit()
    assert answer.problem.code == "unavailable"


@pytest.mark.parametrize(
    "error",
    [
        pg.UniqueViolation(),
        pg.CheckViolation(),
        pg.InsufficientPrivilege(),
        pg.UndefinedFunction(),
        pg.InternalError_(),
        ZeroDivisionError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_trap_53_anything_else_is_an_opaque_500(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    answer = answer_to(error, Messages(), "es")
    assert answer.problem.status == 500
    assert answer.problem.detail is not None
    number = answer.problem.detail.removeprefix("id: ")
    assert len(number) == 32
    assert number in caplog.text


@pytest.mark.one_postgresql
def test_a_function_that_is_being_replaced_is_503_and_stands_in_the_log(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """A migration may be at it. What names none of ours is a mistake of ours, and stays a 500."""
    with service.database.connect() as connection:
        connection.execute("drop function apartado.list_statuses")
    answer = service.client().get("/rpc/list_statuses")
    assert (answer.status_code, problem(answer)["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "1"
    assert "42883 function apartado.list_statuses(" in caplog.text


@pytest.mark.one_postgresql
@pytest.mark.parametrize("wrong", ["pg_catalog.nothing()", "s = 1 from apartado.settings s"])
def test_a_function_that_no_migration_brings_is_500(database: Database, wrong: str) -> None:
    with database.connect() as connection, pytest.raises(pg.UndefinedFunction) as missing:
        connection.execute(f"select {wrong}".encode())
    assert answer_to(missing.value, Messages(), "en").problem.status == 500


@pytest.mark.one_postgresql
def test_trap_53_no_row_reaches_a_client(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """A constraint's DETAIL prints the whole row: neither the client nor the log may have it."""
    with service.database.connect() as connection:
        connection.execute(
            "alter table apartado.sessions add constraint none check (language = 'xx') not valid"
        )
    answer = service.client().post("/rpc/sign_in", json={"alias": "ana", "secret": "q" * 40})
    found = problem(answer)
    assert (answer.status_code, found["code"]) == (500, "internal")
    assert "Failing row" not in answer.text + caplog.text
    assert "23514" not in answer.text
    assert "23514" in caplog.text


def test_a_refusal_without_texts_still_has_its_code() -> None:
    answer = answer_to(Refusal("RS205", "item"), Messages(), "es")
    assert (answer.problem.status, answer.problem.code) == (422, "RS205")
    assert answer.problem.title


@pytest.mark.parametrize("status", CODES)
def test_http_s_own_refusals_are_problems(status: int) -> None:
    answer = answer_to(NotServed(status), Messages(), None)
    assert (answer.problem.status, answer.problem.code) == (status, CODES[status])
    assert answer.problem.type == f"urn:apartado:error:{CODES[status]}"


@pytest.mark.one_postgresql
def test_a_data_error_inside_a_function_is_ours_not_theirs(service: Service) -> None:
    with service.database.connect() as connection:
        connection.execute(
            "create or replace function apartado.who_am_i("
            " p_member text default null, out alias text, out is_operator boolean,"
            " out language text, out session_id bigint, out server_time timestamptz,"
            " out display_name text, out avatar text, out show_name boolean)"
            " language plpgsql stable security definer set search_path = pg_catalog, pg_temp"
            " as $$ begin session_id := 'x'::bigint; end $$"
        )
    found = problem(service.client().get("/rpc/who_am_i"))
    assert found["status"] == 500


@pytest.mark.one_postgresql
def test_who_sends_no_token_is_told_of_the_token(service: Service) -> None:
    client = service.client()
    asked = [client.get("/rpc/list_reservations"), client.get("/rpc/dashboard")]
    asked += [client.post("/rpc/checkout", json={}), client.post("/rpc/join_walk_in", json={})]
    for found in map(problem, asked):
        assert (found["code"], found["field"]) == ("RS601", "token")
    assert found["hint"] == "Sign in and send the token, or send device."
