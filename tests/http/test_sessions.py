"""Bearer tokens, the cookie of the board, and who may use either."""

from __future__ import annotations

import logging
import socket

import pytest

from services import HOST, PATIENCE, Service, problem

pytestmark = pytest.mark.one_postgresql

SECRET = "s" * 40


def _same_origin(service: Service) -> dict[str, str]:
    return {"Origin": service.url, "Sec-Fetch-Site": "same-origin", "X-Apartado-Cookie": "1"}


def test_the_first_sign_in_claims_the_alias(service: Service) -> None:
    visitor = service.client()
    first = visitor.call("sign_in", alias="Ana")
    assert first["alias"] == "ana"
    assert len(first["recovery_secret"]) >= 32
    refused = visitor.refused("sign_in", alias="ana")
    assert (refused["code"], refused["status"]) == ("RS601", 401)
    again = visitor.call("sign_in", alias="ana", secret=first["recovery_secret"])
    assert again["recovery_secret"] is None
    assert again["token"] != first["token"]


def test_sign_out_ends_the_session(service: Service) -> None:
    ana = service.member("ana")
    assert ana.ask("who_am_i")["alias"] == "ana"
    assert set(ana.call("sign_out")) == {"session_id", "ended_at"}
    gone = problem(ana.get("/rpc/who_am_i"))
    assert (gone["code"], gone["status"]) == ("RS601", 401)
    assert gone["title"] == "That session has ended."


def test_a_bad_token_is_refused_even_where_anyone_may_ask(service: Service) -> None:
    answer = service.client("not-a-token").get("/rpc/list_statuses")
    assert problem(answer)["code"] == "RS601"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert service.client().get("/rpc/list_statuses").status_code == 200


@pytest.mark.parametrize(
    "authorization", ["Basic YW5hOmFuYQ==", "Bearer", "ana", "Bearer \u00e9\u00e8"]
)
def test_another_authorization_is_no_session(service: Service, authorization: str) -> None:
    answer = service.client().get(
        "/rpc/who_am_i", headers={b"Authorization": authorization.encode("latin-1")}
    )
    assert (problem(answer)["code"], answer.status_code) == ("RS601", 401)
    told = "expected: Authorization: Bearer <token>"
    is_a_token = authorization.startswith("Bearer ")
    assert problem(answer)["detail"] == ("parameter: token" if is_a_token else told)


def test_a_token_in_the_address_is_refused(service: Service) -> None:
    ana = service.member("ana")
    visitor = service.client()
    for address in ("/rpc/who_am_i", "/rpc/list_statuses", "/events"):
        for name in ("token", "access_token", "authorization"):
            refused = problem(visitor.get(address, params={name: ana.token}))
            assert (refused["status"], refused["field"]) == (422, name)
    refused = problem(visitor.post("/rpc/reserve", params={"token": ana.token}, json={"item": 1}))
    assert (refused["status"], refused["field"]) == (422, "token")


def test_the_cookie_comes_only_to_a_page_of_this_origin(service: Service) -> None:
    visitor = service.client()
    answer = visitor.post("/rpc/sign_in", json={"alias": "ana"}, headers=_same_origin(service))
    assert answer.status_code == 200
    assert "token" not in answer.json()
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("apartado_session=")
    for attribute in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="):
        assert attribute in cookie
    assert "Secure" not in cookie

    for alias, headers in {
        "bea": {"Origin": "https://evil.example", "X-Apartado-Cookie": "1"},
        "cleo": {"X-Apartado-Cookie": "1"},
        "dora": {"Origin": service.url},
        "emma": {
            "Origin": service.url,
            "Sec-Fetch-Site": "same-site",
            "X-Apartado-Cookie": "1",
        },
    }.items():
        answer = service.client().post("/rpc/sign_in", json={"alias": alias}, headers=headers)
        assert "set-cookie" not in answer.headers
        assert answer.json()["token"]


@pytest.mark.parametrize("origin", ["http://[::1", "http://a]b", "null", "//", ""])
def test_what_is_no_origin_is_not_this_one(service: Service, origin: str) -> None:
    visitor = service.client()
    headers = {"Origin": origin, "X-Apartado-Cookie": "1"}
    answer = visitor.post("/rpc/sign_in", json={"alias": "ana"}, headers=headers)
    assert "set-cookie" not in answer.headers
    cookie = {"Cookie": f"apartado_session={answer.json()['token']}", "Origin": origin}
    assert problem(visitor.post("/rpc/sign_out", headers=cookie))["code"] == "RS602"


def test_a_cookie_needs_to_know_which_origin_is_this(service: Service) -> None:
    """HTTP/1.0 may leave Host out; an Origin without a host must not be taken for the same."""
    token = service.member("ana").token
    lines = ["POST /rpc/sign_out HTTP/1.0", "Origin: null", f"Cookie: apartado_session={token}"]
    with socket.create_connection((HOST, service.port), PATIENCE) as connection:
        connection.sendall("\r\n".join([*lines, "Content-Length: 0", "", ""]).encode())
        with connection.makefile("rb") as answer:
            assert b" 403 " in answer.readline()


def test_a_command_by_cookie_must_come_from_this_origin(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator)
    browser = service.client()
    browser.post("/rpc/sign_in", json={"alias": "ana"}, headers=_same_origin(service))
    assert browser.ask("who_am_i")["alias"] == "ana"

    for headers in (
        {},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "none"},
    ):
        forged = browser.post("/rpc/reserve", json={"item": item}, headers=headers)
        assert (problem(forged)["code"], forged.status_code) == ("RS602", 403)
    assert browser.ask("list_reservations") == []

    for headers in ({"Origin": service.url}, {"Sec-Fetch-Site": "same-origin"}):
        answer = browser.post("/rpc/reserve", json={"item": item}, headers=headers)
        assert answer.json().get("code") in (None, "RS302")
    assert len(browser.ask("list_reservations")) == 1


def test_a_bearer_token_wins_over_the_cookie(service: Service) -> None:
    browser = service.client()
    browser.post("/rpc/sign_in", json={"alias": "ana"}, headers=_same_origin(service))
    bea = service.member("bea")
    answer = browser.get("/rpc/who_am_i", headers={"Authorization": f"Bearer {bea.token}"})
    assert answer.json()["alias"] == "bea"


def test_two_sessions_in_the_cookies_are_nobody(service: Service) -> None:
    """A page of a sister domain could lay its own beside that of a person, who would act for it."""
    ana, eve = service.member("ana").token, service.member("eve").token
    page = {"Origin": service.url, "Sec-Fetch-Site": "same-origin"}
    for first, second in ((eve, ana), (ana, eve)):
        cookies = {"Cookie": f"apartado_session={first}; apartado_session={second}"}
        for answer in (
            service.client().get("/rpc/who_am_i", headers=cookies),
            service.client().post("/rpc/sign_out", headers={**cookies, **page}),
            service.client().get("/events", headers=cookies),
        ):
            assert problem(answer)["code"] == "RS601"
    same = {"Cookie": f"a=b; apartado_session={ana}; apartado_session={ana}"}
    assert service.client().get("/rpc/who_am_i", headers=same).json()["alias"] == "ana"


def test_sign_out_by_cookie_forgets_the_cookie(service: Service) -> None:
    browser = service.client()
    browser.post("/rpc/sign_in", json={"alias": "ana"}, headers=_same_origin(service))
    answer = browser.post("/rpc/sign_out", headers={"Origin": service.url})
    assert answer.status_code == 200
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert browser.ask("who_am_i")["alias"] is None


def test_a_rotated_token_is_dead_at_once(service: Service) -> None:
    ana = service.member("ana")
    rotated = ana.call("rotate_session")
    assert set(rotated) == {"session_id", "token", "expires_at", "server_time"}
    assert problem(ana.get("/rpc/who_am_i"))["code"] == "RS601"
    assert ana.refused("rotate_session")["field"] == "token"
    fresh = service.client(rotated["token"])
    assert fresh.ask("who_am_i")["session_id"] == rotated["session_id"]
    assert service.client().refused("rotate_session")["code"] == "RS601"


def test_a_cookie_is_rotated_without_showing_its_token(service: Service) -> None:
    browser = service.client()
    browser.post("/rpc/sign_in", json={"alias": "ana"}, headers=_same_origin(service))
    old = browser.cookies["apartado_session"]
    answer = browser.post("/rpc/rotate_session", headers={"Origin": service.url})
    assert "token" not in answer.json()
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert browser.cookies["apartado_session"] != old
    assert browser.ask("who_am_i")["alias"] == "ana"
    assert problem(service.client(old).get("/rpc/who_am_i"))["code"] == "RS601"


def test_a_rotated_secret_ends_the_other_devices_if_asked(service: Service) -> None:
    visitor = service.client()
    first = visitor.call("sign_in", alias="ana", device_name="laptop")
    phone = visitor.call(
        "sign_in", alias="ana", secret=first["recovery_secret"], device_name="phone"
    )
    ana = service.client(first["token"])
    assert [one["device_name"] for one in ana.ask("list_sessions")] == ["phone", "laptop"]
    rotated = ana.call("rotate_secret", end_others=True)
    assert rotated["sessions_ended"] == 1
    assert problem(service.client(phone["token"]).get("/rpc/who_am_i"))["code"] == "RS601"
    old = visitor.refused("sign_in", alias="ana", secret=first["recovery_secret"])
    assert old["code"] == "RS601"
    assert visitor.call("sign_in", alias="ana", secret=rotated["recovery_secret"])["token"]
    assert ana.call("rotate_secret", secret=SECRET)["recovery_secret"] is None


def test_registration_by_invitation_and_closed(service: Service) -> None:
    olga, visitor = service.operator(), service.client()
    ana = visitor.call("sign_in", alias="ana")
    assert olga.call("change_settings", registration="invite")["registration"] == "invite"
    invited = olga.call("invite_member", ttl="PT1H", reason="asked at the counter")
    for invitation in (None, "0" * 16):
        refused = visitor.refused("sign_in", alias="ben", invitation=invitation)
        assert (refused["code"], refused["status"]) == ("RS603", 403)
    made = visitor.call("sign_in", alias="ben", invitation=invited["invitation"])
    assert service.client(made["token"]).ask("who_am_i")["alias"] == "ben"
    olga.call("change_settings", registration="closed")
    for alias in ("ana", "zoe"):
        guessed = visitor.refused("sign_in", alias=alias, secret="guess")
        assert (guessed["code"], guessed["field"]) == ("RS601", "secret")
    assert visitor.call("sign_in", alias="ana", secret=ana["recovery_secret"])["token"]


def test_a_dead_cookie_is_forgotten(service: Service) -> None:
    browser = service.client(cookies={"apartado_session": "dead"})
    answer = browser.get("/rpc/who_am_i")
    assert problem(answer)["code"] == "RS601"
    assert "Max-Age=0" in answer.headers["set-cookie"]
    fresh = browser.post("/rpc/sign_in", json={"alias": "ana"}, headers=_same_origin(service))
    assert fresh.status_code == 200


def test_a_wrong_secret_is_no_reason_to_forget_the_cookie(service: Service) -> None:
    browser = service.client()
    browser.post("/rpc/sign_in", json={"alias": "ana"}, headers=_same_origin(service))
    body = {"secret": "guess"}
    answer = browser.post("/rpc/claim_operator", json=body, headers=_same_origin(service))
    assert problem(answer)["code"] == "RS601"
    assert "set-cookie" not in answer.headers
    assert browser.ask("who_am_i")["alias"] == "ana"


def test_trap_49_the_caller_is_never_a_field(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator)
    for name in ("member", "actor", "idempotency_key", "p_member"):
        refused = ana.refused("reserve", item=item, **{name: "bea"})
        assert (refused["code"], refused["status"], refused["field"]) == ("RS205", 422, name)


def test_guessing_is_counted_although_it_is_refused(service: Service) -> None:
    visitor = service.client()
    visitor.call("sign_in", alias="ana", secret=SECRET)
    codes = [visitor.refused("sign_in", alias="ana", secret="x")["code"] for _ in range(12)]
    assert codes[0] == "RS601"
    assert codes[-1] == "RS505"
    answer = visitor.post("/rpc/sign_in", json={"alias": "ana", "secret": SECRET})
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 300
    assert visitor.call("sign_in", alias="bea")["alias"] == "bea"


def test_guessing_the_bootstrap_secret_is_counted_for_the_member(service: Service) -> None:
    ana = service.member("ana")
    codes = [ana.refused("claim_operator", secret="guess")["code"] for _ in range(12)]
    assert codes[0] == "RS601"
    assert codes[-1] == "RS505"
    bea = service.member("bea")
    assert bea.refused("claim_operator", secret="guess")["code"] == "RS601"


def test_the_bootstrap_secret_works_once(service: Service) -> None:
    with service.database.connect() as connection:
        connection.execute("select apartado.set_bootstrap_secret('open sesame, please')")
    ana, bea = service.member("ana"), service.member("bea")
    claimed = ana.call("claim_operator", secret="open sesame, please")
    assert claimed == {"alias": "ana", "is_operator": True}
    refused = bea.refused("claim_operator", secret="open sesame, please")
    assert refused["code"] == "RS601"
    assert bea.call("sign_out")
    assert ana.call("grant_operator", alias="bea") == {"alias": "bea", "is_operator": True}
    assert ana.call("revoke_operator", alias="bea") == {"alias": "bea", "is_operator": False}


def test_refusals_speak_the_language_of_who_reads(service: Service) -> None:
    visitor = service.client()
    english = visitor.get("/rpc/get_item", params={"item": 404}).json()
    accepted = {"Accept-Language": "fr, es-MX;q=0.8, en;q=0.2"}
    spanish = visitor.get("/rpc/get_item", params={"item": 404}, headers=accepted).json()
    assert english["code"] == spanish["code"] == "RS101"
    assert english["title"] != spanish["title"]

    token = visitor.call("sign_in", alias="ana", language="es")["token"]
    ana = service.client(token)
    answer = ana.get("/rpc/get_item", params={"item": 404}, headers={"Accept-Language": "en"})
    assert answer.json()["title"] == spanish["title"]


@pytest.mark.parametrize("path", ["/rpc/nothing", "/nowhere"])
def test_refusals_of_http_itself_speak_it_too(service: Service, path: str) -> None:
    visitor = service.client()
    english = problem(visitor.get(path))
    spanish = problem(visitor.get(path, headers={"Accept-Language": "es"}))
    assert english["status"] == spanish["status"] == 404
    assert english["title"] != spanish["title"]


def test_trap_55_no_token_and_no_secret_is_in_any_log_line(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor = service.client()
    made = visitor.call("sign_in", alias="ana", secret=SECRET)
    ana = service.client(made["token"])
    ana.ask("who_am_i")
    ana.refused("reserve", item=404)
    renewed = [ana.call("rotate_secret")["recovery_secret"]]
    renewed.append(ana.call("rotate_session")["token"])
    ana = service.client(renewed[1])
    visitor.get("/rpc/who_am_i", params={"token": made["token"]})
    visitor.get("/events", params={"token": made["token"]})
    with service.database.connect() as connection:
        ledger = str(connection.execute("select e::text from apartado.events e").fetchall())
        connection.execute("alter table apartado.sessions rename to gone")
    broken = problem(ana.get("/rpc/who_am_i"))
    assert broken["status"] == 500
    number = broken["detail"].removeprefix("id: ")
    ours = [record for record in caplog.records if record.name.startswith(("apartado", "uvicorn"))]
    lines = [record.getMessage() + str(record.exc_text or "") for record in ours]
    assert any(number in line for line in lines)
    secrets = [made["token"], SECRET, *renewed]
    assert not [line for line in [*lines, ledger] for secret in secrets if secret in line]
