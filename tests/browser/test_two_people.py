"""Two people want one record: the main job, as it is seen on two screens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"


def test_who_waits_becomes_the_holder_when_the_first_lets_go(
    service: Service, shop: Api, people: People, picture: Callable[[Person, str], None]
) -> None:
    service.item(shop, title=TITLE, condition="Near Mint (NM or M-)", artists=["Las Brumas"])
    ana = people("ana")
    bea = people("bea", language="es-ES")
    bea.sees(TITLE, "available")

    ana.press(TITLE, "reserve")
    ana.sees(TITLE, "reserved")
    expect(ana.kept(TITLE).locator("time")).to_have_text("6 d 23 h")

    bea.sees(TITLE, "reserved_by_others")
    bea.press(TITLE, "join_queue")
    bea.sees(TITLE, "in_queue")
    expect(bea.kept(TITLE)).to_contain_text("1.º de 1 en la cola")
    expect(ana.card(TITLE)).to_contain_text("1 waiting")
    picture(bea, "waiting-es")

    ana.press(TITLE, "cancel_reservation")
    expect(ana.page.get_by_role("dialog")).to_contain_text("1 person is waiting")
    ana.answer_dialog()
    ana.is_told(f"You let {TITLE} go. It went to the next in line.")
    ana.sees(TITLE, "reserved_by_others")

    bea.sees(TITLE, "reserved")
    bea.is_told("Es tu turno")
    expect(bea.kept(TITLE).locator("time")).to_have_text("6 d 23 h")
    picture(bea, "promoted-es")


def test_who_comes_too_late_is_told_so_and_may_line_up(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    bea = people("bea")
    # Her stream is cut, so that her screen still offers what is no longer there.
    bea.page.route("**/events*", lambda route: route.abort())
    bea.page.reload()
    expect(bea.page.locator("body")).to_have_attribute("data-line", "cut")
    service.member("ana").call("reserve", item=item)
    bea.sees(TITLE, "available")

    bea.press(TITLE, "reserve")
    bea.is_told("There are not enough units available.")
    bea.press(TITLE, "join_queue")
    expect(bea.card(TITLE)).to_contain_text("1st of 1 in line")


def test_what_was_set_aside_on_another_device_appears_without_a_reload(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    secret = "a secret of my own that is long enough"
    service.client().call("sign_in", alias="ana", secret=secret)
    phone = service.client(service.client().call("sign_in", alias="ana", secret=secret)["token"])
    ana = people(query="?query=nothing-has-this-name")
    ana.page.locator("#sign-in").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.locator("[name=alias]").fill("ana")
    ana.answer_dialog()
    dialog.locator("[name=secret]").fill(secret)
    ana.answer_dialog()
    expect(ana.page.locator("#account .alias")).to_have_text("ana")
    expect(ana.page.locator("body")).to_have_attribute("data-line", "live")

    phone.call("reserve", item=item)
    expect(ana.kept(TITLE)).to_be_visible()
    expect(ana.page.locator("#cards .card")).to_have_count(0)


def test_the_queue_moves_up_before_ones_eyes(service: Service, shop: Api, people: People) -> None:
    item = service.item(shop, title=TITLE)
    service.member("ana").call("reserve", item=item)
    first = service.member("bea")
    first.call("join_queue", item=item)
    eva = people("eva")
    eva.press(TITLE, "join_queue")
    expect(eva.kept(TITLE)).to_contain_text("2nd of 2 in line")
    # Whatever she looks for meanwhile.
    eva.page.get_by_role("searchbox").fill("nothing has this name")
    expect(eva.page.locator("#cards .card")).to_have_count(0)
    first.call("leave_queue", item=item)
    expect(eva.kept(TITLE)).to_contain_text("1st of 1 in line")
