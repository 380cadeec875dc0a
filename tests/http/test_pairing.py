"""A second device: a code from a live session signs it in, once; sessions are listed and ended."""

from __future__ import annotations

import logging

import pytest

from services import Api, Service, problem

pytestmark = pytest.mark.one_postgresql


def _code(of: Api) -> str:
    code: str = of.call("start_pairing")["code"]
    return code


def _by_cookie(service: Service, alias: str) -> Api:
    browser = service.client()
    headers = {"Origin": service.url, "X-Apartado-Cookie": "1"}
    assert browser.post("/rpc/sign_in", json={"alias": alias}, headers=headers).status_code == 200
    return browser


def test_a_code_signs_another_device_in_once(service: Service) -> None:
    ana = service.member("ana")
    started = ana.call("start_pairing")
    assert set(started) == {"code", "expires_at", "server_time"}
    visitor = service.client()
    made = visitor.call("pair", code=started["code"].lower())
    assert set(made) == {
        "alias", "token", "is_operator", "language", "expires_at", "server_time",
    }  # fmt: skip
    phone = service.client(made["token"])
    assert phone.ask("who_am_i")["alias"] == ana.ask("who_am_i")["alias"] == "ana"
    again = visitor.refused("pair", code=started["code"])
    wrong = visitor.refused("pair", code="00000000")
    assert (again["code"], again["status"], again["field"]) == ("RS601", 401, "code")
    assert again == wrong


def test_a_code_is_dead_after_five_minutes(service: Service) -> None:
    code = _code(service.member("ana"))
    service.database_clock("+ interval '5 minutes'")
    assert service.client().refused("pair", code=code)["code"] == "RS601"


def test_answers_with_secrets_are_not_remembered_under_a_key(service: Service) -> None:
    ana = service.member("ana")
    key = {"Idempotency-Key": "k"}
    first = ana.post("/rpc/start_pairing", json={}, headers=key).json()["code"]
    second = ana.post("/rpc/start_pairing", json={}, headers=key).json()["code"]
    assert first != second
    assert ana.post("/rpc/pair", json={"code": second}, headers=key).status_code == 200
    assert ana.post("/rpc/pair", json={"code": second}, headers=key).status_code == 401
    with service.database.connect() as connection:
        assert connection.execute("select * from apartado.idempotency_keys").fetchall() == []


def test_a_wrong_code_neither_sets_nor_forgets_a_cookie(service: Service) -> None:
    browser = _by_cookie(service, "ana")
    headers = {"Origin": service.url, "X-Apartado-Cookie": "1"}
    answer = browser.post("/rpc/pair", json={"code": "00000000"}, headers=headers)
    assert "set-cookie" not in answer.headers
    assert browser.ask("who_am_i")["alias"] == "ana"
    dead = service.client("not-a-token", cookies={"apartado_session": "dead"})
    assert dead.post("/rpc/pair", json={"code": "00000000"}).json()["field"] == "code"


def test_a_page_of_this_origin_gets_the_session_of_a_code_as_a_cookie(service: Service) -> None:
    ana = service.member("ana")
    page = {"Origin": service.url, "X-Apartado-Cookie": "1"}
    for headers, is_cookie in (
        (page, True),
        (page | {"Origin": "https://elsewhere.example"}, False),
        ({"Origin": service.url}, False),
    ):
        browser = service.client()
        code = ana.call("start_pairing")["code"]
        answer = browser.post("/rpc/pair", json={"code": code}, headers=headers)
        assert answer.status_code == 200
        assert ("token" in answer.json(), "set-cookie" in answer.headers) == (
            not is_cookie,
            is_cookie,
        )


def test_guessing_codes_is_counted_although_it_is_refused(service: Service) -> None:
    visitor = service.client()
    found = [visitor.refused("pair", code="ZZZZ-0000") for _ in range(11)]
    assert {one["code"] for one in found[:10]} == {"RS601"}
    assert (found[10]["code"], found[10]["field"]) == ("RS505", "code")
    answer = visitor.post("/rpc/pair", json={"code": "zzzzoooo"})
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 300
    assert visitor.call("pair", code=_code(service.member("ana")))["alias"] == "ana"


def test_a_revoked_session_is_nobody_at_once(service: Service) -> None:
    ana, ben = service.member("ana"), service.member("ben")
    phone = service.client(service.client().call("pair", code=_code(ana))["token"])
    code = _code(phone)
    rows = ana.ask("list_sessions")
    assert [row["current"] for row in rows] == [False, True]
    lost = rows[0]["session_id"]
    assert lost == phone.ask("who_am_i")["session_id"]
    strange = ben.refused("revoke_session", session=lost)
    assert (strange["code"], strange["status"]) == ("RS109", 404)
    assert strange == ben.refused("revoke_session", session=10**9)
    assert ana.call("revoke_session", session=lost)["session_id"] == lost
    assert problem(phone.get("/rpc/who_am_i"))["code"] == "RS601"
    assert service.client().refused("pair", code=code)["code"] == "RS601"
    assert [row["current"] for row in ana.ask("list_sessions")] == [True]


def test_a_profile_is_said_and_kept_private_until_consent(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator)
    ana.call("change_profile", display_name="Ana M.", language="es")
    assert ana.ask("who_am_i")["language"] == "es"
    operator.call("mark_sold", item=item, buyer="ana")
    visitor = service.client()
    assert visitor.ask("recent_buyers", item=item)[0]["display_name"] is None
    assert ana.call("change_profile", show_name=True) == {
        "alias": "ana", "display_name": "Ana M.", "avatar": None, "language": "es",
        "show_name": True,
    }  # fmt: skip
    assert visitor.ask("recent_buyers", item=item)[0]["display_name"] == "Ana M."


def test_trap_55_no_code_is_in_any_log_line_or_event(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ana = service.member("ana")
    code = _code(ana)
    token = service.client().call("pair", code=code)["token"]
    service.client().refused("pair", code=code)
    service.client().get("/rpc/pair", params={"code": code})
    with service.database.connect() as connection:
        ledger = str(connection.execute("select e::text from apartado.events e").fetchall())
        unused = _code(ana)
        connection.execute("alter table apartado.sessions rename to gone")
    assert service.client().refused("pair", code=unused)["status"] == 500
    ours = [record for record in caplog.records if record.name.startswith(("apartado", "uvicorn"))]
    lines = [record.getMessage() + str(record.exc_text or "") for record in ours]
    assert lines
    assert not [
        line for line in [*lines, ledger] for secret in (code, unused, token) if secret in line
    ]
