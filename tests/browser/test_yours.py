"""What is mine: buying, keeping longer, letting others pass, offers, and why I wait."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Route, expect

from browser.conftest import People, Person
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

TITLE = "Luz de Enero"


def test_a_held_record_is_kept_longer_and_then_bought(
    service: Service, shop: Api, people: People
) -> None:
    service.item(shop, title=TITLE, price="12.50")
    ana = people("ana", language="es-ES")
    ana.press(TITLE, "reserve")
    kept = ana.kept(TITLE)
    expect(kept.locator(".ring")).to_be_visible()
    expect(kept.locator("time")).to_have_text("6 d 23 h")
    kept.locator("[data-action=extend_reservation]").click()
    ana.is_told("Se puede prolongar 2 veces más.")
    expect(kept.locator("time")).to_have_text("13 d 23 h")

    kept.locator("[data-action=confirm_reservation]").click()
    expect(ana.dialog).to_contain_text("12,50 €")
    ana.answer_dialog()
    ana.is_told(f"{TITLE} está comprado, por 12,50 €.")
    ana.sees(TITLE, "sold")
    expect(kept).to_have_count(0)
    ana.page.locator("#profile").click()
    expect(ana.dialog.locator(".bought")).to_contain_text(TITLE)
    ana.close_dialog()
    shop.call("undo_sale", purchase=1, reason="Se rompió al embalarlo")
    ana.sees(TITLE, "available")
    ana.page.locator("#profile").click()
    expect(ana.dialog.locator(".bought")).to_contain_text("Se rompió al embalarlo")


def test_who_lets_others_pass_keeps_the_place(service: Service, shop: Api, people: People) -> None:
    item = service.item(shop, title=TITLE)
    holder = service.member("bea")
    held = holder.call("reserve", item=item)["reservation_id"]
    ana = people("ana")
    ana.press(TITLE, "join_queue")
    ana.kept(TITLE).locator("[data-action=suspend_entry]").click()
    expect(ana.kept(TITLE)).to_contain_text("1st of 1 in line · you let others pass")
    service.member("eva").call("join_queue", item=item)
    holder.call("cancel_reservation", reservation=held)
    expect(ana.card(TITLE)).to_contain_text("1st of 1 in line")
    ana.kept(TITLE).locator("[data-action=resume_entry]").click()
    ana.is_told(f"You take turns again in the line for {TITLE}: you are 1st.")


@pytest.fixture
def by_offer(service: Service, shop: Api) -> int:
    """A record whose line makes offers, and that bea holds as reservation 1."""
    item = service.item(shop, title=TITLE)
    shop.call("set_policy", policy="offers", item=item, values={"promotion": "offer"})
    return item


def test_an_offer_arrives_and_is_accepted(
    service: Service, shop: Api, by_offer: int, people: People
) -> None:
    bea = service.member("bea")
    held = bea.call("reserve", item=by_offer)["reservation_id"]
    ana = people("ana")
    ana.press(TITLE, "join_queue")
    ana.sees(TITLE, "in_queue")
    bea.call("cancel_reservation", reservation=held)
    ana.is_told("An offer for you")
    ana.sees(TITLE, "offered")
    expect(ana.page.get_by_role("heading", name="Offered to you")).to_be_visible()
    expect(ana.kept(TITLE).locator(".until")).to_contain_text("answer by")

    # On whichever device: the entry with the offer is not remembered by the page.
    ana.page.reload()
    ana.kept(TITLE).locator("[data-action=accept_offer]").click()
    ana.sees(TITLE, "reserved")


def test_an_offer_is_told_before_the_place_was_answered(
    service: Service, shop: Api, by_offer: int, people: People
) -> None:
    """The stream is quicker than the answer to the command, and the offer came in between."""
    bea = service.member("bea")
    held = bea.call("reserve", item=by_offer)["reservation_id"]
    ana = people("ana")
    late: list[tuple[Route, APIResponse]] = []
    ana.page.route("**/rpc/join_queue", lambda route: late.append((route, route.fetch())))
    ana.press(TITLE, "join_queue")
    ana.sees(TITLE, "in_queue")
    bea.call("cancel_reservation", reservation=held)
    ana.is_told("An offer for you")
    ((route, answer),) = late
    route.fulfill(response=answer)
    ana.sees(TITLE, "offered")


def test_a_button_stays_while_the_rest_of_the_page_is_read(
    service: Service, shop: Api, people: People
) -> None:
    """Or a click that begins on it ends on another, and comes to nothing."""
    service.item(shop, title=TITLE)
    ana = people("ana")
    ana.press(TITLE, "reserve")
    late: list[Route] = []

    def keep(route: Route) -> None:
        late.append(route)

    ana.page.route("**/rpc/list_drops*", keep)
    ana.page.reload()
    button = ana.kept(TITLE).locator("[data-action=cancel_reservation]").element_handle()
    assert button is not None
    assert ana.page.locator("body").get_attribute("data-line") != "live"
    late[0].continue_()
    expect(ana.page.locator("body")).to_have_attribute("data-line", "live")
    assert button.evaluate("(element) => element.isConnected")


def test_an_offer_that_is_declined_goes_to_the_next(
    service: Service, shop: Api, by_offer: int, people: People
) -> None:
    bea = service.member("bea")
    held = bea.call("reserve", item=by_offer)["reservation_id"]
    ana = people("ana")
    ana.press(TITLE, "join_queue")
    eva = people("eva", language="es-ES")
    eva.press(TITLE, "join_queue")
    bea.call("cancel_reservation", reservation=held)
    ana.kept(TITLE).locator("[data-action=decline_offer]").click()
    ana.answer_dialog()
    ana.is_told("It went to the next in line.")
    eva.is_told("Una oferta para ti")
    eva.sees(TITLE, "offered")
    ana.sees(TITLE, "reserved_by_others")


SAID: dict[str, dict[str, Any]] = {
    "en-GB": {"why": "Why can I not set", "not": "There are not enough units available.",
              "now": "1 person waits.", "wait": "Why am I waiting", "place": "You are 2nd of 2.",
              "ahead": "1 person is before you.", "time": "How long it takes cannot be said yet.",
              "full": "You have as many reservations as you may."},
    "es-ES": {"why": "¿Por qué no puedo apartar", "not": "No hay suficientes unidades disponibles.",
              "now": "1 persona espera.", "wait": "¿Por qué espero", "place": "Eres el 2.º de 2.",
              "ahead": "1 persona va delante.", "time": "Aún no se puede decir cuánto tardará.",
              "full": "Ya tienes tantas reservas como se permite."},
}  # fmt: skip


@pytest.mark.parametrize("language", SAID)
def test_the_board_explains_why_not_and_why_still_not(
    service: Service, shop: Api, people: People, language: str
) -> None:
    said = SAID[language]
    item = service.item(shop, title=TITLE)
    service.item(shop, title="Free")
    shop.call("set_policy", policy="default", values={"active_limit": 1})
    service.member("bea").call("reserve", item=item)
    service.member("eva").call("join_queue", item=item)
    ana = people("ana", language=language)
    ana.card(TITLE).get_by_role("button", name=said["why"]).click()
    expect(ana.dialog).to_contain_text(said["not"])
    expect(ana.dialog).to_contain_text(said["now"])
    ana.close_dialog()
    expect(ana.card(TITLE).get_by_role("button", name=said["why"])).to_be_focused()

    ana.press(TITLE, "join_queue")
    wait = ana.kept(TITLE).get_by_role("button", name=said["wait"])
    expect(wait).to_contain_text(said["time"])
    expect(wait).to_have_accessible_name(re.compile(re.escape(said["time"])))
    wait.click()
    expect(ana.dialog).to_contain_text(said["place"])
    expect(ana.dialog).to_contain_text(said["ahead"])

    # What is free is not offered to who has all they may: then that is said.
    ana.page.reload()
    ana.sees("Free", "available")
    ana.press("Free", "add_to_cart")
    ana.card("Free").get_by_role("button", name="Free", exact=True).click()
    ana.dialog.get_by_role("button", name=said["why"]).click()
    expect(ana.dialog).to_contain_text(said["full"])
    ana.close_dialog()
    ana.close_dialog()
    ana.page.locator("#cart").click()
    ana.dialog.get_by_role("button", name=said["why"]).click()
    expect(ana.dialog).to_contain_text(said["full"])


@pytest.mark.parametrize(
    ("language", "frozen", "asked", "beside"),
    [
        ("en-GB", "€10.00", "the price at which it was set aside.", "now €99.00"),
        ("es-ES", "10,00 €", "el precio al que quedó apartado.", "ahora 99,00 €"),
    ],
)
def test_who_buys_is_told_the_price_at_which_it_was_set_aside(  # noqa: PLR0917 - fixtures
    service: Service,
    shop: Api,
    people: People,
    picture: Callable[[Person, str], None],
    language: str,
    frozen: str,
    asked: str,
    beside: str,
) -> None:
    service.item(shop, title=TITLE, sku="PRICE", price="10.00")
    ana = people("ana", language=language)
    ana.press(TITLE, "reserve")
    price = ana.kept(TITLE).locator(".price")
    expect(price).to_have_text(frozen)
    shop.call("put_items", items=[{"sku": "PRICE", "price": "99.00"}])
    expect(price).to_have_text(f"{frozen} · {beside}")
    ana.card(TITLE).get_by_role("button", name=TITLE, exact=True).click()
    expect(ana.dialog.locator("dd.price")).to_have_text(f"{frozen} · {beside}")
    picture(ana, f"frozen-look-{language[:2]}")
    ana.close_dialog()
    ana.press(TITLE, "confirm_reservation")
    expect(ana.dialog).to_contain_text(f"{frozen}, {asked}")
    expect(ana.dialog).to_contain_text(beside.split(" ", 1)[1])
    picture(ana, f"frozen-buy-{language[:2]}")
    ana.answer_dialog()
    ana.is_told(frozen)


def test_what_was_set_aside_elsewhere_has_its_own_price_too(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE, sku="PRICE", price="10.00")
    phone = service.member("ana")
    phone.call("reserve", item=item)
    shop.call("put_items", items=[{"sku": "PRICE", "price": "99.00"}])
    ana = people()
    ana.carry(phone.token or "")
    expect(ana.kept(TITLE).locator(".price")).to_contain_text("€10.00")


@pytest.mark.parametrize(
    ("language", "over"),
    [
        ("en-GB", f"Your time for {TITLE} has run out."),
        ("es-ES", f"Se acabó tu tiempo para {TITLE}."),
    ],
)
def test_who_is_about_to_buy_sees_the_time_that_is_left_and_when_there_is_none(  # noqa: PLR0917
    service: Service,
    shop: Api,
    people: People,
    picture: Callable[[Person, str], None],
    language: str,
    over: str,
) -> None:
    item = service.item(shop, title=TITLE)
    shop.call("set_policy", policy="short", item=item, values={"hold": "5 minutes"})
    ana = people("ana", language=language)
    ana.press(TITLE, "reserve")
    ana.sees(TITLE, "reserved")
    ana.press(TITLE, "confirm_reservation")
    timer = ana.dialog.get_by_role("timer")
    expect(timer).to_contain_text("04:")
    picture(ana, f"buy-{language[:2]}")
    service.database_clock("+ interval '6 minutes'")
    service.operator("eva").call("expire_and_promote")
    expect(ana.dialog.locator(".over")).to_have_text(over)
    expect(timer).to_be_hidden()


def test_who_is_about_to_buy_sees_that_the_shop_took_it_back(
    service: Service, shop: Api, people: People
) -> None:
    item = service.item(shop, title=TITLE)
    ana = people("ana")
    ana.press(TITLE, "reserve")
    ana.press(TITLE, "confirm_reservation")
    (held,) = shop.ask("list_holders", item=item)
    shop.call("revoke_reservation", reservation=held["reservation_id"], reason="It broke")
    expect(ana.dialog.locator(".over")).to_have_text(f"{TITLE} is not set aside for you any more.")
