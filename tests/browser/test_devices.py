"""More than one device: a code for another, the list, and ending one from the other."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import People
from services import Service

pytestmark = pytest.mark.one_postgresql


def test_a_second_device_joins_with_a_code_and_is_sent_away(people: People) -> None:
    desk = people("ana")
    desk.page.locator("#profile").click()
    desk.dialog.get_by_role("button", name="Devices").click()
    desk.dialog.get_by_role("button", name="Add another device").click()
    code = desk.dialog.locator(".code").text_content() or ""
    expect(desk.dialog.get_by_role("timer")).to_contain_text("04:")

    phone = people(language="es-ES", width=390)
    phone.page.locator("#sign-in").click()
    phone.dialog.get_by_role("button", name="Tengo un código de otro dispositivo").click()
    phone.answer_dialog(code=code.lower())
    expect(phone.page.locator("#account .alias")).to_have_text("ana")
    # The session came as a cookie that the page cannot read.
    (cookie,) = phone.page.context.cookies()
    assert cookie["httpOnly"]
    assert phone.page.evaluate("document.cookie") == ""

    desk.close_dialog()
    desk.dialog.get_by_role("button", name="Devices").click()
    expect(desk.dialog.locator(".devices li")).to_have_count(2)
    desk.dialog.get_by_role("button", name="End the session").click()
    expect(desk.dialog.locator(".devices li")).to_have_count(1)
    phone.page.get_by_role("searchbox").fill("whatever")
    phone.is_told("Tu sesión ha terminado.")
    expect(phone.page.locator("#sign-in")).to_be_visible()


def test_a_wrong_code_is_refused_where_it_was_typed(people: People) -> None:
    ana = people()
    ana.page.locator("#sign-in").click()
    ana.dialog.get_by_role("button", name="I have a code from another device").click()
    ana.answer_dialog(code="WRONG123")
    expect(ana.dialog.get_by_role("alert")).to_contain_text("That code does not work.")
    expect(ana.dialog.locator("[name=code]")).to_be_focused()


def test_what_is_spoken_on_the_board_is_spoken_by_the_session(
    people: People, service: Service
) -> None:
    ana = people("ana")
    ana.page.get_by_role("button", name="ES", exact=True).click()
    expect(ana.page.locator("html")).to_have_attribute("lang", "es")
    with service.database.connect() as connection:
        spoken = "select exists (select from apartado.sessions where language = 'es')"
        service.until(lambda: bool(connection.execute(spoken).fetchone()[0]))  # type: ignore[index]


RENEWED: dict[str, dict[str, str]] = {
    "en-GB": {"renew": "New recovery secret", "kept": "Only the new secret counts now.",
              "ended": "2 other devices were signed out.", "title": "The new secret of ana"},
    "es-ES": {"renew": "Secreto de recuperación nuevo", "kept": "Ya solo sirve el secreto nuevo.",
              "ended": "Se han cerrado 2 sesiones", "title": "El nuevo secreto de ana"},
}  # fmt: skip


@pytest.mark.parametrize("language", RENEWED)
def test_a_secret_is_replaced_by_a_new_one_that_is_shown_once(
    service: Service, people: People, language: str
) -> None:
    said = RENEWED[language]
    ana = people(language=language)
    old = ana.sign_in("ana")
    renew = ana.dialog.get_by_role("button", name=said["renew"])
    secrets = [old]
    for end_others in (False, True):
        other = service.client(
            service.client().call("sign_in", alias="ana", secret=secrets[-1])["token"]
        )
        ana.page.locator("#profile").click()
        renew.click()
        if end_others:
            ana.dialog.locator("[name=end_others]").check()
        ana.dialog.locator("button[type=submit]").click()
        expect(ana.dialog.locator("h2")).to_have_text(said["title"])
        secrets.append(ana.dialog.locator(".secret").text_content() or "")
        ana.answer_dialog()
        ana.is_told(said["ended"] if end_others else said["kept"])
        expect(renew).to_be_focused()
        ana.close_dialog()
        assert other.get("/rpc/list_sessions").status_code == (401 if end_others else 200)
    assert len(set(secrets)) == 3
    for secret in secrets[:2]:
        assert service.client().refused("sign_in", alias="ana", secret=secret)["code"] == "RS601"
    service.client().call("sign_in", alias="ana", secret=secrets[2])
    expect(ana.page.locator("#account .alias")).to_have_text("ana")
