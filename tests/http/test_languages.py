"""In which language people are spoken to: that of the session, else of ``Accept-Language``."""

from __future__ import annotations

import pytest

from services import Api, Service

pytestmark = pytest.mark.one_postgresql

ES, EN = {"Accept-Language": "es"}, {"Accept-Language": "en"}


def _texts(service: Service, code: str) -> dict[str, str]:
    with service.database.connect() as connection:
        return dict(
            connection.execute(
                "select language, message from apartado.messages where code = %s", [code]
            ).fetchall()
        )


def _member(service: Service, alias: str, language: str) -> Api:
    return service.client(service.client().call("sign_in", alias=alias, language=language)["token"])


def test_who_comes_with_a_language_is_spoken_to_in_it(shared: Service) -> None:
    visitor = shared.client()
    made = visitor.call("sign_in", alias="maria", headers=ES)
    assert made["language"] == "es"
    maria = shared.client(made["token"])
    for alias, language, header in (("mart", "en", "estonian"), ("mar", "es", "est, es-MX;q=0.5")):
        asked = {"Accept-Language": header}
        assert visitor.call("sign_in", alias=alias, headers=asked)["language"] == language
    assert visitor.call("sign_in", alias="martin", headers=ES, language="en")["language"] == "en"
    assert visitor.call("sign_in", alias="mia")["language"] == "en"
    code = maria.call("start_pairing")["code"]
    assert visitor.call("pair", code=code)["language"] == "es"
    code = maria.call("start_pairing")["code"]
    assert visitor.call("pair", code=code, headers=EN)["language"] == "en"
    assert maria.ask("who_am_i")["language"] == "es"


def test_the_service_refuses_in_the_language_of_the_session(shared: Service) -> None:
    texts, unknown = _texts(shared, "RS205"), _texts(shared, "RS205/unknown")
    for alias, session, header in (("sofia", "es", EN), ("sean", "en", ES), ("sara", "es", {})):
        member = _member(shared, alias, language=session)
        assert member.refused("reserve", item=404)["title"] == _texts(shared, "RS101")[session]
        answers = [
            member.post("/rpc/reserve", json={"colour": "red"}, headers=header),
            member.post("/rpc/reserve", json={"item": "red"}, headers=header),
            member.post("/rpc/reserve", content=b"{", headers=header),
            member.post("/rpc/reserve?token=1", headers=header),
            member.get("/rpc/find_items", params={"colour": "red"}, headers=header),
            member.get("/events", params={"colour": "red"}, headers=header),
        ]
        assert [answer.status_code for answer in answers] == [422] * 6
        titles = [answer.json()["title"] for answer in answers]
        nowhere, red, no_json, token, colour, stream = titles
        assert {red, no_json, token} == {texts[session]}
        assert {nowhere, colour, stream} == {unknown[session]}


def test_without_a_session_it_is_that_of_the_header(shared: Service) -> None:
    texts = _texts(shared, "RS205/unknown")
    gone = _member(shared, "gaston", language="es")
    gone.call("sign_out")
    for nobody in shared.client(), shared.client("invented"), gone:
        for header, language in ((ES, "es"), (EN, "en"), ({}, "en")):
            answer = nobody.post("/rpc/reserve", json={"colour": "red"}, headers=header)
            assert (answer.status_code, answer.json()["title"]) == (422, texts[language])
