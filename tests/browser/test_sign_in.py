"""An alias, a secret that is shown once, and nothing stored but the cookie."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from apartado import stream
from apartado.callers import COOKIE
from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql


@pytest.fixture
def closely_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service looks at the sessions of those who read the stream all the time."""
    monkeypatch.setattr(stream, "SESSION_CHECK_SECONDS", 0.05)


def test_the_first_time_shows_the_recovery_secret_once(people: People) -> None:
    ana = people()
    ana.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.page.locator("#sign-in").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.locator("[name=alias]").fill("Ana")
    ana.answer_dialog()
    secret = dialog.locator(".secret").text_content() or ""
    assert len(secret) >= 32
    ana.page.keyboard.press("Escape")
    ana.page.keyboard.press("Escape")
    expect(dialog.locator(".secret")).to_be_visible()
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    assert ana.page.evaluate("navigator.clipboard.readText()") == secret
    ana.answer_dialog()

    expect(ana.page.locator("#account .alias")).to_have_text("ana")
    assert secret not in ana.page.content()
    ana.page.reload()
    expect(ana.page.locator("#account .alias")).to_have_text("ana")
    assert secret not in ana.page.content()


def test_nothing_is_stored_but_a_cookie_that_scripts_cannot_read(people: People) -> None:
    ana = people("ana")
    stored = "[document.cookie, localStorage.length, sessionStorage.length]"
    assert ana.page.evaluate(stored) == ["", 0, 0]
    (cookie,) = ana.page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")


def test_a_known_alias_needs_its_secret(service: Service, people: People) -> None:
    secret = service.client().call("sign_in", alias="ana")["recovery_secret"]
    ana = people()
    ana.page.locator("#sign-in").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.locator("[name=alias]").fill("ana")
    ana.answer_dialog()
    asked = dialog.locator("[name=secret]")
    expect(asked).to_be_focused()
    expect(dialog).to_contain_text("“ana” is taken.")

    asked.fill("not the secret of ana, but as long")
    ana.answer_dialog()
    expect(dialog.get_by_role("alert")).to_have_text(
        "That is not the secret of “ana”."
        "Another device of yours can give you a code; or ask the shop."
    )
    expect(asked).to_have_attribute("aria-invalid", "true")

    dialog.locator("[name=alias]").fill("ben")
    expect(dialog.locator("[data-field=secret]")).to_contain_text("If “ben” is yours")
    dialog.locator("[name=alias]").fill("ana")
    asked.fill(secret)
    ana.answer_dialog()
    expect(ana.page.locator("#account .alias")).to_have_text("ana")
    expect(ana.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("cut_off", [False, True], ids=["lost", "cut off"])
def test_a_first_sign_in_whose_answer_was_lost_can_be_sent_again(
    people: People, cut_off: bool
) -> None:
    ana = people()
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().text())
        if cut_off:
            route.fulfill(status=200, content_type="application/json", body=lost[0][:20])
        else:
            route.abort()

    ana.page.route("**/rpc/sign_in", lose)
    ana.page.locator("#sign-in").click()
    ana.answer_dialog(alias="ana")
    expect(ana.dialog.get_by_role("alert")).to_contain_text("The shop cannot be reached.")
    assert '"alias":"ana"' in lost[0]
    ana.answer_dialog()
    secret = ana.dialog.locator(".secret").text_content() or ""
    ana.answer_dialog()
    expect(ana.page.locator("#account .alias")).to_have_text("ana")

    ana.page.locator("#sign-out").click()
    ana.page.locator("#sign-in").click()
    ana.answer_dialog(alias="ana")
    ana.answer_dialog(secret=secret)
    expect(ana.page.locator("#account .alias")).to_have_text("ana")


def test_a_secret_is_shown_though_the_dialog_was_left_while_it_was_made(people: People) -> None:
    ana, held = people(), list[Route]()
    ana.page.route("**/rpc/sign_in", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    ana.page.locator("#sign-in").click()
    with ana.page.expect_request("**/rpc/sign_in"):
        ana.answer_dialog(alias="ana")
    ana.close_dialog()
    expect(ana.page.get_by_role("dialog")).to_have_count(0)
    held[0].continue_()
    expect(ana.dialog.locator(".secret")).to_be_visible()
    ana.answer_dialog()
    expect(ana.page.locator("#account .alias")).to_have_text("ana")


def test_where_registration_is_by_invitation_the_board_asks_for_one(
    shop: Api, people: People
) -> None:
    shop.call("change_settings", registration="invite")
    invitation = shop.call("invite_member")["invitation"]
    ana = people(language="es-ES")
    ana.page.locator("#sign-in").click()
    ana.answer_dialog(alias="ana")
    expect(ana.dialog.locator("[name=secret]")).to_be_focused()
    expect(ana.dialog).to_contain_text("Si es tu primera vez: el código que te dio la tienda.")
    ana.answer_dialog()
    expect(ana.dialog.get_by_role("alert")).to_contain_text("Ahora no se admiten miembros nuevos.")
    expect(ana.dialog.locator("[name=invitation]")).to_be_focused()
    ana.answer_dialog(invitation="not that one")
    expect(ana.dialog.get_by_role("alert")).to_contain_text("Ahora no se admiten miembros nuevos.")
    ana.answer_dialog(invitation=invitation.lower())
    secret = ana.dialog.locator(".secret").text_content() or ""
    ana.answer_dialog()
    expect(ana.page.locator("#account .alias")).to_have_text("ana")

    # Who is a member already needs none.
    ana.page.locator("#sign-out").click()
    ana.page.locator("#sign-in").click()
    ana.answer_dialog(alias="ana")
    ana.answer_dialog(secret=secret)
    expect(ana.page.locator("#account .alias")).to_have_text("ana")


def test_whose_alias_is_taken_is_told_so_and_keeps_the_invitation(
    service: Service, shop: Api, people: People
) -> None:
    service.member("ana")
    shop.call("change_settings", registration="invite")
    invitation = shop.call("invite_member")["invitation"]
    bea = people()
    bea.page.locator("#sign-in").click()
    bea.answer_dialog(alias="ana")
    bea.answer_dialog(invitation=invitation)
    expect(bea.dialog).to_contain_text("“ana” is taken.")
    bea.answer_dialog(alias="bea")
    expect(bea.dialog.locator(".secret")).to_be_visible()
    bea.answer_dialog()
    expect(bea.page.locator("#account .alias")).to_have_text("bea")


def test_an_impossible_alias_is_refused_at_its_field_in_the_language_of_the_page(
    people: People,
) -> None:
    ana = people(language="es-ES")
    ana.page.locator("#sign-in").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.locator("[name=alias]").fill("a lias!")
    ana.answer_dialog()
    expect(dialog.get_by_role("alert")).to_contain_text("Ese alias no se puede usar.")
    expect(dialog.locator("[name=alias]")).to_have_attribute("aria-invalid", "true")
    expect(dialog.locator("[name=alias]")).to_be_focused()


def test_signing_out_ends_the_session_and_what_was_mine_is_gone_from_the_screen(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title="Luz de Enero")
    ana = people("ana")
    ana.press("Luz de Enero", "reserve")
    expect(ana.kept("Luz de Enero")).to_be_visible()
    ana.page.locator("#sign-out").click()
    expect(ana.page.locator("#sign-in")).to_be_visible()
    expect(ana.kept("Luz de Enero")).to_have_count(0)
    ana.sees("Luz de Enero", "reserved_by_others")
    assert ana.page.context.cookies() == []


def test_a_visitor_who_wants_a_record_signs_in_and_has_it(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title="Luz de Enero")
    ana = people()
    ana.card("Luz de Enero").get_by_role("button", name="Sign in to set aside").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.locator("[name=alias]").fill("ana")
    ana.answer_dialog()
    expect(dialog.locator(".secret")).to_be_visible()
    ana.answer_dialog()
    ana.sees("Luz de Enero", "reserved")
    expect(ana.kept("Luz de Enero")).to_be_visible()


def test_a_session_that_was_ended_elsewhere_becomes_a_visitor(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title="Luz de Enero")
    ana = people("ana")
    with service.database.connect() as connection:
        connection.execute("update apartado.sessions set ended_at = apartado.clock()")
    ana.press("Luz de Enero", "reserve")
    ana.is_told("Your session has ended.")
    expect(ana.page.locator("#sign-in")).to_be_visible()
    ana.sees("Luz de Enero", "available")


@pytest.mark.usefixtures("closely_watched")
def test_a_session_that_was_ended_elsewhere_is_noticed_by_a_board_that_nobody_touches(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title="Luz de Enero")
    ana = people("ana")
    with service.database.connect() as connection:
        connection.execute(
            "update apartado.sessions s set ended_at = apartado.clock()"
            " from apartado.members m where m.member_id = s.member_id and m.alias = 'ana'"
        )
    ana.is_told("Your session has ended.")
    expect(ana.page.locator("#sign-in")).to_be_visible()
    expect(ana.page.locator("body")).to_have_attribute("data-line", "live")
    service.member("bea").call("reserve", item=item)
    ana.sees("Luz de Enero", "reserved_by_others")
    assert ana.page.context.cookies() == []


@pytest.mark.usefixtures("closely_watched")
def test_a_session_that_another_tab_has_given_up_is_noticed_by_a_board_that_nobody_touches(
    service: Service, people: People
) -> None:
    """Its stream comes back without the cookie, as a visitor's."""
    ana = people("ana")
    ana.page.context.clear_cookies()
    with service.database.connect() as connection:
        connection.execute("update apartado.sessions set ended_at = apartado.clock()")
    ana.is_told("Your session has ended.")
    expect(ana.page.locator("#sign-in")).to_be_visible()
    expect(ana.page.locator("body")).to_have_attribute("data-line", "live")


@pytest.mark.usefixtures("closely_watched")
def test_who_is_barred_is_told_and_looks_on_as_a_visitor(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title="Luz de Enero")
    ana = people("ana")
    shop.call("bar_member", alias="ana", reason="Resells what is set aside")
    ana.is_told("You are barred.")
    expect(ana.page.locator("#sign-in")).to_be_visible()
    expect(ana.page.locator("body")).to_have_attribute("data-line", "live")
    service.member("bea").call("reserve", item=item)
    ana.sees("Luz de Enero", "reserved_by_others")


def test_an_operator_who_is_barred_is_told_once(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title="Luz de Enero")
    tom = people()
    tom.carry(service.operator("tom").token or "")
    tom.press("Luz de Enero", "manage")
    tom.dialog.get_by_role("button", name="Adjust").click()
    shop.call("bar_member", alias="tom", reason="Left the shop")
    with tom.page.expect_response(
        lambda answer: answer.url.endswith("/rpc/adjust_stock") and answer.status == 401
    ):
        tom.answer_dialog(reason="Came in")
    tom.is_told("You are barred.")
    expect(tom.page.locator("#sign-in")).to_be_visible()
    expect(tom.page.get_by_role("dialog")).to_have_count(0)
    expect(tom.page.locator("#toasts .toast")).to_have_count(1)


def test_a_wrong_secret_is_said_in_spanish_too(service: Service, people: People) -> None:
    service.member("ana")
    ana = people(language="es-ES")
    ana.page.locator("#sign-in").click()
    ana.answer_dialog(alias="ana")
    ana.answer_dialog(secret="not the secret of ana, but as long")
    alert = ana.dialog.get_by_role("alert")
    expect(alert).to_contain_text("Ese no es el secreto de «ana».")
    expect(alert).to_contain_text("Otro dispositivo tuyo puede darte un código")


@pytest.mark.parametrize(
    ("language", "when"),
    [("en-GB", "Try again in 4 minutes."), ("es-ES", "Inténtalo de nuevo en 4 minutos.")],
)
def test_who_tried_too_often_is_told_when_to_try_again(
    people: People, language: str, when: str
) -> None:
    ana = people(language=language)
    problem = (
        '{"type": "urn:apartado:error:RS505", "title": "Too many attempts.", "status": 429,'
        ' "detail": null, "code": "RS505", "hint": "Wait as long as the detail says.",'
        ' "field": "alias"}'
    )
    ana.page.route(
        "**/rpc/sign_in",
        lambda route: route.fulfill(
            status=429,
            headers={"Retry-After": "240", "Content-Type": "application/problem+json"},
            body=problem,
        ),
    )
    ana.page.locator("#sign-in").click()
    ana.answer_dialog(alias="ana")
    expect(ana.dialog.get_by_role("alert")).to_contain_text(when)


def test_a_look_as_a_visitor_is_over_when_one_signs_in(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title="Luz de Enero")
    ana = people()
    ana.card("Luz de Enero").get_by_role("button", name="Luz de Enero", exact=True).click()
    ana.dialog.locator("[data-action=reserve]").click()
    ana.answer_dialog(alias="ana")
    expect(ana.dialog.locator(".secret")).to_be_visible()
    ana.answer_dialog()
    ana.sees("Luz de Enero", "reserved")
    expect(ana.page.get_by_role("dialog")).to_have_count(0)


def test_what_an_operator_looked_at_is_gone_with_the_session(
    service: Service, shop: Api, operator: Person
) -> None:
    service.item(shop, title="Luz de Enero")
    operator.press("Luz de Enero", "manage")
    expect(operator.dialog.locator(".till")).to_be_visible()
    operator.page.context.clear_cookies()
    operator.page.evaluate("dispatchEvent(new Event('online'))")
    expect(operator.page.locator("body")).to_have_attribute("data-viewer", "nobody")
    expect(operator.page.get_by_role("dialog")).to_have_count(0)


def another_tab(person: Person) -> Person:
    """Of the same browser, with the same cookie."""
    tab = Person(person.page.context.new_page(), person.service)
    tab.watch()
    tab.open()
    return tab


def test_other_tabs_see_at_once_who_is_signed_in(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title="Luz de Enero")
    first = people()
    second = another_tab(first)
    first.sign_in("ana")
    here, there = (tab.page.locator("#account .alias") for tab in (first, second))
    expect(there).to_have_text("ana")
    service.member("bea").call("reserve", item=item)
    second.sees("Luz de Enero", "reserved_by_others")

    second.page.locator("#sign-out").click()
    expect(first.page.locator("#sign-in")).to_be_visible()
    first.is_told("Your session has ended.")
    second.sign_in("eva")
    expect(here).to_have_text("eva")
    first.press("Luz de Enero", "join_queue")
    second.sees("Luz de Enero", "in_queue")
    assert second.faults == []


def test_who_signs_out_elsewhere_while_the_secret_is_shown_is_not_shown_as_signed_in(
    people: People,
) -> None:
    first = people()
    second = another_tab(first)
    first.page.locator("#sign-in").click()
    first.answer_dialog(alias="ana")
    expect(first.dialog.locator(".secret")).to_be_visible()
    expect(second.page.locator("#account .alias")).to_have_text("ana")
    second.page.locator("#sign-out").click()
    expect(second.page.locator("#sign-in")).to_be_visible()
    expect(first.dialog.locator(".secret")).to_be_visible()
    first.answer_dialog()
    expect(first.page.get_by_role("dialog")).to_have_count(0)
    expect(first.page.locator("#sign-in")).to_be_visible()
    expect(first.page.locator("body")).to_have_attribute("data-line", "live")


def test_a_visitor_whose_page_comes_back_is_recognised(service: Service, people: People) -> None:
    """A page that was kept for the way back is not told what other tabs did."""
    ana = people()
    token = service.member("ana").token or ""
    ana.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    cookie = {"name": COOKIE, "value": token, "url": service.url}
    ana.page.context.add_cookies([cookie])  # type: ignore[list-item]
    ana.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(ana.page.locator("#account .alias")).to_have_text("ana")
    expect(ana.page.locator("body")).to_have_attribute("data-line", "live")
